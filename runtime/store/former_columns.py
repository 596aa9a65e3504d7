"""Columns that no field of today's release has: what older records still hold in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, or_, select

from runtime.store import tables
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Former:
    """A value in a column of a field that was removed, or was of another type."""

    #: Code of the sub-table, empty for the record itself; and the row's number in it, from 1.
    rows: str
    row: int
    field: str
    #: Number of the release that no longer had the column.
    removed: int
    value: Any


def read(tx: Session, there: EntityTable, record_id: int) -> list[Former]:
    """Return what a record, and its rows, hold in such columns, in the order in which fields went."""
    entity = tables.entity
    own = or_(entity.c.number == there.number, entity.c.parent_number == there.number)
    column = tables.entity_column
    asked = (
        select(entity.c.code, entity.c.table_name, column)
        .join(column, column.c.entity_number == entity.c.number)
        # What a type keeps beside its value means nothing alone.
        .where(own, column.c.removed.is_not(None), column.c.name == column.c.field)
        .order_by(column.c.removed, column.c.position)
    )
    by_table: dict[str, list[Any]] = {}
    for one in tx.execute(asked):
        by_table.setdefault(one.table_name, []).append(one)
    return [
        former
        for name, columns in by_table.items()
        for former in _values(tx, there.table.metadata.tables[name], columns, record_id)
    ]


def _values(tx: Session, table: Table, columns: list[Any], record_id: int) -> Iterator[Former]:
    rows = columns[0].code.partition(".")[2]
    key, order = (table.c.parent_id, table.c.position) if rows else (table.c.id, table.c.id)
    wanted = [table.c[one.column_name] for one in columns]
    asked = select(*wanted).where(key == record_id).order_by(order, table.c.id)
    for at, row in enumerate(tx.execute(asked), 1):
        for one, value in zip(columns, row, strict=True):
            if value is not None:
                yield Former(rows, at, one.field, one.removed, value)
