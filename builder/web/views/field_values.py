"""What a field holds without anybody typing it, and within which limits: default, least, most, digits."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.web.views.field_spot import Spot
from builder.web.views.inputs import Act, Input, Kind, setting
from builder.web.views.labels import default_words
from builder.web.views.sources import dictionaries, word, words
from runtime.language.expressions.types import Type, assignable
from runtime.language.speech import _

#: What each word of a default gives.
_WORDS = {
    "current_user": "user",
    "current_department": "department",
    "current_company": "company",
    "current_post": "post",
    "today": "date",
    "now": "datetime",
}
#: Kinds whose limits are values of their own; of others they count characters or items.
_MEASURED = ("number", "date", "datetime", "time")


def default_inputs(spot: Spot) -> Iterator[Input]:
    """Yield how the default is found, and the default."""
    value = spot.field.get("default")
    if not spot.knows("default"):
        return
    kind = spot.type
    mode = _mode(value)
    yield Input(
        spot.id("default-mode"),
        _("默认值"),
        "acts",
        spot.at("default"),
        acts=tuple(_modes(spot, kind, mode)),
    )
    if mode == "expression":
        source = value.get("expr") if isinstance(value, Mapping) else ""
        yield Input(
            spot.id("default-expr"),
            _("默认值的表达式"),
            "expression",
            spot.at("default", "expr"),
            source,
            scope=spot.scope,
            want=kind.kind if kind else "",
        )
    if mode == "constant":
        yield _constant(spot, kind, value)


def limit_inputs(spot: Spot) -> Iterator[Input]:
    """Yield the limits that mean something for the type."""
    kind = spot.type
    measured = kind is not None and kind.kind in _MEASURED
    typed_in = kind is not None and kind.kind in ("date", "datetime", "time")
    labels = (_("最小"), _("最大")) if measured else _counted(kind)
    for key, label in zip(("min", "max"), labels, strict=True):
        if spot.knows(key):
            how: Kind = "text" if typed_in else "number"
            yield spot.input(key, label, how, hint=_hint(kind) if typed_in else "")
    if spot.knows("precision"):
        yield spot.input("precision", _("小数位"), "number")


def choices_of(spot: Spot) -> tuple[tuple[str, str], ...]:
    """Return value and label of what may be chosen in the field, nothing for fields that are typed in."""
    if isinstance(spot.field.get("options"), list):
        return tuple((one, one) for one in words(spot.field["options"]))
    ref = word(spot.field.get("dict")).removeprefix(f"{spot.opened.draft.app}/")
    return next((one.items for one in dictionaries(spot.opened) if one.ref == ref), ()) if ref else ()


def _mode(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "expression"
    return value if isinstance(value, str) and value in _WORDS else "constant"


def _modes(spot: Spot, kind: Type | None, mode: str) -> Iterator[Act]:
    place = spot.at("default")
    yield Act(_("没有"), setting(place, None), mode == "")
    yield Act(_("固定值"), setting(place, _first(spot, kind)), mode == "constant")
    item = kind.item if kind is not None and kind.item is not None else kind
    for word_, label in default_words().items():
        if mode == word_ or (item is not None and assignable(value=Type(_WORDS[word_]), target=item)):
            yield Act(label, setting(place, word_), mode == word_)
    yield Act(_("表达式"), setting(place, {"expr": "null"}), mode == "expression")


def _first(spot: Spot, kind: Type | None) -> Any:
    """Return a constant to begin with, of the field's kind."""
    chosen = choices_of(spot)
    if kind is None:
        return ""
    if kind.kind == "list":
        return [value for value, _label in chosen[:1]]
    if kind.kind == "number":
        return 0
    if kind.kind == "boolean":
        return True
    if kind.kind in ("date", "datetime", "time"):
        return _hint(kind)
    return chosen[0][0] if chosen else ""


def _constant(spot: Spot, kind: Type | None, value: Any) -> Input:
    how: Kind = "text"
    options = choices_of(spot)
    if kind is not None and kind.kind == "list":
        how = "lines"
    elif kind is not None and kind.kind == "boolean":
        how, options = "json", (("true", _("是")), ("false", _("否")))
        value = {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else ""
    elif kind is not None and kind.kind == "number":
        how = "number"
    elif options:
        how = "select"
    return Input(spot.id("default"), _("固定值"), how, spot.at("default"), value, options)


def _counted(kind: Type | None) -> tuple[str, str]:
    if kind is not None and kind.kind == "text":
        return _("最少字数"), _("最多字数")
    if kind is not None and kind.item is not None and kind.item.kind == "file":
        return _("最少个数"), _("最多个数")
    return _("至少选"), _("最多选")


def _hint(kind: Type | None) -> str:
    shown = {"date": "2026-01-31", "datetime": "2026-01-31T09:00", "time": "09:00"}
    return shown.get(kind.kind, "") if kind else ""
