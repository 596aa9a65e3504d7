"""Values of a field whose type has changed: what people saw is read as an answer to the new field."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, bindparam, column, select, table, update

from runtime.fields import FIELDS
from runtime.fields.field_type import InvalidValue, Reading
from runtime.language.field import Field
from runtime.language.speech import _
from runtime.store.column_types import BigInt
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session

#: Rows read and written at a time.
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class NotConverted:
    """A value that is none of the field's new type; it stays in the old column."""

    #: `pack/entity.field`
    field: str
    #: Of the record, or of the row of a sub-table.
    record_id: int
    shown: str
    reason: str

    def __str__(self) -> str:
        """Return the line that tells somebody which value of which record it is."""
        return _(
            "%(field)s 记录 %(record)s：“%(shown)s”%(reason)s",
            field=self.field,
            record=self.record_id,
            shown=self.shown,
            reason=self.reason,
        )


def fits(tx: Session, source: Column[Any], old: Field, old_type: str, new: Field, reading: Reading) -> bool:
    """Say whether every value in `source` is, unchanged, also a value of the field as it is now."""
    was, now = FIELDS.require(old_type), FIELDS.require(new.type)
    found = tx.execute(select(source).where(source.is_not(None)).distinct()).scalars()
    for value in found:
        try:
            if now.parse(new, was.dump(old, value), reading) != value:
                return False
        except InvalidValue:
            return False
    return True


def convert(
    tx: Session,
    there: EntityTable,
    source: Column[Any],
    target: Column[Any],
    old: Field,
    old_type: str,
    new: Field,
    reading: Reading,
) -> list[NotConverted]:
    """Fill the new column `target` from `source`; return what could not be read as the new type."""
    failed = list[NotConverted]()
    old = old if old.type == old_type else replace(new, type=old_type)
    was, now = FIELDS.require(old_type), FIELDS.require(new.type)
    # The new column is not part of `there`, which was read before it was made.
    fresh = table(there.table.name, column("id", BigInt), column(target.name, target.type))
    write = update(fresh).where(fresh.c.id == bindparam("row_id")).values({target.name: bindparam("value")})
    for batch in _batches(tx, there, source):
        values = []
        for row_id, value in batch:
            shown = was.show(old, value, reading)
            try:
                values.append(
                    {"row_id": row_id, "value": _read(now, new, shown, was.dump(old, value), reading)}
                )
            except InvalidValue as problem:
                failed.append(NotConverted(f"{there.path}.{new.code}", row_id, shown, problem.message))
        if values:
            tx.execute(write, values)
    return failed


def _read(now: Any, new: Field, shown: str, dumped: Any, reading: Reading) -> Any:
    """Return the value that the shown text means, else the one the stored form means."""
    try:
        return now.parse(new, shown, reading)
    except InvalidValue:
        return now.parse(new, dumped, reading)


def _batches(tx: Session, there: EntityTable, source: Column[Any]) -> Iterator[list[tuple[int, Any]]]:
    """Yield (id, value) of the rows that have one, a batch at a time, by id."""
    number, last = there.table.c.id, 0
    while True:
        asked = (
            select(number, source).where(number > last, source.is_not(None)).order_by(number).limit(_BATCH)
        )
        batch = [(row[0], row[1]) for row in tx.execute(asked)]
        if not batch:
            return
        yield batch
        last = batch[-1][0]
