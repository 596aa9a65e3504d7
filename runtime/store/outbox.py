"""The outbox: what must happen outside the transaction that decided it, written as a row inside it.

A row waits until it is due, is leased to one drainer at a time, and ends as done or, after
`MOST_ATTEMPTS`, as dead; only a person brings a dead one back. The lease is the whole protocol: who
holds it may work, who lost it may not record anything, so a drainer that was killed delays its jobs
by `LEASE_SECONDS` and loses none.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.send import prepared, send_at_commit
from runtime.store.session import Session
from runtime.store.states import OutboxState
from runtime.store.tables import outbox

#: Then a job is dead. With the back-off below the last attempt is some two hours after the first.
MOST_ATTEMPTS = 8
#: How long a drainer may work on what it claimed before another may take it over.
LEASE_SECONDS = 60
FIRST_WAIT_SECONDS = 60
#: Longest stored text of a failure; the log has all of it.
_LONGEST_ERROR = 2000
#: `Session.info` holds this from the first delivery of a transaction on; `jobs/wake.py` reads it.
WRITTEN = "outbox_written"

_Insert = sqlite.Insert | postgresql.Insert
_WAITING, _DONE, _DEAD = OutboxState.WAITING.value, OutboxState.DONE.value, OutboxState.DEAD.value
#: Kept as the failure of a job that nobody reported; pages say it in the reader's language.
INTERRUPTED = "处理中断：进程在执行时退出"

#: "On conflict" is spelled alike by both databases, but SQLAlchemy has it in their dialects only.
_INSERT: Mapping[str, Callable[[Table], _Insert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_GIVEN: Mapping[str, Any] = {
    name: bindparam(name) for name in ("key", "kind", "payload", "due_at", "state", "created_at")
}
_AT_COMMIT = {
    dialect: prepared(insert(outbox).values(_GIVEN).on_conflict_do_nothing(index_elements=["key"]))
    for dialect, insert in _INSERT.items()
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to be delivered after the commit. The same `key` is delivered once, however often written."""

    key: str
    #: Which handler takes it (`runtime/jobs/handlers.py`).
    kind: str
    payload: Mapping[str, Any]
    #: Not before this moment.
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery as leased to a drainer."""

    id: int
    key: str
    kind: str
    payload: Mapping[str, Any]
    #: Which attempt this is, from 1.
    attempt: int
    #: Holder of the lease; whoever records a result shows it.
    owner: str
    due_at: datetime


class LeaseLost(Exception):
    """Another drainer has taken the job over; nothing that was done for it in this transaction may stand."""


def enqueue(
    tx: Session, *, key: str, kind: str, payload: Mapping[str, Any], due_at: datetime, now: datetime
) -> bool:
    """Write one delivery into the caller's transaction; return whether the key was new."""
    return enqueue_all(tx, [Delivery(key, kind, payload, due_at)], now=now) == 1


def enqueue_all(tx: Session, deliveries: Iterable[Delivery], *, now: datetime) -> int:
    """Write deliveries in one statement; return how many keys were new.

    A key that is known already is left as it is, also when it is done: never refused, never twice.
    """
    rows = [_row(one, now) for one in deliveries]
    if not rows:
        return 0
    insert = _INSERT[tx.engine.dialect.name](outbox).on_conflict_do_nothing(index_elements=["key"])
    tx.info[WRITTEN] = True
    return len(tx.execute(insert.returning(outbox.c.id), rows).all())


def enqueue_at_commit(tx: Session, deliveries: Iterable[Delivery], *, now: datetime) -> None:
    """Write deliveries in the flush that commits: no round trip of their own; a known key is left alone."""
    statement = _AT_COMMIT[tx.engine.dialect.name]
    for one in deliveries:
        send_at_commit(tx, statement, **_row(one, now))
        tx.info[WRITTEN] = True


def any_due(tx: Session, *, now: datetime) -> bool:
    """Say whether `claim` would find something; reads only, so that looking costs SQLite's writer nothing."""
    due = select(outbox.c.id).where(outbox.c.state == _WAITING, outbox.c.due_at <= now, _unleased(now))
    return tx.execute(due.limit(1)).first() is not None


