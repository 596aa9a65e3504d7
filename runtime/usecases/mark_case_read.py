"""Note that somebody has opened a case: what told them to is read by that."""

from runtime.running.context import Clock
from runtime.store import told
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.transaction import transaction


def mark_case_read(*, session: Session, clock: Clock, actor: int, case_id: int) -> None:
    """Mark what the person was told of a case as read; tasks that only tell (待阅) are finished by that.

    Where nothing is unread nothing is written: most cases are opened more than once.
    """
    with reading(session) as tx:
        if not told.waits(tx, case_id=case_id, person=actor):
            return
    with transaction(session) as tx:
        told.mark_read(tx, case_id=case_id, person=actor, at=clock.moment)
