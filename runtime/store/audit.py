"""What administrators did: written in the transaction that did it, never changed, never removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from runtime.store.session import Session
from runtime.store.tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record."""

    id: int
    at: datetime
    #: Person's number.
    actor: int
    #: What was done, past tense: `person.deactivated`.
    kind: str
    #: What it was done to: `person/sam`, `pack/stock`, `job/7`.
    object: str
    detail: Mapping[str, Any]
    #: Where the request came from, "" where that is not known.
    ip: str


def write(
    tx: Session,
    *,
    at: datetime,
    actor: int,
    kind: str,
    object: str,
    detail: Mapping[str, Any] | None = None,
    ip: str = "",
) -> None:
    """Put one line on the record; `detail` never holds a password or a key."""
    row = {"at": at, "actor": actor, "kind": kind, "object": object, "detail": dict(detail or {}), "ip": ip}
    tx.execute(insert(audit).values(row))


def entries(
    tx: Session, *, object: str | None = None, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """Return lines, newest first, older than the line `before` (keyset paging); of one object if asked."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if object is not None:
        query = query.where(audit.c.object == object)
    if before is not None:
        query = query.where(audit.c.id < before)
    return [
        Entry(row.id, row.at, row.actor, row.kind, row.object, row.detail or {}, row.ip or "")
        for row in tx.execute(query)
    ]