def claim(
    tx: Session, *, now: datetime, owner: str, limit: int, lease_seconds: int = LEASE_SECONDS
) -> list[Job]:
    """Lease up to `limit` due jobs to `owner`, longest due first; counts as an attempt of each.

    Counting when leasing, not when failing, is what ends a job that kills its process every time.
    On PostgreSQL rows that another drainer is claiming are skipped; SQLite has one writer at a time.
    """
    _bury_interrupted(tx, now)
    free = (
        select(outbox.c.id)
        .where(outbox.c.state == _WAITING, outbox.c.due_at <= now, _unleased(now))
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        # In a CTE it runs once: PostgreSQL may run a subquery of IN again, and lock more than `limit`.
        .cte("free")
    )
    leased = (
        update(outbox)
        .where(outbox.c.id.in_(select(free.c.id)))
        .values(
            attempts=outbox.c.attempts + 1,
            lease_owner=owner,
            lease_until=now + timedelta(seconds=lease_seconds),
        )
        .returning(
            outbox.c.id,
            outbox.c.key,
            outbox.c.kind,
            outbox.c.payload,
            outbox.c.attempts,
            outbox.c.lease_owner,
            outbox.c.due_at,
        )
    )
    jobs = [Job(*row) for row in tx.execute(leased)]
    return sorted(jobs, key=lambda job: (job.due_at, job.id))


def done(tx: Session, job: Job) -> None:
    """Record that the job is delivered, in the transaction that delivered it.

    :raises LeaseLost: if another drainer has taken it over meanwhile.
    """
    _record(tx, job, {"state": _DONE, "last_error": None})


def failed(tx: Session, job: Job, *, error: str, now: datetime) -> bool:
    """Record a failure: try again later, or never; return whether the job is dead.

    :raises LeaseLost: if another drainer has taken it over meanwhile.
    """
    dead = job.attempt >= MOST_ATTEMPTS
    after = {"state": _DEAD} if dead else {"due_at": now + back_off(job.key, attempt=job.attempt)}
    _record(tx, job, after | {"last_error": error[:_LONGEST_ERROR]})
    return dead


def remove_done(tx: Session, *, before: datetime, limit: int = 500) -> int:
    """Remove at most `limit` jobs that were due and done before this moment; return how many.

    Their keys are forgotten with them: keep rows longer than anything could be written a second time.
    """
    old = select(outbox.c.id).where(outbox.c.state == _DONE, outbox.c.due_at < before)
    gone = delete(outbox).where(outbox.c.id.in_(old.order_by(outbox.c.id).limit(limit).scalar_subquery()))
    return len(tx.execute(gone.returning(outbox.c.id)).all())


def back_off(key: str, *, attempt: int) -> timedelta:
    """Return how long to wait after the failed `attempt`: doubling, up to a quarter more by key.

    The extra keeps jobs that failed together (a mail server down) from coming back together; taken
    from the key, it is the same in every run.
    """
    wait = FIRST_WAIT_SECONDS * 2 ** (attempt - 1)
    digest = hashlib.sha256(f"{key}#{attempt}".encode()).digest()
    return timedelta(seconds=wait * (1 + int.from_bytes(digest[:4], "big") / 2**34))


def _row(one: Delivery, now: datetime) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind,
        "payload": dict(one.payload),
        "due_at": one.due_at,
        "state": _WAITING,
        "created_at": now,
    }


def _unleased(now: datetime) -> ColumnElement[bool]:
    return or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)


def _bury_interrupted(tx: Session, now: datetime) -> None:
    """End jobs whose last attempt never reported: their process was killed while it worked on them."""
    worn_out = (outbox.c.state == _WAITING, outbox.c.attempts >= MOST_ATTEMPTS, outbox.c.lease_until <= now)
    tx.execute(update(outbox).where(*worn_out).values(state=_DEAD, last_error=INTERRUPTED))


def _record(tx: Session, job: Job, result: dict[str, Any]) -> None:
    mine = (
        outbox.c.id == job.id,
        outbox.c.state == _WAITING,
        outbox.c.lease_owner == job.owner,
        outbox.c.attempts == job.attempt,
    )
    written = update(outbox).where(*mine).values(result | {"lease_owner": None, "lease_until": None})
    if tx.execute(written.returning(outbox.c.id)).first() is None:
        raise LeaseLost(job.key)
