"""Reading without writing: what was begun to read is ended, so that nothing holds a snapshot for long."""

from collections.abc import Iterator
from contextlib import contextmanager

from runtime.store.send import forget
from runtime.store.session import Session
from runtime.store.transaction import NestedTransaction


@contextmanager
def reading(session: Session) -> Iterator[Session]:
    """Yield the session to read with; the read transaction ends with the block, and nothing is written.

    :raises NestedTransaction: inside another use case, whose changes would be lost.
    """
    if session.info.get("use_case"):
        raise NestedTransaction
    try:
        yield session
    finally:
        forget(session)
        session.rollback()
