"""Who has cases now."""

from collections.abc import Iterable

from sqlalchemy import select

from runtime.store.session import Session
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
