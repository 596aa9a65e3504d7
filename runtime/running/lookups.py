"""Which rows lookups mean: their ids by key, or their keys by id, read from the true values."""

from collections.abc import Iterable, Mapping
from typing import Any

from runtime.fields.lookup import ref_column
from runtime.language.refusal import NotFound, Refused
from runtime.records.compiled import CompiledEntity
from runtime.records.fill import Source, Wanted
from runtime.records.record import Record
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.store import records


def sources(context: Context, wanted: Iterable[Wanted], *, checked: bool) -> dict[Wanted, Source | None]:
    """Return the rows that lookups refer to, None where there is none.

    `checked` leaves out rows that the acting person may not pick; what rules set is not checked.
    """
    found: dict[Wanted, Source | None] = {}
    for one in wanted:
        there = context.tables.get(one.table)
        if one.ref is not None:
            record = records.read_many(context.tx, there, [one.ref]).get(one.ref)
        else:
            record = next(iter(records.find(context.tx, there, match={one.key: one.value}, limit=1)), None)
        if record is not None and checked and not _may_pick(context, record):
            record = None
        found[one] = Source(record.id or 0, record.values) if record else None
    return found


def _may_pick(context: Context, record: Record) -> bool:
    if context.actor is None:
        return True
    try:
        standing = access_to(context, record.entity).standing(record.id or 0)
    except NotFound:
        return False
    return standing.can("pick") or standing.can("view")


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
            raise Refused("no_such_row", f"“{field.field.label}”：{wanted.table} 中没有“{value}”。")
        result[ref_column(field.field)] = source.id if source else None
    return result
