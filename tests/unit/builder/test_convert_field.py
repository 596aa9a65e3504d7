"""A field with another type keeps what both know."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from builder.edits.convert_field import ConvertField, converted
from builder.edits.shape import wrong_in
from runtime.fields import FIELDS
from runtime.language.refusal import Conflict, Refused

RICH: dict[str, Any] = {
    "code": "a",
    "type": "text",
    "label": "甲",
    "help": "说明",
    "required": True,
    "unique": True,
    "multiple": True,
    "mask": True,
    "width": 8,
    "default": "x",
    "min": 1,
    "max": 9,
    "formula": "1",
    "visible_if": "true",
    "note": "注",
}
OPTIONS: dict[str, dict[str, Any]] = {
    "select": {"options": ["一", "二"]},
    "radio": {"dict": "kinds"},
    "checkbox": {"options": ["一"]},
    "cascade": {"dict": "kinds", "any_level": True},
    "text": {"max_length": 2000, "placeholder": "p"},
    "textarea": {"max_length": 20000, "rows": 3},
    "money": {"currency": "USD"},
    "serial": {"template": "A{seq3}"},
    "lookup": {"from": "t", "key": "a", "fill": {"a": "b"}},
    "attachment": {"max_files": 3},
}


@pytest.mark.parametrize(("one", "other"), list(product(FIELDS.codes(), FIELDS.codes())))
def test_any_type_becomes_any_other_and_the_shape_stays_right(one: str, other: str) -> None:
    field = {**RICH, "type": one, **OPTIONS.get(one, {})}
    made = converted(field, other)
    kind = FIELDS.require(other)
    assert (made["code"], made["label"], made["help"], made["note"]) == ("a", "甲", "说明", "注")
    documents = {"tables/t.yaml": {"code": "t", "name": "表", "key": ["a"], "fields": [made]}}
    assert list(wrong_in(documents, "tables/t.yaml")) == []
    for key in ("unique", "multiple", "mask", "formula", "default", "min", "max"):
        assert key not in made or key in kind.properties, key
    if one == other:
        assert made.keys() <= field.keys()


def test_options_stay_among_choices() -> None:
    field = {"code": "a", "type": "select", "label": "甲", "options": ["一"], "default": "一"}
    assert converted(field, "radio") == {**field, "type": "radio"}
    assert converted(field, "text") == {"code": "a", "type": "text", "label": "甲"}
    assert converted({"code": "a", "type": "text", "label": "甲"}, "radio")["options"]


def test_limits_stay_among_numbers() -> None:
    field = {"code": "a", "type": "integer", "label": "甲", "min": 1, "default": 2}
    assert converted(field, "money") == {**field, "type": "money"}
    assert converted(field, "percent") == {"code": "a", "type": "percent", "label": "甲"}
    assert converted(field, "date") == {"code": "a", "type": "date", "label": "甲"}


def test_a_longest_text_that_does_not_fit_goes() -> None:
    field = {"code": "a", "type": "textarea", "label": "甲", "max_length": 20000}
    assert "max_length" not in converted(field, "text")
    assert converted({**field, "max_length": 10}, "text")["max_length"] == 10


def test_what_cannot_be() -> None:
    documents = {
        "tables/t.yaml": {"fields": [{"code": "a", "type": "text"}, {"code": "s", "type": "subtable"}]}
    }
    with pytest.raises(Refused):
        ConvertField("tables/t.yaml", ("fields", "a"), "nothing").apply(documents)
    with pytest.raises(Refused):
        ConvertField("tables/t.yaml", ("fields", "a"), "subtable").apply(documents)
    with pytest.raises(Refused):
        ConvertField("tables/t.yaml", ("fields", "s"), "text").apply(documents)
    with pytest.raises(Conflict):
        ConvertField("tables/t.yaml", ("fields", "gone"), "text").apply(documents)
    assert ConvertField("tables/t.yaml", ("fields", "a"), "text").apply(documents) is documents
