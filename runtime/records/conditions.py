"""Which cells are invisible, required or read-only now, by what else the record says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.expressions import Compiled, Env, EvaluationError
from runtime.records.cells import Cell, cells_of
from runtime.records.compiled import CompiledEntity


@dataclass(frozen=True, slots=True)
class Conditions:
    """Paths (`$.field`, `$.subtable`, `$.subtable[2].column`) at which a condition holds."""

    #: `visible_if` does not hold.
    invisible: frozenset[str]
    #: `required_if` holds.
    required: frozenset[str]
    #: `readonly_if` holds.
    readonly: frozenset[str]


_NOWHERE = Conditions(frozenset(), frozenset(), frozenset())


def conditions(entity: CompiledEntity, values: Mapping[str, Any], *, env: Env) -> Conditions:
    """Return where the conditions of fields, columns and sub-tables hold, on computed `values`."""
    found = tuple(_found(entity, values, env.of(values)))
    if not found:
        return _NOWHERE
    return Conditions(
        *(
            frozenset(path for what, path in found if what == kind)
            for kind in ("invisible", "required", "readonly")
        )
    )


def holds(condition: Compiled, env: Env, *, unclear: bool) -> bool:
    """Tell whether a condition holds; `unclear` is the answer if it cannot be evaluated."""
    try:
        return condition.holds(env)
    except EvaluationError:
        return unclear


def _found(entity: CompiledEntity, values: Mapping[str, Any], env: Env) -> Iterator[tuple[str, str]]:
    for field in entity.fields.values():
        if field.conditional:
            yield from _of(Cell(field, values), env)
    for subtable in entity.subtables.values():
        if subtable.visible_if is not None and not holds(subtable.visible_if, env, unclear=True):
            yield "invisible", f"$.{subtable.code}"
        if any(field.conditional for field in subtable.columns.values()):
            for cell in cells_of(subtable, values):
                yield from _of(cell, cell.within(env))


def _of(cell: Cell, env: Env) -> Iterator[tuple[str, str]]:
    field = cell.field
    if field.visible_if is not None and not holds(field.visible_if, env, unclear=True):
        yield "invisible", cell.path
    if field.required_if is not None and holds(field.required_if, env, unclear=False):
        yield "required", cell.path
    if field.readonly_if is not None and holds(field.readonly_if, env, unclear=False):
        yield "readonly", cell.path
