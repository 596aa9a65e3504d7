"""The one place that commits, and the one that tries again."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from runtime.language.refusal import Refused
from runtime.store.fault_point import BEFORE_ANSWER, BEFORE_COMMIT, reach
from runtime.store.schema_guard import TablesChanged, confirm_tables, forget_written
from runtime.store.send import flush, forget, prepared, send
from runtime.store.session import Session
from runtime.store.tables import event

P = ParamSpec("P")
T = TypeVar("T")

#: Tries of one use case, the first included.
MOST_TRIES = 5
#: Seconds before the second try; doubles, with chance, so that two do not meet again.
FIRST_PAUSE = 0.02

#: SQLSTATE of what another try may well get through: serialization failure, deadlock, lock not available.
_PASSING_STATES = frozenset({"40001", "40P01", "55P03"})
_PASSING_SQLITE = frozenset({"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"})
_TAKEN = prepared(select(event.c.seq).where(event.c.client_token == bindparam("token")))


class NestedTransaction(Exception):
    """A use case was called inside another one; one use case is one transaction."""


class OutcomeUnknown(Exception):
    """The connection broke while committing: it may have happened or not; tried again only with a token."""


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Commit what the block did, or nothing of it.

    Only use cases open a transaction, and only one. What was read before (Flask-Login loads the user) is
    ended first: SQLite cannot upgrade a read transaction, and `session.begin()` would refuse.

    :raises NestedTransaction: if a use case is already running on this session.
    :raises OutcomeUnknown: if the connection broke during the commit.
    :raises TablesChanged: if the block wrote rows and somebody published meanwhile; nothing is kept.
    """
    if session.info.get("use_case"):
        raise NestedTransaction
    session.info["use_case"] = True
    try:
        session.rollback()
        session.begin(writing=True)
        yield session
        _commit(session)
        reach(BEFORE_ANSWER)
    except BaseException:
        forget(session)
        forget_written(session)
        session.rollback()
        raise
    finally:
        del session.info["use_case"]


def tried_again(use_case: Callable[P, T]) -> Callable[P, T]:
    """Let a use case run again where another try may get through (`passes`).

    With a `token` it may run again at any time: what was done already is answered, not done. Then a commit
    whose outcome is unknown is tried again, and so is what was refused because the very same request, sent
    twice, got its way at the same instant: before a case exists there is no row to lock, and the one who
    comes second finds the number taken, or the quota used up, by themselves.
    """

    @wraps(use_case)
    def trying(*args: P.args, **kwargs: P.kwargs) -> T:
        session: Any = kwargs["session"]
        token: Any = kwargs["token"]

        def again(error: Exception) -> bool:
            if passes(error) or token is None:
                return passes(error)
            if isinstance(error, Refused | IntegrityError):
                return _is_taken(session, token)
            return isinstance(error, OutcomeUnknown)

        return with_retry(partial(use_case, *args, **kwargs), again=again)

    return trying


def passes(error: Exception) -> bool:
    """Say whether the same work may succeed on another try.

    Deadlocks, serialization failures, locks not to be had in time, SQLite's busy writer and connections lost
    before the commit, and a publication in between.
    """
    if isinstance(error, TablesChanged):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return state in _PASSING_STATES or state in _PASSING_SQLITE


def with_retry(
    work: Callable[[], T],
    *,
    again: Callable[[Exception], bool] = passes,
    pause: Callable[[float], None] = time.sleep,
) -> T:
    """Return what `work` returns; run it again, at most `MOST_TRIES` times in all, where `again` says so.

    `work` is a whole use case: what it did before was rolled back.
    """
    for attempt in range(1, MOST_TRIES):
        try:
            return work()
        except Exception as error:
            if not again(error):
                raise
        pause(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1.0))
    return work()


def _is_taken(session: Session, token: str) -> bool:
    found = send(session, _TAKEN, token=token)
    session.rollback()
    return bool(found)


def _commit(session: Session) -> None:
    reach(BEFORE_COMMIT)
    try:
        confirm_tables(session)
        flush(session, commit=True)
        session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise OutcomeUnknown from error
        raise
