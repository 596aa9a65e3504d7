"""New fields: a code that nobody has, a label, and what their type cannot do without."""

from collections.abc import Iterable, Mapping
from typing import Any

from builder.edits.layout import code_of, fields_of
from runtime.fields import FIELDS
from runtime.language.refusal import Refused
from runtime.language.schemas.field import SUBTABLE

#: What a type cannot do without from the beginning, so that its document has a legal shape.
BEGINNINGS: Mapping[str, Mapping[str, Any]] = {
    "select": {"options": ["选项一", "选项二"]},
    "radio": {"options": ["选项一", "选项二"]},
    "checkbox": {"options": ["选项一", "选项二"]},
    "serial": {"template": "{yyyy}{MM}{dd}{seq4}"},
}


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
        raise Refused("not_in_rows", "重复表中不能再放重复表或审批意见。")
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
        column = {"code": "item", "type": "text", "label": "内容", "required": True}
        return {"code": fresh_code("items", taken), "type": SUBTABLE, "label": "明细", "fields": [column]}
    kind = FIELDS.get(type_)
    if kind is None:
        raise Refused("unknown_type", f"没有字段类型“{type_[:40]}”。")
    labels = [str(one.get("label")) for one in fields_of(document)]
    made = {"code": fresh_code(type_, taken), "type": type_, "label": _fresh_label(kind.label, labels)}
    return {**made, **BEGINNINGS.get(type_, {})}


def _fresh_label(like: str, taken: Iterable[str]) -> str:
    known = set(taken)
    number = 2
    label = like
    while label in known:
        label, number = f"{like} {number}", number + 1
    return label
