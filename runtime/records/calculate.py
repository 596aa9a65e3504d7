"""What follows from a record's values: formulas, capitals of amounts, and at submission what is invisible."""

from collections.abc import Iterable, Mapping
from typing import Any

from runtime.fields.lookup import ref_column
from runtime.language.expressions import Compiled, Env, EvaluationError
from runtime.records.cells import Cell, cells
from runtime.records.compiled import CompiledEntity, CompiledField, Step
from runtime.records.conditions import conditions
from runtime.records.rights import FieldRights, visible_values


def calculate(
    entity: CompiledEntity, values: Mapping[str, Any], *, env: Env, submitting: bool = False
) -> dict[str, Any]:
    """Return new values with everything computed again; rows are new too.

    Computed values are rounded half up to what their fields store; what cannot be computed is empty.
    `submitting` also empties what `visible_if` hides, and what is hidden because of that, to the end.
    `values` hold every sub-table in `entity.rows_read`; others may be left out and stay so.
    """
    result = _copied(entity, values)
    own = env.of(result)
    _compute(entity, result, own)
    # Each round empties at least one more cell, so this ends.
    while submitting and _emptied(entity, result, own):
        _compute(entity, result, own)
    return result


def changed_cells(
    entity: CompiledEntity, *, before: Mapping[str, Any], after: Mapping[str, Any], rights: FieldRights
) -> tuple[Cell, ...]:
    """Return the cells of `after`, as the viewer may see them, that differ from `before`.

    Never what the viewer can type in: nothing is overwritten under somebody's fingers. Row numbers are those
    of `after`.
    """
    told = visible_values(entity, before, rights=rights)
    earlier = {cell.place: cell.value for cell in cells(entity, told)}
    return tuple(
        cell
        for cell in cells(entity, visible_values(entity, after, rights=rights))
        if cell.value != earlier.get(cell.place) and cell.field.path not in rights.editable
    )


def _compute(entity: CompiledEntity, result: dict[str, Any], env: Env) -> None:
    for step in entity.steps:
        if step.rows is None:
            result[step.target.code] = _computed(step.target, step.formula, env)
        else:
            _compute_column(step, result.get(step.rows, ()), env)


def _compute_column(step: Step, rows: Iterable[dict[str, Any]], env: Env) -> None:
    target, formula, code = step.target, step.formula, step.target.code
    for index, row in enumerate(rows, 1):
        env.row, env.index = row, index
        row[code] = _computed(target, formula, env)


def _computed(target: CompiledField, formula: Compiled, env: Env) -> Any:
    try:
        return target.kind.fit(target.field, formula.evaluate(env))
    except EvaluationError:
        return None


def _emptied(entity: CompiledEntity, result: dict[str, Any], env: Env) -> bool:
    """Empty what is invisible now; tell whether there was anything."""
    invisible = conditions(entity, result, env=env).invisible
    if not invisible:
        return False
    found = False
    for subtable in entity.subtables.values():
        if f"$.{subtable.code}" in invisible and result.get(subtable.code):
            result[subtable.code] = []
            found = True
    for cell in cells(entity, result):
        if cell.path in invisible and cell.value is not None:
            holder = result[cell.subtable.code][cell.index] if cell.subtable else result
            holder[cell.field.code] = None
            if cell.field.field.type == "lookup":
                holder[ref_column(cell.field.field)] = None
            found = True
    return found


def _copied(entity: CompiledEntity, values: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(values)
    for code in entity.subtables:
        if code in result:
            result[code] = [dict(row) for row in result[code] or ()]
    return result
