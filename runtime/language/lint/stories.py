"""Walk-throughs: whether what they start, fill in and expect is there."""

from collections.abc import Mapping
from typing import Any

from runtime.language.app import Walkthrough
from runtime.language.entity import Entity
from runtime.language.lint.scope import Scope
from runtime.language.lint.spot import Spot

#: Words of `expect` besides names of entities and sub-tables.
EXPECTED = frozenset(
    {"case", "path", "task", "tasks", "unchanged", "notices", "sees", "hidden", "masked", "changes", "title"}
    | {"problems", "values", "moves", "choices", "message", "state", "effects"}
)


def check_walkthrough(story: Walkthrough, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a walk-through."""
    for ref, rows in story.given.items():
        here = spot.at("given", ref)
        entity = scope.wanted_entity(ref, here)
        for index, row in enumerate(rows):
            _values(row, entity, here.at(index))
    forms: list[Entity] = []
    for index, step in enumerate(story.steps):
        _step(step, forms, scope, spot.at("steps", index))
    _expected(story.expect, forms, scope, spot.at("expect"))


def _step(step: Mapping[str, Any], forms: list[Entity], scope: Scope, spot: Spot) -> None:
    entity: Entity | None = None
    for key in ("submit", "save", "start"):
        if key in step:
            entity = _form(step[key], scope, spot.at(key))
    for key in ("create", "edit", "delete", "open", "list"):
        if key in step:
            entity = scope.wanted_entity(step[key], spot.at(key))
    if entity is not None and entity not in forms:
        forms.append(entity)
    if "at" in step:
        known = ["start"] + [node.code for app in _apps(scope) for flow in app.flows for node in flow.nodes]
        if step["at"] not in known:
            spot.at("at").unknown("节点", step["at"], known)
    if entity is not None or not forms:
        _values(step.get("data", {}), entity, spot.at("data"))
    _values(step.get("match", {}), entity, spot.at("match"))
    _expected(step.get("expect", {}), forms, scope, spot.at("expect"))


def _apps(scope: Scope) -> list[Any]:
    return [scope.app, *scope.others.values()]


def _form(ref: str, scope: Scope, spot: Spot) -> Entity | None:
    flow = scope.wanted_flow(ref, spot)
    owner = scope.app_of(scope.app.ref(ref))
    return owner.entity(flow.form) if flow and owner else None


def _values(values: Mapping[str, Any], entity: Entity | None, spot: Spot) -> None:
    if entity is None:
        return
    for code, value in values.items():
        subtable = entity.subtable(code)
        if subtable is None and entity.field(code) is None:
            spot.at(code).unknown(f"“{entity.name}”的字段", code, [one.code for one in entity.fields])
        for index, row in enumerate(value if subtable and isinstance(value, list) else ()):
            for column in row if isinstance(row, Mapping) else ():
                if subtable is not None and subtable.field(column) is None and column != "id":
                    known = [one.code for one in subtable.fields]
                    spot.at(code, index, column).unknown(f"“{subtable.label}”的列", column, known)


def _expected(expected: Mapping[str, Any], forms: list[Entity], scope: Scope, spot: Spot) -> None:
    subtables = {sub.code for form in forms for sub in form.subtables()}
    fields = {one.code for form in forms for one in form.plain()}
    for key, rows in expected.items():
        if key in EXPECTED or key in subtables or key in fields:
            continue
        here = spot.at(key)
        entity = scope.wanted_entity(key, here) if "/" in key or scope.app.entity(key) else None
        if entity is None and "/" not in key:
            known = [*EXPECTED, *subtables, *fields, *(one.code for one in scope.app.entities)]
            here.unknown("表、重复表或检查项", key, known)
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, Mapping):
                _values(row, entity, here.at(index))
    for index, ref in enumerate(expected.get("unchanged", ())):
        scope.wanted_entity(str(ref), spot.at("unchanged", index))
