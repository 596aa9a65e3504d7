"""Contracts as records, for tests of the repository."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from runtime.records.record import Record
from runtime.store import record_writes, records
from runtime.store.entity_tables import EntityTable
from runtime.store.record_inserts import NewRecord, Recompute, insert
from runtime.store.revisions import Cause
from runtime.store.session import Session
from runtime.store.transaction import transaction
from tests.store.apps import field, rows, table

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LATER = datetime(2026, 1, 3, tzinfo=UTC)
SAM = Cause(actor=4, at=NOW)
LARA = Cause(actor=5, at=LATER, case_id=9, seq=2, rule="write_back")

CONTRACT = table(
    "contract",
    field("no", unique=True),
    field("amount", "money"),
    field("signed", "date"),
    field("at", "datetime"),
    field("hour", "time"),
    field("paid", "boolean"),
    field("count", "integer"),
    field("files", "attachment"),
    field("customer", "lookup", options={"from": "customer", "key": "name"}),
    rows("items", field("clause", unique=True), field("delta", "money")),
    rows("terms", field("text")),
)
VALUES: dict[str, Any] = {
    "no": "HT-1",
    "amount": Decimal("100.50"),
    "signed": date(2026, 1, 2),
    "at": NOW,
    "hour": time(8, 30),
    "paid": False,
    "count": 0,
    "files": ["f-1", "f-2"],
    "customer": "甲公司",
    "customer_ref": 7,
    "items": [{"clause": "一", "delta": Decimal("1.00")}, {"clause": "二", "delta": None}],
}


def insert_one(
    session: Session,
    contract: EntityTable,
    values: Mapping[str, Any] = VALUES,
    *,
    recompute: Recompute | None = None,
    **options: Any,
) -> Record:
    new = NewRecord(values, owner=4, **options)
    with transaction(session) as tx:
        return insert(tx, contract, new, cause=SAM, recompute=recompute)


def update_one(
    session: Session, contract: EntityTable, record: Record, changes: Mapping[str, Any], **options: Any
) -> Record:
    with transaction(session) as tx:
        return record_writes.update(tx, contract, record, changes, cause=LARA, **options)


def read_one(session: Session, contract: EntityTable, record: Record) -> Record:
    assert record.id is not None
    return records.read(session, contract, record.id)
