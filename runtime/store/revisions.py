"""History of records: what each write changed, who caused it and through which case or rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from runtime.store.insert_many import inserting
from runtime.store.send import prepared, send_at_commit
from runtime.store.session import Session
from runtime.store.tables import revision

_KEPT = ("entity", "record_id", "rev", "at", "actor", "case_id", "seq", "rule", "changes")
_KEEP = prepared(insert(revision).values({name: bindparam(name) for name in _KEPT}), joins=True)
_KEEP_MANY = inserting(revision, _KEPT)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a record is written."""

    #: Person's number; 0 is the system.
    actor: int
    at: datetime
    case_id: int | None = None
    #: Number of the case's event.
    seq: int | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One write of a record."""

    id: int
    rev: int
    cause: Cause
    #: Field → [before, after] as JSON holds them; sub-table → {"added": [row…], "removed": [row…],
    #: "changed": {row id: {column: [before, after]}}}; `record.<system column>` likewise.
    changes: Mapping[str, Any]


def keep_revision(
    tx: Session, *, entity: int, record_id: int, rev: int, cause: Cause, changes: Mapping[str, Any]
) -> None:
    """Write what changed; travels with the COMMIT."""
    send_at_commit(
        tx,
        _KEEP,
        entity=entity,
        record_id=record_id,
        rev=rev,
        at=cause.at,
        actor=cause.actor,
        case_id=cause.case_id,
        seq=cause.seq,
        rule=cause.rule,
        changes=changes,
    )


def keep_revisions(tx: Session, *, entity: int, record_ids: Sequence[int], cause: Cause) -> None:
    """Write that these records were made; one statement, travels with the COMMIT."""
    told: tuple[Any, ...] = (cause.at, cause.actor, cause.case_id, cause.seq, cause.rule, {})
    send_at_commit(tx, _KEEP_MANY, rows=[(entity, number, 1, *told) for number in record_ids])


def history(
    tx: Session, *, entity: int, record_id: int, before: int | None = None, limit: int = 50
) -> list[Revision]:
    """Return the writes of a record, newest first, older than revision `before` (keyset paging)."""
    asked = select(revision).where(revision.c.entity == entity, revision.c.record_id == record_id)
    if before is not None:
        asked = asked.where(revision.c.id < before)
    rows = tx.execute(asked.order_by(revision.c.id.desc()).limit(limit))
    return [
        Revision(row.id, row.rev, Cause(row.actor, row.at, row.case_id, row.seq, row.rule), row.changes)
        for row in rows
    ]
