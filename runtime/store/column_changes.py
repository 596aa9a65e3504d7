"""Columns of one table brought up to what a release needs: kept, widened, added, or followed by a new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Table, insert, select, text, update

from runtime.fields import FIELDS
from runtime.fields.field_type import Reading
from runtime.language.field import Field
from runtime.store import entity_tables, tables
from runtime.store.column_types import Exact, column_type
from runtime.store.conversion import NotConverted, convert, fits
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session

#: A PostgreSQL name has 63 bytes; what is added to a name must fit behind the cut.
LONGEST_NAME = 48
_TAKEN = frozenset({"id", "rev", "parent_id", "position"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that a release needs."""

    field: Field
    name: str
    kind: str
    scale: int
    position: int


class Publishing:
    """One publication of one app: what it has done so far."""

    def __init__(self, tx: Session, release: int, reading: Reading) -> None:
        self.tx = tx
        self.release = release
        self.reading = reading
        self.made: list[str] = []
        self.not_converted: list[NotConverted] = []
        self.operations = Operations(MigrationContext.configure(tx.connection()))


def bring_up_to_date(work: Publishing, number: int, fields: Sequence[Field], old: dict[str, Field]) -> None:
    """Give the entity's table the columns that `fields` need; `old` are the fields of the release before."""
    there = entity_tables.read(work.tx).by_number(number)
    rows = {row.column_name: row for row in work.tx.execute(_stored(number))}
    in_use = {row.name: row for row in rows.values() if row.removed is None}
    wanted = {one.name: one for one in _wanted(fields)}
    for name, row in in_use.items():
        if name not in wanted:
            _note(work, number, row.column_name, removed=work.release)
            work.made.append(f"{there.path}.{name}")
    for one in wanted.values():
        was = old.get(one.field.code, one.field)
        if one.name not in in_use:
            _add(work, there, one, taken=set(rows))
        elif not _keep(work, there, in_use[one.name], one, was):
            _change(work, there, in_use[one.name], one, was, taken=set(rows))


def _keep(work: Publishing, there: EntityTable, row: Any, one: Wanted, old: Field) -> bool:
    """Let the column serve the field as it is now, widening it where that is enough; False if it cannot."""
    column = there.table.c[row.column_name]
    if row.kind != one.kind or one.scale < row.scale:
        return False
    changed_type = row.type != one.field.type and one.name == one.field.code
    if changed_type and not fits(work.tx, column, old, row.type, one.field, work.reading):
        return False
    changed = {"type": one.field.type, "scale": one.scale, "position": one.position}
    if one.scale > row.scale:
        _widen(work.tx, there.table, column, one.scale - row.scale)
    if any(getattr(row, key) != value for key, value in changed.items()):
        _note(work, there.number, row.column_name, **changed)
        work.made.append(f"{there.path}.{one.name}")
    return True


def _widen(tx: Session, table: Table, column: Column[Any], digits: int) -> None:
    """Give a decimal more digits; NUMERIC holds any number of them, a scaled integer is multiplied."""
    if tx.engine.dialect.name == "sqlite" and isinstance(column.type, Exact):
        name = tx.connection().dialect.identifier_preparer.quote(column.name)
        tx.execute(text(f"UPDATE {table.name} SET {name} = {name} * {10**digits} WHERE {name} IS NOT NULL"))


def _change(
    work: Publishing, there: EntityTable, row: Any, one: Wanted, old: Field, *, taken: set[str]
) -> None:
    _note(work, there.number, row.column_name, removed=work.release)
    made = _add(work, there, one, taken=taken)
    if one.name != one.field.code:
        return  # what a type keeps besides its value is not shown, so not converted
    source = there.table.c[row.column_name]
    work.not_converted += convert(work.tx, there, source, made, old, row.type, one.field, work.reading)


def _add(work: Publishing, there: EntityTable, one: Wanted, *, taken: set[str]) -> Column[Any]:
    name = _free(one.name, taken)
    taken.add(name)
    column: Column[Any] = Column(name, column_type(one.kind, scale=one.scale))
    work.operations.add_column(there.table.name, column)
    work.tx.execute(
        insert(tables.entity_column).values(
            entity_number=there.number,
            column_name=name,
            field=one.field.code,
            name=one.name,
            type=one.field.type,
            kind=one.kind,
            scale=one.scale,
            position=one.position,
            added=work.release,
        )
    )
    work.made.append(f"{there.path}.{one.name}")
    return column


def _free(name: str, taken: set[str]) -> str:
    base = f"f_{name}" if name in _TAKEN or name.startswith("s_") else name
    base = base.encode()[:LONGEST_NAME].decode(errors="ignore")
    tries = (base, *(f"{base}__{count}" for count in range(2, 1000)))
    return next(one for one in tries if one not in taken)


def _wanted(fields: Sequence[Field]) -> Iterator[Wanted]:
    for position, field in enumerate(fields):
        type_ = FIELDS.require(field.type)
        storage = type_.storage(field)
        if storage.kind == "none":
            continue
        yield Wanted(field, field.code, storage.kind, storage.scale, position)
        for name, extra in type_.extra_columns(field).items():
            yield Wanted(field, name, extra.kind, extra.scale, position)


def _stored(number: int) -> Any:
    return select(tables.entity_column).where(tables.entity_column.c.entity_number == number)


def _note(work: Publishing, number: int, column_name: str, **values: Any) -> None:
    column = tables.entity_column
    known = (column.c.entity_number == number, column.c.column_name == column_name)
    work.tx.execute(update(column).where(*known).values(**values))
