"""Rows that the system enters: seed and demo rows of a pack, what a walk-through is given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from runtime.fields.field_type import InvalidValue
from runtime.language.expressions import Env
from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _
from runtime.records.calculate import calculate
from runtime.records.cells import cell_path
from runtime.records.check import check
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.defaults import blank_row, defaults
from runtime.records.record import Record
from runtime.running.context import SYSTEM, Context
from runtime.running.lookups import resolved
from runtime.running.rule_rows import ownership
from runtime.store import record_inserts, records
from runtime.store.record_inserts import NewRecord
from runtime.store.revisions import Cause


def enter_rows(context: Context, path: str, rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Insert rows of "pack/entity", by field code; readonly and serial fields may be given too.

    Defaults and formulas apply; required fields, types and references are checked.

    :raises InvalidAnswers: with every problem; `path` of each begins with the row's number, from 0.
    """
    entity = context.world.entity(path)
    entered: list[NewRecord] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows):
        values, found = _values(context, entity, row)
        problems += [replace(one, path=f"$[{number}]{one.path.removeprefix('$')}") for one in found]
        owner, department, company = ownership(context, entity, values, None)
        entered.append(NewRecord(values, owner, department, company))
    if problems:
        raise InvalidAnswers(problems)
    cause = Cause(SYSTEM, context.clock.moment)
    return record_inserts.insert_many(context.tx, context.tables.get(path), entered, cause=cause)


def enter_missing(context: Context, path: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those rows whose key is not there yet; return how many. Entering them again changes nothing."""
    key = context.world.entity(path).entity.key
    there = context.tables.get(path)
    if key:
        rows = [row for row in rows if not _is_there(context, path, {name: row.get(name) for name in key})]
    elif records.find(context.tx, there, limit=1):
        rows = []
    return len(enter_rows(context, path, rows))


def _is_there(context: Context, path: str, match: Mapping[str, Any]) -> bool:
    entity = context.world.entity(path)
    try:
        read = {
            name: entity.fields[name].kind.parse(entity.fields[name].field, value, context.reading)
            for name, value in match.items()
        }
    except InvalidValue:
        return False  # entering it says what is wrong with it
    return bool(records.find(context.tx, context.tables.get(path), match=read, limit=1))


def _values(
    context: Context, entity: CompiledEntity, row: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Problem]]:
    env = Env(ports=context.ports(entity.pack))
    reading = context.reading
    problems: list[Problem] = []
    given = _parsed(context, entity.fields, row, problems)
    values = defaults(entity, env=env, reading=reading) | resolved(context, entity, given)
    for code, subtable in entity.subtables.items():
        if code in row:
            blank = blank_row(subtable, values=values, env=env, reading=reading)
            values[code] = [
                {**blank, **_parsed(context, subtable.columns, one, problems, number)}
                for number, one in enumerate(row[code] or ())
            ]
    unknown = [name for name in row if name not in entity.fields and name not in entity.subtables]
    problems += [
        Problem("unknown_field", f"$.{name}", _("没有字段“%(field)s”。", field=name)) for name in unknown
    ]
    computed = calculate(entity, values, env=env.of(values))
    return computed, problems + list(check(entity, computed, env=env).problems)


def _parsed(
    context: Context,
    fields: Mapping[str, CompiledField],
    row: Mapping[str, Any],
    problems: list[Problem],
    index: int = 0,
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, one in _known(fields, row):
        try:
            found[name] = one.kind.parse(one.field, row[name], context.reading)
        except InvalidValue as wrong:
            message = _("“%(label)s”%(wrong)s", label=one.field.label, wrong=wrong.message)
            problems.append(Problem(wrong.code, cell_path(one, index), message))
    return found


def _known(
    fields: Mapping[str, CompiledField], row: Mapping[str, Any]
) -> Iterable[tuple[str, CompiledField]]:
    return ((name, one) for name, one in fields.items() if name in row and one.formula is None)
