"""Fields and columns: what they name, compute, default to and allow."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from runtime.language.entity import Entity
from runtime.language.expressions import Names, Type, assignable
from runtime.language.expressions.types import BOOLEAN, TEXTUAL, number
from runtime.language.field import DEFAULT_WORDS, Check, Expr, Field, SubTable
from runtime.language.lint.scope import Scope, wanted_column
from runtime.language.lint.spot import Spot
from runtime.language.speech import _

#: What each word of a default gives.
_WORD_KINDS = {
    "current_user": "user",
    "current_department": "department",
    "current_company": "company",
    "current_post": "post",
    "today": "date",
    "now": "datetime",
}
_MOMENTS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?"),
    "time": re.compile(r"\d\d:\d\d(:\d\d)?"),
}
assert set(_WORD_KINDS) == set(DEFAULT_WORDS)


def check_field(one: Field, owner: Entity | SubTable, names: Names, scope: Scope, spot: Spot) -> None:
    """Note what is wrong with a field of an entity, or with a column: then `names.row` is its sub-table."""
    kind = scope.type_of(scope.app.code, one)
    if one.formula is not None:
        if kind is None:
            spot.at("formula").problem("no_formula_here", _("%(type)s 字段不存值，不能有公式", type=one.type))
        spot.at("formula").expression(one.formula, names, want=kind)
    for key in ("visible_if", "required_if", "readonly_if"):
        if source := getattr(one, key):
            spot.at(key).expression(source, names, want=BOOLEAN)
    check_checks(one.validate, names, spot.at("validate"))
    _default(one, kind, names, spot)
    _limits(one, kind, spot)
    _options(one, owner, names, scope, spot)


def check_checks(checks: tuple[Check, ...], names: Names, spot: Spot) -> None:
    """Note what is wrong with validations."""
    for index, one in enumerate(checks):
        spot.at(index, "check").expression(one.check, names, want=BOOLEAN)


def _default(one: Field, kind: Type | None, names: Names, spot: Spot) -> None:
    here, value = spot.at("default"), one.default
    if value is None:
        return
    if one.formula is not None:
        here.problem("default_of_formula", _("有公式的字段不需要默认值"))
    elif isinstance(value, Expr):
        here.expression(value.source, names, want=kind)
    elif kind is None:
        here.problem("no_default_here", _("%(type)s 字段不存值，不能有默认值", type=one.type))
    elif kind.kind == "list" and kind.item is not None:
        for each in value if isinstance(value, list) else [value]:
            _constant(each, kind.item, here)
    else:
        _constant(value, kind, here)


def _constant(value: Any, kind: Type, spot: Spot) -> None:
    if isinstance(value, str) and (word := _WORD_KINDS.get(value)):
        if not assignable(value=Type(word), target=kind):
            message = _(
                "%(value)s 是%(kind)s，这个字段是%(wanted)s",
                value=value,
                kind=Type(word).label,
                wanted=kind.label,
            )
            spot.problem("wrong_default", message)
        return
    if not _fits(value, kind):
        spot.problem("wrong_default", _("默认值应是%(kind)s，实为 %(value)s", kind=kind.label, value=value))
    elif kind.choices is not None and value not in kind.choices:
        spot.unknown(_("没有选项 %(name)s", name=value), str(value), kind.choices)


def _fits(value: Any, kind: Type) -> bool:
    if kind.kind == "number":
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    if kind.kind == "boolean":
        return isinstance(value, bool)
    if kind.kind in _MOMENTS:
        return isinstance(value, str) and _MOMENTS[kind.kind].fullmatch(value) is not None
    return isinstance(value, str) or kind.kind not in TEXTUAL


def _limits(one: Field, kind: Type | None, spot: Spot) -> None:
    for key in ("min", "max"):
        value = getattr(one, key)
        if value is None or kind is None:
            continue
        # Of a text or a list, the number counts characters or items.
        wanted = kind if kind.kind in ("number", *_MOMENTS) else number()
        if not _fits(value, wanted):
            message = _("%(key)s 应是%(kind)s，实为 %(value)s", key=key, kind=wanted.label, value=value)
            spot.at(key).problem("wrong_limit", message)


def _options(one: Field, owner: Entity | SubTable, names: Names, scope: Scope, spot: Spot) -> None:
    options = one.options
    kind = scope.vocabulary.fields.get(one.type)
    known = kind.options().fields if kind else {}
    if "dict" in options:
        scope.wanted_dictionary(options["dict"], spot.at("dict"))
    elif {"dict", "options"} <= known.keys() and not options.get("options"):
        spot.problem("no_choices", _("%(type)s 字段应写 dict（字典）或 options（选项）", type=one.type))
    if "of" in options:
        _of(options["of"], owner, scope, spot.at("of"))
    if "from" in options and "key" in options:
        _lookup(one, owner, names, scope, spot)


def _of(code: str, owner: Entity | SubTable, scope: Scope, spot: Spot) -> None:
    found = owner.field(code)
    if found is None:
        _unknown(code, owner, spot)
        return
    kind = scope.type_of(scope.app.code, found)
    if kind is None or kind.kind != "number":
        spot.problem("not_a_number", _("%(code)s 不是数字字段，不能转大写", code=code))


def _lookup(one: Field, owner: Entity | SubTable, names: Names, scope: Scope, spot: Spot) -> None:
    options = one.options
    source = scope.wanted_entity(options["from"], spot.at("from"))
    if source is None:
        return
    wanted_column(source, options["key"], spot.at("key"))
    for index, code in enumerate(options.get("columns", ())):
        wanted_column(source, code, spot.at("columns", index))
    columns = scope.names(options["from"])
    if filter_ := options.get("filter"):
        inside = replace(columns, form=names, row=names.row, lookups={}, subtables={})
        spot.at("filter").filter(filter_, inside)
    if options.get("pick_rows") and isinstance(owner, Entity):
        spot.at("pick_rows").problem("pick_rows", _("pick_rows 只用于重复表的列"))
    mine = names.subtables[owner.code] if isinstance(owner, SubTable) else names.fields
    for ours, theirs in options.get("fill", {}).items():
        _fill(ours, theirs, source, owner, spot.at("fill", ours))
        if ours in mine and theirs in columns.fields:
            _filled(columns.fields[theirs], mine[ours], spot.at("fill", ours))


def _fill(ours: str, theirs: str, source: Entity, owner: Entity | SubTable, spot: Spot) -> None:
    wanted_column(source, theirs, spot)
    target = owner.field(ours)
    if target is None:
        _unknown(ours, owner, spot)
    elif target.formula is not None:
        spot.problem("fill_of_formula", _("%(code)s 由公式计算，不能带出", code=ours))


def _filled(value: Type, target: Type, spot: Spot) -> None:
    if not assignable(value=value, target=target):
        message = _("来源是%(value)s，本字段是%(target)s，不能带出", value=value.label, target=target.label)
        spot.problem("wrong_type", message)


def _unknown(code: str, owner: Entity | SubTable, spot: Spot) -> None:
    known = [one.code for one in owner.fields if isinstance(one, Field)]
    spot.unknown(_("没有字段 %(name)s", name=code), code, known)
