"""Drain the outbox: claim what is due, deliver it, record what became of it.

Any number of drainers may run at once. A job is delivered in one transaction with the record of its
success, and only by the holder of its lease: it is never lost, and what it writes is written once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import uuid4

import structlog

from runtime.jobs.handlers import Handler
from runtime.language.speech import _, listed
from runtime.store import outbox
from runtime.store.fault_point import IN_DRAIN, reach
from runtime.store.outbox import Job, LeaseLost
from runtime.store.session import Session
from runtime.store.transaction import transaction, with_retry

#: Jobs leased at once: few enough to be done well within the lease.
BATCH = 20

OpenSession = Callable[[], Session]

_log = structlog.get_logger(__name__)


class NoHandler(Exception):
    """An outbox row of a kind that this version cannot deliver."""


class _Result(Enum):
    DONE = "done"
    FAILED = "failed"
    DEAD = "dead"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class DrainReport:
    """What became of the jobs of one or more batches."""

    done: int = 0
    #: To be tried again.
    failed: int = 0
    #: Failed for the last time.
    dead: int = 0
    #: Taken over by another drainer while this one was busy.
    lost: int = 0

    @property
    def claimed(self) -> int:
        """How many jobs there were."""
        return self.done + self.failed + self.dead + self.lost

    def __add__(self, other: "DrainReport") -> "DrainReport":
        return DrainReport(
            self.done + other.done, self.failed + other.failed, self.dead + other.dead, self.lost + other.lost
        )


def drain(
    sessions: OpenSession, handlers: Mapping[str, Handler], *, now: datetime, limit: int = BATCH
) -> DrainReport:
    """Deliver one batch of at most `limit` jobs that are due at `now`, and report.

    A handler that fails fails its own job only. Errors of the database itself pass through: what is
    leased then comes back when the lease ends.
    """
    with sessions() as session:
        jobs = with_retry(lambda: _claim(session, now, limit))
        results = [_deliver(session, handlers, job, now) for job in jobs]
    return DrainReport(**{kind.value: results.count(kind) for kind in _Result})


def drain_all(
    sessions: OpenSession,
    handlers: Mapping[str, Handler],
    *,
    clock: Callable[[], datetime],
    limit: int = BATCH,
) -> DrainReport:
    """Deliver batch after batch until nothing more is due.

    It ends: what fails is due later, and what is written meanwhile is work to be done anyway.
    """
    total = DrainReport()
    while (report := drain(sessions, handlers, now=clock(), limit=limit)).claimed:
        total += report
        if report.claimed < limit:
            break
    return total


def _claim(session: Session, now: datetime, limit: int) -> list[Job]:
    if not outbox.any_due(session, now=now):
        session.rollback()
        return []
    with transaction(session) as tx:
        return outbox.claim(tx, now=now, owner=uuid4().hex, limit=limit)


def _deliver(session: Session, handlers: Mapping[str, Handler], job: Job, now: datetime) -> _Result:
    try:
        with_retry(lambda: _handle(session, handlers, job, now))
    except LeaseLost:
        return _Result.LOST
    except Exception as error:
        return _record_failure(session, job, error, now)
    return _Result.DONE


def _handle(session: Session, handlers: Mapping[str, Handler], job: Job, now: datetime) -> None:
    handler = handlers.get(job.kind)
    if handler is None:
        raise NoHandler(_("本版本不会处理“%(kind)s”，已知：%(known)s", kind=job.kind, known=listed(handlers)))
    with transaction(session) as tx:
        reach(IN_DRAIN)
        handler(tx, job, now=now)
        outbox.done(tx, job)


def _record_failure(session: Session, job: Job, error: Exception, now: datetime) -> _Result:
    log = _log.bind(job=job.id, key=job.key, kind=job.kind, attempt=job.attempt)
    try:
        dead = with_retry(lambda: _failed(session, job, error, now))
    except LeaseLost:
        # Somebody else has it, or the commit whose answer got lost did succeed.
        return _Result.LOST
    log.error("outbox job failed", dead=dead, exc_info=error)
    return _Result.DEAD if dead else _Result.FAILED


def _failed(session: Session, job: Job, error: Exception, now: datetime) -> bool:
    with transaction(session) as tx:
        return outbox.failed(tx, job, error=f"{type(error).__name__}: {error}", now=now)
