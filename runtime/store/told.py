"""What somebody has been told of a case and not read yet: tasks on the desk, notices in the inbox."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update

from runtime.store.session import Session
from runtime.store.states import TaskKind, TaskState
from runtime.store.tables import notice, task


def waits(tx: Session, *, case_id: int, person: int) -> bool:
    """Return whether anything of the case is unread."""
    tasks = exists().where(*_tasks(case_id, person))
    notices = exists().where(*_notices(case_id, person))
    return tx.execute(select(or_(tasks, notices))).scalar_one()


def mark_read(tx: Session, *, case_id: int, person: int, at: datetime) -> None:
    """Mark all of it as read; tasks that only tell are finished by that."""
    unread = _tasks(case_id, person)
    only_told = (task.c.kind == TaskKind.NOTICE.value, task.c.state == TaskState.OPEN.value)
    closed = {"state": TaskState.DONE.value, "closed_at": at}
    tx.execute(update(task).where(*unread, *only_told).values(read_at=at, **closed))
    tx.execute(update(task).where(*unread).values(read_at=at))
    tx.execute(update(notice).where(*_notices(case_id, person)).values(read_at=at))


def _tasks(case_id: int, person: int) -> tuple[ColumnElement[bool], ...]:
    return (task.c.case_id == case_id, task.c.assignee == person, task.c.read_at.is_(None))


def _notices(case_id: int, person: int) -> tuple[ColumnElement[bool], ...]:
    return (notice.c.case_id == case_id, notice.c.person == person, notice.c.read_at.is_(None))
