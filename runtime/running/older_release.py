"""Cases that go on with an earlier release, beside tables that have moved on: nothing they write is lost.

A field whose type has changed has a column for each type. A case writes the column of its release, and what
it wrote is carried over into today's. A field that is gone keeps its column, which only older releases know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from runtime.fields.field_type import InvalidValue, Reading
from runtime.language.problem import Problem
from runtime.language.refusal import NotFound
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.store.entity_tables import EntityTable
from runtime.store.schema_guard import note_written


def carry_over(context: Context, then: CompiledEntity, there: EntityTable, record: Record) -> None:
    """Write what a case wrote into `there` also into the columns that today's release has instead.

    Nothing happens where `there` is the table of today's release.
    """
    now = context.tables.by_number(there.number)
    if now is there:
        return
    try:
        today = context.world.entity(there.path)
    except NotFound:
        return  # the form is gone: nobody reads its columns but older releases
    _carry(context, _moved(there, now, then.fields, today.fields), now, record.id, record.values)
    for code, rows in there.rows.items():
        if code in now.rows and code in then.subtables and code in today.subtables:
            columns = then.subtables[code].columns, today.subtables[code].columns
            moved = tuple(_moved(rows, now.rows[code], *columns))
            for row in record.values.get(code) or ():
                _carry(context, moved, now.rows[code], row.get("id"), row)


def converted(was: CompiledField, now: CompiledField, value: Any, reading: Reading) -> Any:
    """Return a value of a field as it is now that its type has changed; None if it is no value of it."""
    if value is None:
        return None
    for raw in (was.kind.show(was.field, value, reading), was.kind.dump(was.field, value)):
        try:
            return now.kind.parse(now.field, raw, reading)
        except InvalidValue:
            continue
    return None


@dataclass(frozen=True)
class OlderRelease:
    """What the release of a case knows of its own app's tables and today's does not."""

    context: Context
    #: By code.
    entities: Mapping[str, CompiledEntity]
    app: str
    #: Of the release; None where it is today's, and there is nothing besides.
    number: int | None

    def known(self, record: Record) -> Mapping[str, Any]:
        """Return a row's values as rules of the release know them: fields that are gone included."""
        columns = dict(self._columns(record.entity))
        if not columns:
            return record.values
        there = self.context.tables.get(record.entity)
        asked = select(*columns.values()).where(there.table.c.id == record.id)
        row = self.context.tx.execute(asked).one()
        return {**record.values, **dict(zip(columns, row, strict=True))}

    def unfit(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Return what keeps a rule of the release from writing a row: not that it leaves new fields empty."""
        if self.number is None:
            return problems
        return tuple(one for one in problems if one.code not in ("required", "min_rows"))

    def split(
        self, today: CompiledEntity, values: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Return what a rule writes as today's fields take it, and what goes into columns of its release."""
        beside = {name: values[name] for name, _ in self._columns(today.path) if name in values}
        if not beside:
            return values, beside
        given = {name: value for name, value in values.items() if name not in beside}
        then = self.entities[today.entity.code]
        for name, value in beside.items():
            if name in today.fields:
                given[name] = converted(then.fields[name], today.fields[name], value, self.context.reading)
        return given, beside

    def keep(self, path: str, record_id: int, beside: Mapping[str, Any]) -> None:
        """Write values into columns that only the release of the case knows."""
        if not beside:
            return
        columns = dict(self._columns(path))
        table = self.context.tables.get(path).table
        values = {columns[name]: value for name, value in beside.items()}
        note_written(self.context.tx, self.context.tables.get(path))
        self.context.tx.execute(update(table).where(table.c.id == record_id).values(values))

    def _columns(self, path: str) -> Iterator[tuple[str, Any]]:
        pack, _, code = path.partition("/")
        then = self.entities.get(code) if pack == self.app and self.number is not None else None
        if then is None:
            return
        now = self.context.tables.get(path)
        there = self.context.tables.get(path, release=self.number)
        for name, column in there.columns.items():
            if name in then.fields and (name not in now.columns or now.columns[name].name != column.name):
                yield name, column


def _moved(
    there: EntityTable,
    now: EntityTable,
    was: Mapping[str, CompiledField],
    today: Mapping[str, CompiledField],
) -> Iterator[tuple[CompiledField, CompiledField]]:
    """Yield the fields that have another column now, as they were and as they are."""
    for name, column in there.columns.items():
        if name in now.columns and now.columns[name].name != column.name and name in was and name in today:
            yield was[name], today[name]


def _carry(
    context: Context, moved: Any, now: EntityTable, row: int | None, values: Mapping[str, Any]
) -> None:
    written = {
        now.columns[one.code]: converted(was, one, values.get(was.code), context.reading)
        for was, one in moved
    }
    if written and row is not None:
        table = now.table
        note_written(context.tx, now)
        context.tx.execute(update(table).where(table.c.id == row).values(written))
