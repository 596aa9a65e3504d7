"""The keys that only a field's type has: each input made from the type's own schema."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from flask import url_for
from marshmallow import fields, validate

from builder.web.views.field_spot import Spot
from builder.web.views.inputs import Act, Input, Kind, setting, setting_many
from builder.web.views.lookup_inputs import lookup_inputs
from builder.web.views.sources import Column, dictionaries, nodes_of, word
from runtime.fields import FIELDS
from runtime.fields.serial_template import InvalidTemplate, parse_template
from runtime.language.field import Field
from runtime.language.speech import _


def option_inputs(spot: Spot) -> Iterator[Input]:
    """Yield an input for each key of the type; none for a field without a known type."""
    if spot.kind is None:
        return
    known = spot.kind.options().fields
    if "from" in known:
        yield from lookup_inputs(spot)
    for name, one in known.items():
        key = one.data_key or name
        if ("from" in known and key in _OF_LOOKUP) or ("dict" in known and key == "options"):
            continue
        made = _SPECIAL.get(key)
        yield made(spot) if made else _generic(spot, key, one)
        if key == "dict" and "options" in known and isinstance(spot.field.get("options"), list):
            yield spot.input("options", _("选项"), "lines", help=_("一行一项"))


def _generic(spot: Spot, key: str, one: Any) -> Input:
    """Return the input for a key that nothing else is known of."""
    # The unit of a number, not an organisational one.
    label = _("计量单位") if key == "unit" else _(str(one.metadata.get("label", key)))
    allowed = next((rule for rule in one.validators if isinstance(rule, validate.OneOf)), None)
    if allowed is not None:
        options = tuple((str(each), _option(key, str(each))) for each in allowed.choices)
        return spot.input(key, label, "select", options=options, empty=_("默认"))
    return spot.input(key, label, _how(one))


def _how(one: Any) -> Kind:
    if isinstance(one, fields.Boolean):
        return "switch"
    if isinstance(one, fields.Number):
        return "number"
    return "lines" if isinstance(one, fields.List) else "text"


def _option(key: str, value: str) -> str:
    return {
        ("mode", "copy"): _("带出后可修改，提交时固定"),
        ("mode", "live"): _("随来源实时显示"),
        ("currency", "CNY"): _("人民币"),
        ("currency", "USD"): _("美元"),
        ("currency", "EUR"): _("欧元"),
        ("currency", "GBP"): _("英镑"),
        ("currency", "HKD"): _("港币"),
        ("currency", "JPY"): _("日元"),
    }.get((key, value), value)


def _dictionary(spot: Spot) -> Input:
    """A dictionary of this app or a required one, or options in place where the type knows those."""
    found = dictionaries(spot.opened)
    own = word(spot.field.get("dict"))
    ref = own.removeprefix(f"{spot.opened.draft.app}/")
    in_place = spot.kind is not None and "options" in spot.kind.options().fields
    acts = []
    if in_place:
        labels = next(([label for _value, label in one.items] for one in found if one.ref == ref), [])
        values = setting_many(spot.place, dict=None, options=labels[:200] or [_("选项一"), _("选项二")])
        acts.append(Act(_("在此填写选项"), values, isinstance(spot.field.get("options"), list)))
    elif not own:
        acts.append(Act(_("请选择"), setting(spot.at("dict"), None), chosen=True))
    for one in found:
        values = setting_many(spot.place, dict=one.ref, **({"options": None} if in_place else {}))
        acts.append(Act(one.label, values, one.ref == ref))
    if own and not any(one.chosen for one in acts):
        acts.append(Act(_("%(ref)s（没有这个字典）", ref=own), setting(spot.at("dict"), own), chosen=True))
    url = ""
    if ref and "/" not in ref and any(one.ref == ref for one in found):
        url = f"{url_for('design.app', app=spot.opened.draft.app)}dictionaries/{ref}"
    return Input(spot.id("dict"), _("选项来自"), "acts", spot.at("dict"), acts=tuple(acts), url=url)


def _of(spot: Spot) -> Input:
    """A number field beside this one."""
    own = spot.field.get("code")
    options = tuple(one.choice for one in spot.beside() if _is_number(one) and one.path != own)
    return spot.input("of", _("金额字段"), "select", options=options, empty=_("请选择"))


def _node(spot: Spot) -> Input:
    """A node of the form's flows."""
    options = nodes_of(spot.opened, spot.entity)
    help_ = "" if options else _("这张表单还没有流程")
    return spot.input("node", _("审批节点"), "select", options=options, empty=_("请选择"), help=help_)


def _template(spot: Spot) -> Input:
    """The template of a serial number, with what it makes of today."""
    help_ = _("可用 {yyyy} {yy} {MM} {dd} {seq1} … {seq9}")
    with suppress(InvalidTemplate):
        number = parse_template(word(spot.field.get("template"))).number(date.today(), count=1)
        help_ = _("例如 %(number)s", number=number)
    return spot.input("template", _("编号规则"), "text", help=help_)


_SPECIAL: Mapping[str, Callable[[Spot], Input]] = {
    "dict": _dictionary,
    "of": _of,
    "node": _node,
    "template": _template,
}
_OF_LOOKUP = frozenset({"from", "key", "filter", "columns", "fill", "pick_rows"})


def _is_number(one: Column) -> bool:
    kind = FIELDS.get(one.type)
    found = kind.type(Field("", one.type, "")) if kind else None
    return found is not None and found.kind == "number"
