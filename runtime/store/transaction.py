"""The one place that commits, and the one that tries again."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from runtime.store.database import begin_writing
from runtime.store.fault_point import BEFORE_ANSWER, BEFORE_COMMIT, reach
from runtime.store.send import flush, forget

T = TypeVar("T")

#: Tries of one use case, the first included.
MOST_TRIES = 5
#: Seconds before the second try; doubles, with chance, so that two do not meet again.
FIRST_PAUSE = 0.02

#: SQLSTATE of what another try may well get through: serialization failure, deadlock, lock not available.
_PASSING_STATES = frozenset({"40001", "40P01", "55P03"})
_PASSING_SQLITE = frozenset({"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"})


class NestedTransaction(Exception):
    """A use case was called inside another one; one use case is one transaction."""


class OutcomeUnknown(Exception):
    """The connection broke while committing: it may have happened or not. Never tried again by itself."""


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Commit what the block did, or nothing of it.

    Only use cases open a transaction, and only one. What was read before (Flask-Login loads the user) is
    ended first: SQLite cannot upgrade a read transaction, and `session.begin()` would refuse.

    :raises NestedTransaction: if a use case is already running on this session.
    :raises OutcomeUnknown: if the connection broke during the commit.
    """
    if session.info.get("use_case"):
        raise NestedTransaction
    session.info["use_case"] = True
    try:
        session.rollback()
        begin_writing(session)
        yield session
        _commit(session)
        reach(BEFORE_ANSWER)
    except BaseException:
        forget(session)
        session.rollback()
        raise
    finally:
        del session.info["use_case"]


def with_retry(work: Callable[[], T], *, pause: Callable[[float], None] = time.sleep) -> T:
    """Return what `work` returns; run it again where the database says another try may get through.

    `work` is a whole use case: what it did before was rolled back. Deadlocks, serialization failures, locks
    not to be had in time, SQLite's busy writer and connections lost before the commit pass.
    """
    for attempt in range(1, MOST_TRIES):
        try:
            return work()
        except DBAPIError as error:
            if not passes(error):
                raise
        pause(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1.0))
    return work()


def passes(error: DBAPIError) -> bool:
    """Say whether the same work may succeed on another try."""
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return state in _PASSING_STATES or state in _PASSING_SQLITE


def _commit(session: Session) -> None:
    reach(BEFORE_COMMIT)
    try:
        flush(session, commit=True)
        session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise OutcomeUnknown from error
        raise
