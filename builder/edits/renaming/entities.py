"""Forms and tables with a field renamed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder.edits.renaming.expressions import Scope, in_expression, in_template
from builder.edits.renaming.plain import Change, both, each, every_key, every_value, texts, with_keys
from builder.edits.renaming.shapes import Renaming, Shape
from runtime.language.schemas.field import SUBTABLE


def in_entity(document: Mapping[str, Any], renaming: Renaming) -> Any:
    """Return an entity with the field renamed: its own, and what it says of the entity that has it."""
    shape = renaming.shape(document.get("code"))
    if shape is None:
        return document
    scope = Scope(of=shape)
    field = _field(shape, "", scope, renaming)
    changes: dict[str, Change] = {
        "fields": each(field),
        "title": lambda one: in_template(one, scope, renaming),
        "validations": each(_check(scope, renaming)),
        "quota": lambda one: with_keys(one, {"total": expression(scope, renaming), **_own(shape, renaming)}),
    }
    if renaming.is_of(shape):
        path = texts(renaming.in_path)
        listed = each(path)
        view = dict.fromkeys(("columns", "sort", "filters", "search"), listed)
        changes |= {
            "key": listed,
            "owner": path,
            "owner_dept": path,
            "unique": each(listed),
            "indexes": each(listed),
            "layout": each(lambda one: with_keys(one, {"rows": each(listed)})),
            "views": each(lambda one: with_keys(one, {**view, "where": expression(scope, renaming)})),
        }
    else:
        where = {"where": expression(scope, renaming)}
        changes["views"] = each(lambda one: with_keys(one, where))
    return with_keys(document, changes)


def expression(scope: Scope, renaming: Renaming) -> Change:
    """Return what renames the field in expressions of this scope."""
    return lambda one: in_expression(one, scope, renaming)


def _own(shape: Shape, renaming: Renaming) -> dict[str, Change]:
    path = texts(renaming.in_path)
    return {"reserved": path, "used": path} if renaming.is_of(shape) else {}


def _check(scope: Scope, renaming: Renaming) -> Change:
    return lambda one: with_keys(one, {"check": expression(scope, renaming)})


def _field(shape: Shape, subtable: str, scope: Scope, renaming: Renaming) -> Change:
    """Return what renames the field in the document of a field, column or sub-table."""

    def rewrite(one: Any) -> Any:
        if not isinstance(one, Mapping):
            return one
        if one.get("type") == SUBTABLE and not subtable:
            return _subtable(one, shape, scope, renaming)
        here = expression(scope, renaming)
        changes: dict[str, Change] = dict.fromkeys(_FORMULAS, here)
        changes["validate"] = each(_check(scope, renaming))
        changes["default"] = lambda value: with_keys(value, {"expr": here})
        if renaming.is_of(shape) and renaming.subtable == subtable:
            code = texts(lambda text: renaming.new if text == renaming.old else text)
            changes |= {"code": code, "of": code, "fill": every_key(_code(renaming))}
        if isinstance(one.get("from"), str):
            changes |= _lookup(one, scope, renaming, changes.get("fill"))
        return with_keys(one, changes)

    return rewrite


def _subtable(one: Mapping[str, Any], shape: Shape, scope: Scope, renaming: Renaming) -> Any:
    code = str(one.get("code"))
    inside = replace(scope, row=(shape, code))
    changes: dict[str, Change] = {
        "fields": each(_field(shape, code, inside, renaming)),
        "visible_if": expression(scope, renaming),
        "validate": each(_check(inside, renaming)),
    }
    if renaming.is_of(shape) and not renaming.subtable:
        changes["code"] = texts(lambda text: renaming.new if text == renaming.old else text)
    return with_keys(one, changes)


def _lookup(
    one: Mapping[str, Any], scope: Scope, renaming: Renaming, ours: Change | None
) -> dict[str, Change]:
    """Return what renames the field in a look-up: what it reads of its source, and what it fills here."""
    source = renaming.shape(one.get("from"))
    inside = Scope(of=source, form=scope.of, row=scope.row)
    changes: dict[str, Change] = {"filter": expression(inside, renaming)}
    if not renaming.is_of(source) or renaming.subtable:
        return changes
    code = texts(_code(renaming))
    theirs = every_value(code)
    return {
        **changes,
        "key": code,
        "columns": each(code),
        "fill": both(ours, theirs) if ours is not None else theirs,
    }


def _code(renaming: Renaming) -> Any:
    return lambda text: renaming.new if text == renaming.old else text


_FORMULAS = ("formula", "visible_if", "required_if", "readonly_if")
