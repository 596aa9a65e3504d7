"""Deliveries that failed, for the people who look after the installation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from runtime.store.outbox import WRITTEN
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


def retry(tx: Session, job: int, *, now: datetime) -> bool:
    """Bring a dead job back, due now, with all its attempts; return False if it is not dead."""
    alive = {"state": _WAITING, "attempts": 0, "due_at": now, "lease_owner": None, "lease_until": None}
    back = update(outbox).where(outbox.c.id == job, outbox.c.state == _DEAD).values(alive)
    tx.info[WRITTEN] = True
    return bool(tx.execute(back.returning(outbox.c.id)).first())


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
    return [
        FailedJob(
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
        for row in tx.execute(query)
    ]
