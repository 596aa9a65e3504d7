"""Note that somebody has opened what they were given."""

from sqlalchemy.orm import Session

from runtime.language.refusal import NotFound
from runtime.running.context import Clock
from runtime.store import open_work
from runtime.store.transaction import transaction


def mark_task_read(*, session: Session, clock: Clock, actor: int, task_id: int) -> None:
    """Mark a task as read; a notice (待阅) is finished by that. Doing it again changes nothing.

    :raises NotFound: if there is no such task of this person.
    """
    with transaction(session) as tx:
        if not open_work.mark_read(tx, task_id=task_id, person=actor, at=clock.moment):
            raise NotFound("no_such_task", "没有这条待办。")
