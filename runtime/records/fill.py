"""What choosing a row of a table brings along: its id, the values copied from it, and whether it may be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from runtime.fields.lookup import copies, fills, ref_column
from runtime.language.expressions import Env
from runtime.language.problem import Problem
from runtime.language.speech import _
from runtime.records.cells import Cell, cell_path, cells
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.conditions import holds


class Wanted(NamedTuple):
    """A row that a lookup refers to: by id where it is known, else by key."""

    #: Full path of the source.
    table: str
    key: str
    value: str
    ref: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """A row that was found."""

    id: int
    values: Mapping[str, Any]


def wanted(
    entity: CompiledEntity, values: Mapping[str, Any], *, only: frozenset[str] | None = None
) -> frozenset[Wanted]:
    """Return the rows that the record's lookups refer to, each once: to be read together before `refill`.

    `only` names the cells concerned; None means all.
    """
    return frozenset(
        _wanted(cell)
        for cell in cells(entity, values)
        if _points(cell.field) and cell.value is not None and (only is None or cell.path in only)
    )


def chosen(entity: CompiledEntity, values: Mapping[str, Any], *, before: Mapping[str, Any]) -> frozenset[str]:
    """Return the cells that refer to another row than `before`; rows of a sub-table are told by their id."""
    earlier = {_place(cell): _wanted(cell) for cell in cells(entity, before) if _points(cell.field)}
    return frozenset(
        cell.path
        for cell in cells(entity, values)
        if _points(cell.field) and earlier.get(_place(cell)) != _wanted(cell)
    )


def filled(entity: CompiledEntity, lookup: CompiledField, source: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the lookup copies from `source` into the fields beside it; from nothing, nothing."""
    beside = entity.siblings(lookup)
    return {
        ours: beside[ours].kind.fit(beside[ours].field, source.get(theirs) if source else None)
        for ours, theirs in fills(lookup.field).items()
        if ours in beside
    }


@dataclass(frozen=True, slots=True)
class Refilled:
    """The values with lookups resolved, and those that could not be."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]


def refill(
    entity: CompiledEntity,
    values: Mapping[str, Any],
    *,
    before: Mapping[str, Any],
    found: Mapping[Wanted, Source | None],
    typed: frozenset[str],
    given: frozenset[str],
    env: Env,
    only: frozenset[str] | None = None,
) -> Refilled:
    """Return `values` with each lookup's row found, its filter checked again and its copies made anew.

    Copies are the server's: what nobody can type in is overwritten each time. What can be typed in
    (`typed`, as in `FieldRights.editable`) is filled when another row is chosen, unless it was `given`.
    At the start all lookups are open; at submission the copies freeze, and from then on `only` cells that
    refer to another row are looked up.
    """
    result = dict(values)
    for code in entity.subtables:
        result[code] = [dict(row) for row in result.get(code) or ()]
    earlier = {cell.path: cell.value for cell in cells(entity, before) if _points(cell.field)}
    problems: list[Problem] = []
    own = replace(env, form=result)
    for cell in tuple(cells(entity, result)):
        if not _points(cell.field) or (only is not None and cell.path not in only):
            continue
        holder = result[cell.subtable.code][cell.index] if cell.subtable else result
        source = found.get(_wanted(cell)) if cell.value is not None else None
        problem = _unfit(cell, source, own)
        if problem:
            problems.append(problem)
            continue
        if source is not None:
            holder[cell.field.code] = source.values.get(cell.field.field.options["key"], cell.value)
        holder[ref_column(cell.field.field)] = source.id if source else None
        if copies(cell.field.field):
            another = cell.value != earlier.get(cell.path)
            for code, value in filled(entity, cell.field, source.values if source else None).items():
                target = entity.siblings(cell.field)[code]
                ours = target.path in typed
                if not ours or (another and cell_path(target, cell.index) not in given):
                    holder[code] = value
    return Refilled(result, tuple(problems))


def _unfit(cell: Cell, source: Source | None, env: Env) -> Problem | None:
    """Return why the row may not be chosen, None if it may."""
    if cell.value is None:
        return None
    if source is None:
        message = _("%(name)s：来源中没有“%(value)s”。", name=cell.name, value=cell.value)
        return Problem("no_such_row", cell.path, message)
    if cell.field.filter is None:
        return None
    at = replace(cell.within(env), record=source.values)
    if holds(cell.field.filter, at, unclear=False):
        return None
    message = _("%(name)s：“%(value)s”不符合可选条件。", name=cell.name, value=cell.value)
    return Problem("not_selectable", cell.path, message)


def _place(cell: Cell) -> tuple[str, Any]:
    return cell.field.path, cell.values.get("id") or -cell.index if cell.subtable else None


def _points(field: CompiledField) -> bool:
    return field.field.type == "lookup"


def _wanted(cell: Cell) -> Wanted:
    options = cell.field.field.options
    ref = cell.values.get(ref_column(cell.field.field))
    return Wanted(options["from"], options["key"], str(cell.value), ref)
