"""New fields: a code that nobody has, a label, and what their type cannot do without."""

from collections.abc import Iterable, Mapping
from typing import Any

from builder.edits.layout import code_of, fields_of
from runtime.fields import FIELDS
from runtime.language.refusal import Refused
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _

_CHOICES = ("select", "radio", "checkbox")


def beginning(type_: str) -> Mapping[str, Any]:
    """Return what a new field of a type starts with besides code, type and label: its shape needs it."""
    if type_ in _CHOICES:
        return {"options": [_("选项一"), _("选项二")]}
    return {"template": "{yyyy}{MM}{dd}{seq4}"} if type_ == "serial" else {}


def new_field(document: Mapping[str, Any], type_: str) -> dict[str, Any]:
    """Return a new field of an entity.

    :raises Refused: if there is no such type.
    """
    return _made(type_, [code_of(one) for one in fields_of(document)], document)


def new_column(sub: Mapping[str, Any], type_: str) -> dict[str, Any]:
    """Return a new column of a sub-table.

    :raises Refused: if there is no such type, or it is none for rows.
    """
    if type_ in (SUBTABLE, "opinion"):
        raise Refused("not_in_rows", _("重复表中不能再放重复表或审批意见。"))
    return _made(type_, [code_of(one) for one in fields_of(sub)], sub)


def fresh_code(like: str, taken: Iterable[str]) -> str:
    """Return a code that nobody has: `amount`, else `amount_2`, `amount_3` …"""
    known = set(taken)
    if like not in known:
        return like
    number = 2
    while f"{like[:36]}_{number}" in known:
        number += 1
    return f"{like[:36]}_{number}"


def _made(type_: str, taken: list[str], document: Mapping[str, Any]) -> dict[str, Any]:
    if type_ == SUBTABLE:
        column = {"code": "item", "type": "text", "label": _("内容"), "required": True}
        code = fresh_code("items", taken)
        return {"code": code, "type": SUBTABLE, "label": _("明细"), "fields": [column]}
    kind = FIELDS.get(type_)
    if kind is None:
        raise Refused("unknown_type", _("没有字段类型“%(type)s”。", type=type_[:40]))
    labels = [str(one.get("label")) for one in fields_of(document)]
    made = {"code": fresh_code(type_, taken), "type": type_, "label": _fresh_label(_(kind.label), labels)}
    return {**made, **beginning(type_)}


def _fresh_label(like: str, taken: Iterable[str]) -> str:
    known = set(taken)
    number = 2
    label = like
    while label in known:
        label, number = f"{like} {number}", number + 1
    return label
