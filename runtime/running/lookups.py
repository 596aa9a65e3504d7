"""Which rows lookups mean: their ids by key, or their keys by id, read from the true values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from runtime.fields.lookup import ref_column
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity
from runtime.records.fill import Source, Wanted
from runtime.records.record import Record
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.store import records
from runtime.store.entity_tables import EntityTable

#: Keys in one statement.
_MOST_KEYS = 500


def sources(context: Context, wanted: Iterable[Wanted], *, checked: bool) -> dict[Wanted, Source | None]:
    """Return the rows that lookups refer to, None where there is none.

    As many statements for a thousand rows of one table as for one. `checked` leaves out rows that the acting
    person may not pick; what rules set is not checked.
    """
    asked = list(wanted)
    found: dict[Wanted, Source | None] = dict.fromkeys(asked)
    for table in dict.fromkeys(one.table for one in asked):
        there = context.tables.get(table)
        rows = _rows(context, there, [one for one in asked if one.table == table])
        may = _pickable(context, there, {record.id or 0 for record in rows.values()}) if checked else None
        for one, record in rows.items():
            if may is None or record.id in may:
                found[one] = Source(record.id or 0, record.values)
    return found


def _rows(context: Context, there: EntityTable, asked: Sequence[Wanted]) -> dict[Wanted, Record]:
    """Return the rows that exist: by id where it is known, else the first with the key."""
    by_id = records.read_many(context.tx, there, [one.ref for one in asked if one.ref is not None])
    found = {one: by_id[one.ref] for one in asked if one.ref in by_id}
    keyed = [one for one in asked if one.ref is None]
    for key in dict.fromkeys(one.key for one in keyed):
        values = sorted({one.value for one in keyed if one.key == key})
        first: dict[Any, Record] = {}
        for start in range(0, len(values), _MOST_KEYS):
            part = there.column(key).in_(values[start : start + _MOST_KEYS])
            for record in records.find(context.tx, there, where=part):
                first.setdefault(record.values.get(key), record)
        found |= {one: first[one.value] for one in keyed if one.key == key and one.value in first}
    return found


def _pickable(context: Context, there: EntityTable, ids: set[int]) -> set[int] | None:
    """Return those of the rows that the acting person may pick; None: all."""
    if context.actor is None or not ids:
        return None
    access = access_to(context, there.path)
    number = there.table.c.id
    allowed = or_(access.rows_clause("pick"), access.rows_clause("view"))
    found: set[int] = set()
    ordered = sorted(ids)
    for start in range(0, len(ordered), _MOST_KEYS):
        part = number.in_(ordered[start : start + _MOST_KEYS])
        found |= set(context.tx.execute(select(number).where(part, allowed)).scalars())
    return found


def resolved(context: Context, compiled: CompiledEntity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with the id beside each lookup's key, as a rule writes it.

    :raises Refused: if no row has the key (definitions §3: it resolves the key or fails).
    """
    result = dict(values)
    for field in compiled.fields.values():
        if field.field.type != "lookup" or field.code not in values:
            continue
        value = values[field.code]
        wanted = Wanted(field.field.options["from"], field.field.options["key"], str(value), None)
        source = sources(context, [wanted], checked=False)[wanted] if value is not None else None
        if source is None and value is not None:
            message = _(
                "“%(label)s”：%(table)s 中没有“%(value)s”。",
                label=field.field.label,
                table=wanted.table,
                value=value,
            )
            raise Refused("no_such_row", message)
        result[ref_column(field.field)] = source.id if source else None
    return result
