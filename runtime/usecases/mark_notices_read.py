"""Note that somebody has read notices of their inbox."""

from collections.abc import Sequence

from runtime.running.context import Clock
from runtime.store import notices
from runtime.store.session import Session
from runtime.store.transaction import transaction


def mark_notices_read(
    *, session: Session, clock: Clock, actor: int, notice_ids: Sequence[int] | None = None
) -> None:
    """Mark these notices as read, or all; those of others are left alone."""
    with transaction(session) as tx:
        notices.mark_read(tx, person=actor, now=clock.moment, notices=notice_ids)
