"""Who has cases now, and marks that somebody has read what they were given."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from runtime.store.states import TaskKind, TaskState
from runtime.store.tables import task


def holders(tx: Session, cases: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """Return, by case, the name of the node and the person of each open task, oldest first; one statement."""
    found: dict[int, list[tuple[str, int]]] = {number: [] for number in cases}
    if found:
        waiting = (task.c.kind == TaskKind.TODO.value, task.c.state == TaskState.OPEN.value)
        asked = select(task.c.case_id, task.c.node_name, task.c.assignee)
        rows = tx.execute(asked.where(task.c.case_id.in_(list(found)), *waiting).order_by(task.c.id))
        for number, node, person in rows:
            found[number].append((node, person))
    return found


def mark_read(tx: Session, *, task_id: int, person: int, at: datetime) -> bool:
    """Note that somebody has opened their task; a notice (待阅) is finished by that.

    Return whether the task is theirs.
    """
    mine = (task.c.id == task_id, task.c.assignee == person)
    if tx.execute(select(task.c.id).where(*mine)).first() is None:
        return False
    tx.execute(update(task).where(*mine, task.c.read_at.is_(None)).values(read_at=at))
    notice = (task.c.kind == TaskKind.NOTICE.value, task.c.state == TaskState.OPEN.value)
    tx.execute(update(task).where(*mine, *notice).values(state=TaskState.DONE.value, closed_at=at))
    return True
