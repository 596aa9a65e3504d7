"""Values as text for people, and as JSON for a page; the title of a record."""

from collections.abc import Callable, Mapping
from typing import Any

from runtime.fields.field_type import Reading
from runtime.fields.lookup import ref_column
from runtime.language.expressions import Env, EvaluationError
from runtime.records.cells import rows_of
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.rights import Masked, reader_rights, visible_values

#: Characters of a title, as lists keep it.
LONGEST_TITLE = 200


def show(one: CompiledField, value: Any, reading: Reading) -> str:
    """Return one value in the language of who reads it; what is masked stays as it is."""
    return str(value) if isinstance(value, Masked) else one.kind.say(one.field, value, reading)


def dump(one: CompiledField, value: Any) -> Any:
    """Return one value as JSON holds it; what is masked is its text."""
    return str(value) if isinstance(value, Masked) else one.kind.dump(one.field, value)


def shown_values(entity: CompiledEntity, visible: Mapping[str, Any], *, reading: Reading) -> dict[str, Any]:
    """Return the text of every field that the viewer may see; sub-tables as rows of text with their ids."""
    return _every(entity, visible, lambda one, value: show(one, value, reading))


def dumped_values(entity: CompiledEntity, visible: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the viewer may see as JSON holds it: what inputs are filled with and histories keep."""
    return _every(entity, visible, dump)


def title(entity: CompiledEntity, values: Mapping[str, Any], *, env: Env) -> str:
    """Return the title as for a reader without special rights: hidden and masked fields leave a gap in it."""
    if entity.title is None:
        return entity.entity.name
    seen = visible_values(entity, values, rights=reader_rights(entity))
    plain = _unmasked(seen) | {
        code: [_unmasked(row) for row in rows_of(seen, one)] for code, one in entity.subtables.items()
    }
    try:
        text = entity.title.render(env.of(plain))
    except EvaluationError:
        text = ""
    return text.strip()[:LONGEST_TITLE] or entity.entity.name


def _unmasked(values: Mapping[str, Any]) -> dict[str, Any]:
    return {code: None if isinstance(value, Masked) else value for code, value in values.items()}


def _every(
    entity: CompiledEntity, visible: Mapping[str, Any], text: Callable[[CompiledField, Any], Any]
) -> dict[str, Any]:
    result = _level(entity.fields, visible, text)
    for code, subtable in entity.subtables.items():
        if code in visible:
            result[code] = [
                {"id": row.get("id"), **_level(subtable.columns, row, text)}
                for row in rows_of(visible, subtable)
            ]
    return result


def _level(
    fields: Mapping[str, CompiledField], visible: Mapping[str, Any], text: Callable[[CompiledField, Any], Any]
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for code, one in fields.items():
        if code in visible:
            result[code] = text(one, visible[code])
            if one.field.type == "lookup" and not isinstance(visible[code], Masked):
                ref = ref_column(one.field)
                result[ref] = visible.get(ref)
    return result
