"""The in-app inbox: short notices to people, written by the outbox, read on their pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from runtime.store.outbox import Delivery
from runtime.store.session import Session
from runtime.store.tables import notice

#: Kind of an outbox row that ends here.
KIND = "notice"
#: Counts above are shown as "99+", and not counted further.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in somebody's inbox."""

    id: int
    case_id: int | None
    kind: str
    title: str
    body: str
    created_at: datetime
    read_at: datetime | None


def delivery(
    *,
    key: str,
    people: Iterable[int],
    kind: str,
    title: str,
    body: str = "",
    case_id: int | None = None,
    due_at: datetime,
) -> Delivery:
    """Return the outbox row that brings a notice to `people` (numbers), each once.

    Title and body are written as for a reader without special rights: they are not checked again.
    """
    payload = {
        "people": list(dict.fromkeys(people)),
        "case_id": case_id,
        "kind": kind,
        "title": title,
        "body": body,
    }
    return Delivery(key=key, kind=KIND, payload=payload, due_at=due_at)


def write(tx: Session, payload: Mapping[str, Any], *, now: datetime) -> None:
    """Write the notices of one delivery: to `people`, with `kind` and `title`, maybe `body` and `case_id`.

    :raises KeyError: if one of the first three is missing.
    """
    shared = {
        "kind": payload["kind"],
        "title": payload["title"],
        "body": payload.get("body", ""),
        "case_id": payload.get("case_id"),
        "created_at": now,
    }
    rows = [{"person": person, **shared} for person in payload["people"]]
    if rows:
        tx.execute(insert(notice), rows)


def inbox(tx: Session, *, person: int, before: int | None = None, limit: int = 20) -> list[Notice]:
    """Return a person's notices, newest first, older than the notice `before` (keyset paging)."""
    query = (
        select(
            notice.c.id,
            notice.c.case_id,
            notice.c.kind,
            notice.c.title,
            notice.c.body,
            notice.c.created_at,
            notice.c.read_at,
        )
        .where(notice.c.person == person)
        .order_by(notice.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(notice.c.id < before)
    return [Notice(*row) for row in tx.execute(query)]


def unread(tx: Session, *, person: int) -> int:
    """Return how many notices the person has not read, at most `MOST_COUNTED`."""
    mine = (
        select(notice.c.id).where(notice.c.person == person, notice.c.read_at.is_(None)).limit(MOST_COUNTED)
    )
    return tx.execute(select(func.count()).select_from(mine.subquery())).scalar_one()


def mark_read(tx: Session, *, person: int, now: datetime, notices: Iterable[int] | None = None) -> None:
    """Mark these notices of the person as read, or all; others' are left alone."""
    query = update(notice).where(notice.c.person == person, notice.c.read_at.is_(None)).values(read_at=now)
    if notices is not None:
        query = query.where(notice.c.id.in_(list(notices)))
    tx.execute(query)
