"""The property panel of a field: made from what its type says of itself, for forms and tables alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.edits.place import Place, value_at
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.field_options import option_inputs
from builder.web.views.field_spot import Spot
from builder.web.views.field_values import default_inputs, limit_inputs
from builder.web.views.inputs import Check, Group, Input
from builder.web.views.sources import mappings, word
from runtime.fields import FIELDS
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class FieldPanel:
    """Everything there is to say of one field, column or sub-table."""

    #: `amount`, or of a column `items.qty`.
    path: str
    label: str
    type_label: str
    icon: str
    groups: tuple[Group, ...]


def field_panel(opened: OpenedDraft, file: str, place: Place, *, entity: str) -> FieldPanel | None:
    """Return the panel of a field; None if there is no field at that place (any more).

    `place` leads there: `("fields", "amount")`, `("fields", "items", "fields", "qty")`; `entity` is the code
    of the form or table.
    """
    field = value_at(opened.draft.documents.get(file), place)
    if not isinstance(field, Mapping):
        return None
    type_ = word(field.get("type"))
    spot = Spot(opened, file, place, entity, field, FIELDS.get(type_))
    groups = _of_subtable(spot) if type_ == SUBTABLE else _of_field(spot)
    label = word(field.get("label")) or word(field.get("code"))
    type_label = (
        _("重复表") if type_ == SUBTABLE else _(spot.kind.label) if spot.kind else type_ or _("没有类型")
    )
    icon = "table" if type_ == SUBTABLE else spot.kind.icon if spot.kind else "forms"
    return FieldPanel(spot.path, label, type_label, icon, tuple(group for group in groups if group))


def is_published(opened: OpenedDraft, file: str, place: Place) -> bool:
    """Whether a released version has the field: then records have it, and its code stays."""
    return isinstance(value_at(opened.draft.released.get(file), place), Mapping)


def _of_field(spot: Spot) -> Iterator[Group]:
    typed = spot.kind is None or spot.kind.typed
    yield Group(_("基本"), (_label(spot), _code(spot), _type(spot), _text(spot, "help", _("填写提示"))))
    yield Group(_(spot.kind.label) if spot.kind else _("类型"), tuple(option_inputs(spot)))
    yield Group(_("状态"), (), tuple(_switches(spot, typed=typed)))
    values = (*_formula(spot), *default_inputs(spot), *limit_inputs(spot))
    yield Group(_("取值"), values)
    yield Group(_("显示"), (_width(spot),))
    keys = ("visible_if", "required_if", "readonly_if") if typed else ("visible_if",)
    yield Group(_("联动"), tuple(_condition(spot, key) for key in keys))
    yield Group(_("校验"), (_checks(spot),) if typed else ())
    yield Group(_("备注"), (_text(spot, "note", _("给设计者的说明")),))


def _of_subtable(spot: Spot) -> Iterator[Group]:
    yield Group(_("基本"), (_label(spot), _code(spot), _text(spot, "help", _("填写提示"))))
    yield Group(_("状态"), (), (_switch(spot, "readonly"), _switch(spot, "hidden")))
    rows = (("min_rows", _("最少行数")), ("max_rows", _("最多行数")))
    yield Group(
        _("行数"),
        tuple(Input(spot.id(key), label, "number", spot.at(key), spot.field.get(key)) for key, label in rows),
    )
    yield Group(_("联动"), (_condition(spot, "visible_if"),))
    yield Group(_("校验"), (_checks(spot),))
    yield Group(_("备注"), (_text(spot, "note", _("给设计者的说明")),))


def _label(spot: Spot) -> Input:
    return Input(spot.id("label"), _("名称"), "text", spot.at("label"), spot.field.get("label"))


def _code(spot: Spot) -> Input:
    fixed = is_published(spot.opened, spot.file, spot.place)
    help_ = _("已发布，编码不再改变") if fixed else ""
    code = spot.field.get("code")
    return Input(spot.id("code"), _("编码"), "rename", spot.place, code, readonly=fixed, help=help_)


def _type(spot: Spot) -> Input:
    kinds = tuple((one.code, _(one.label)) for one in FIELDS if not (spot.subtable and one.code == "opinion"))
    type_ = spot.field.get("type")
    return Input(spot.id("type"), _("类型"), "convert", spot.place, type_, kinds)


def _text(spot: Spot, key: str, label: str) -> Input:
    return Input(spot.id(key), label, "long", spot.at(key), spot.field.get(key))


def _switches(spot: Spot, *, typed: bool) -> Iterator[Input]:
    keys = ["required", "readonly"] if typed else []
    # What stands there is shown even where it means nothing, so that it can be switched off.
    optional = ("unique", "index", "multiple", "mask", "encrypt")
    for key in (*keys, "hidden", *(one for one in optional if spot.knows(one))):
        yield _switch(spot, key)
    yield _switch(spot, "track", normal=True)


def _switch(spot: Spot, key: str, *, normal: bool = False) -> Input:
    label = {
        "required": _("必填"),
        "readonly": _("只读"),
        "hidden": _("隐藏"),
        "unique": _("唯一"),
        "index": _("索引"),
        "multiple": _("可多选"),
        "mask": _("脱敏"),
        "encrypt": _("加密"),
        "track": _("留痕"),
    }[key]
    value = spot.field.get(key)
    value = value if isinstance(value, bool) else None
    return Input(spot.id(key), label, "switch", spot.at(key), value, normal=normal)


def _formula(spot: Spot) -> Iterator[Input]:
    if spot.knows("formula"):
        yield Input(
            spot.id("formula"),
            _("公式"),
            "expression",
            spot.at("formula"),
            spot.field.get("formula"),
            scope=spot.scope,
            want=spot.type.kind if spot.type else "",
            help=_("由公式计算的字段不能填写"),
        )


def _condition(spot: Spot, key: str) -> Input:
    label = {
        "visible_if": _("显示条件"),
        "required_if": _("必填条件"),
        "readonly_if": _("只读条件"),
    }[key]
    return Input(
        spot.id(key),
        label,
        "expression",
        spot.at(key),
        spot.field.get(key),
        scope=spot.scope,
        want="boolean",
    )


def _width(spot: Spot) -> Input:
    help_ = _("在 24 栏中占几栏；不填按布局排列")
    return Input(spot.id("width"), _("宽度"), "number", spot.at("width"), spot.field.get("width"), help=help_)


def _checks(spot: Spot) -> Input:
    listed = spot.field.get("validate")
    checks = tuple(
        Check(
            spot.at("validate", number),
            str(one.get("check", "")),
            word(one.get("message")),
            word(one.get("level")) or "error",
            {"do": "remove", "place": list(spot.at("validate", number))},
        )
        for number, one in enumerate(mappings(listed))
    )
    new = {"check": "true", "message": _("请检查填写的内容")}
    add = {"do": "insert", "place": list(spot.at("validate")), "value": new}
    return Input(
        spot.id("validate"),
        _("校验"),
        "checks",
        spot.at("validate"),
        scope=spot.scope,
        checks=checks,
        add=add,
    )
