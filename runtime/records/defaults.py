"""What a blank record holds before anybody has typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from runtime.fields.field_type import InvalidValue, Reading
from runtime.fields.lookup import ref_column
from runtime.language.expressions import Env, EvaluationError
from runtime.language.field import DEFAULT_WORDS, Expr
from runtime.records.compiled import CompiledEntity, CompiledField, CompiledSubTable


def defaults(entity: CompiledEntity, *, env: Env, reading: Reading) -> dict[str, Any]:
    """Return the values of a blank record, nothing computed yet; sub-tables with their least number of rows.

    Constants and words come first, then expressions in the order of the fields, each seeing those before.
    """
    values = _filled(entity.fields, {}, env=env, reading=reading, row=False)
    for subtable in entity.subtables.values():
        blank = blank_row(subtable, values=values, env=env, reading=reading)
        values[subtable.code] = [dict(blank) for _ in range(subtable.subtable.min_rows)]
    return values


def blank_row(
    subtable: CompiledSubTable, *, values: Mapping[str, Any], env: Env, reading: Reading
) -> dict[str, Any]:
    """Return a new row of the record with these values; it has no id yet."""
    row = _filled(subtable.columns, values, env=env, reading=reading, row=True)
    return {"id": None, **row}


def _filled(
    fields: Mapping[str, CompiledField],
    values: Mapping[str, Any],
    *,
    env: Env,
    reading: Reading,
    row: bool,
) -> dict[str, Any]:
    found = {code: _constant(one, env, reading) for code, one in fields.items()}
    found |= {ref_column(one.field): None for one in fields.values() if one.field.type == "lookup"}
    own = replace(env, record=values, row=found) if row else env.of(found)
    for code, one in fields.items():
        if one.default is not None:
            try:
                found[code] = one.kind.fit(one.field, one.default.evaluate(own))
            except EvaluationError:
                found[code] = None
    return found


def _constant(one: CompiledField, env: Env, reading: Reading) -> Any:
    default = one.field.default
    if default is None or isinstance(default, Expr):
        return None
    if isinstance(default, str) and default in DEFAULT_WORDS:
        word = _word(default, env)
        return one.kind.fit(one.field, word)
    try:
        return one.kind.parse(one.field, default, reading)
    except InvalidValue:
        # Lint has refused it; a dictionary of another pack may have lost the value since.
        return None


def _word(word: str, env: Env) -> Any:
    if word == "today":
        return env.ports.today()
    if word == "now":
        return env.ports.now()
    me = env.ports.current_user
    if word == "current_user" or me is None:
        return me
    known = env.ports.person(me) or {}
    return known.get(word.removeprefix("current_"))
