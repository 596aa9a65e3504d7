"""Deliveries that failed, for the people who look after the installation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true, update

from runtime.store.outbox import WRITTEN
from runtime.store.session import Session
from runtime.store.states import OutboxState
from runtime.store.tables import outbox

_WAITING, _DEAD = OutboxState.WAITING.value, OutboxState.DEAD.value


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A delivery that failed at least once, for people to look at."""

    id: int
    key: str
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    dead: bool
    #: When it is tried again, if it is not dead.
    due_at: datetime
    error: str
    created_at: datetime


def retry(tx: Session, job: int, *, now: datetime) -> FailedJob | None:
    """Bring a job back that is dead or waits after a failure: due now, with all its attempts.

    Return what it was, or None if it did not fail or somebody is at work on it.
    """
    found = tx.execute(select(outbox).where(outbox.c.id == job)).one_or_none()
    return _failed(found) if found and _bring_back(tx, outbox.c.id == job, now) else None


def retry_all(tx: Session, *, now: datetime) -> int:
    """Bring back every failed job that nobody is at work on, and return how many."""
    return _bring_back(tx, true(), now)


def counts(tx: Session) -> dict[OutboxState, int]:
    """Return how many jobs are in each state, zeros included."""
    found = tx.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return dict.fromkeys(OutboxState, 0) | {OutboxState(state): count for state, count in found}


def failures(tx: Session, *, limit: int = 50, before: int | None = None) -> list[FailedJob]:
    """Return jobs that are dead or failed and wait for another attempt, newest first.

    `before` is the id of the last one already shown (keyset paging).
    """
    error = outbox.c.last_error
    wanted = or_(outbox.c.state == _DEAD, (outbox.c.state == _WAITING) & error.is_not(None))
    query = select(outbox).where(wanted).order_by(outbox.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(outbox.c.id < before)
    return [_failed(row) for row in tx.execute(query)]


def _bring_back(tx: Session, which: ColumnElement[bool], now: datetime) -> int:
    waits = and_(outbox.c.state == _WAITING, outbox.c.last_error.is_not(None))
    free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)
    alive = {
        "state": _WAITING,
        "attempts": 0,
        "due_at": now,
        "lease_owner": None,
        "lease_until": None,
        "last_error": None,  # it has not failed any more
    }
    back = update(outbox).where(which, or_(outbox.c.state == _DEAD, and_(waits, free))).values(alive)
    brought = len(tx.execute(back.returning(outbox.c.id)).all())
    if brought:
        tx.info[WRITTEN] = True
    return brought


def _failed(row: Row[Any]) -> FailedJob:
    return FailedJob(
        id=row.id,
        key=row.key,
        kind=row.kind,
        payload=row.payload,
        attempts=row.attempts,
        dead=row.state == _DEAD,
        due_at=row.due_at,
        error=row.last_error or "",
        created_at=row.created_at,
    )
