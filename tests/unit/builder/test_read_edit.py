"""What a page may post as an edit."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.edits.anywhere import SetValue
from builder.edits.edit import LONGEST_TEXT, MOST_ENTRIES, read_edit
from builder.edits.kinds import KINDS
from builder.edits.shape import check_shape
from runtime.language.refusal import InvalidAnswers, Refused
from tests.unit.builder.documents import FLOW, FORM, documents


def posted(**given: Any) -> dict[str, Any]:
    return {"do": "set", "file": FORM, "place": ["name"], "value": "新名称", **given}


def test_an_edit_is_read_with_exact_numbers() -> None:
    edit = read_edit(posted(place=["fields", "amount", "min"], value=0.1), KINDS)

    assert edit == SetValue(FORM, ("fields", "amount", "min"), Decimal("0.1"))


@pytest.mark.parametrize(
    ("given", "at"),
    [
        (posted(do="explode"), "$.do"),
        (posted(do=None), "$.do"),
        (posted(more=1), "$.more"),
        (posted(place="name"), "$.place"),
        (posted(place=[1.5]), "$.place"),
        (posted(place=[None]), "$.place"),
        (posted(value="长" * (LONGEST_TEXT + 1)), "$.value"),
        (posted(value=float("nan")), "$.value"),
        (posted(value="half \ud800"), "$.value"),
        (posted(value="nul \0"), "$.value"),
        (posted(file="forms/a\r.yaml"), "$.file"),
        (posted(value={"$number": "5"}), "$.value"),
        (posted(value=10**34), "$.value"),
        (posted(value=-(10**33)), "$.value"),
        (posted(value=1e35), "$.value"),
        (posted(value=[0] * (MOST_ENTRIES + 1)), "$.value"),
        (posted(value={"a": [object()]}), "$.value"),
        ({"do": "set", "file": FORM, "place": ["name"]}, "$.value"),
        ({"do": "move", "file": FORM, "place": ["fields", "day"], "to": "1"}, "$.to"),
        ({"do": "move", "file": FORM, "place": ["fields", "day"], "to": True}, "$.to"),
    ],
)
def test_what_is_no_edit_is_told_at_its_place(given: dict[str, Any], at: str) -> None:
    with pytest.raises(InvalidAnswers) as error:
        read_edit(given, KINDS)

    assert error.value.problems[0].path == at


def test_lines_end_in_one_way() -> None:
    edit = read_edit(posted(value="一\r\n\t二"), KINDS)

    assert edit == SetValue(FORM, ("name",), "一\n\t二")


def test_a_value_is_not_followed_for_ever() -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]

    with pytest.raises(InvalidAnswers, match="层次太深"):
        read_edit(posted(value=deep), KINDS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "given",
    [
        {"do": "add_field", "file": "permissions.yaml", "type": "text"},
        {"do": "add_section", "file": "rules/apply.yaml"},
        {"do": "copy_rule", "file": FORM, "place": ["fields", "amount"]},
        {"do": "copy_test", "file": "rules/apply.yaml", "place": [0]},
        {"do": "layout", "file": FORM},
        {"do": "add_item", "file": "nowhere.yaml", "place": ["items"]},
    ],
)
def test_an_edit_is_for_its_kind_of_document(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidAnswers) as error:
        read_edit(given, KINDS)

    assert error.value.problems[0].path == "$.file"


STEPS = st.integers(-1, 2) | st.sampled_from(["fields", "amount", "items", "steps", "x"])
#: What most edits ask for, each sometimes as it should be.
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "place": st.lists(STEPS, max_size=4),
        "code": st.sampled_from(["amount", "items", "x"]),
        "name": st.just("名"),
        "kind": st.sampled_from(["form", "approve", "role", "zzz"]),
        "like": st.just("apply"),
        "section": st.integers(-2, 3),
        "line": st.integers(-2, 3),
        "at": st.none() | st.integers(-2, 3),
        "type": st.sampled_from(["text", "subtable", "zzz"]),
        "way": st.sampled_from(["up", "down", "left"]),
        "subtable": st.sampled_from(["items", "amount"]),
        "text": st.just("a\tb\nc"),
        "title": st.just("分组"),
        "to": st.integers(-2, 3) | st.just("boss"),
        "node": st.sampled_from(["boss", "start"]),
        "value": JSON,
    },
)
OTHERS: dict[str, Any] = {
    "permissions.yaml": [{"who": "all_staff", "on": ["apply"], "scope": "own", "can": ["view"]}],
    "rules/apply.yaml": [{"code": "r", "on": "approved", "flow": "apply", "do": "notify", "set": {"a": "1"}}],
    "tests/apply.yaml": [{"name": "走查", "steps": [{"note": "无"}], "expect": {"case": "running"}}],
    "dictionaries/one.yaml": {"code": "one", "name": "一", "items": [{"value": "x", "label": "甲"}]},
    "dictionaries/more.yaml": [{"code": "two", "name": "二", "items": [{"value": "y", "label": "乙"}]}],
}


@given(
    do=st.sampled_from(sorted(KINDS)),
    file=st.sampled_from([FORM, FLOW, "pack.yaml", *OTHERS]),
    likely=LIKELY,
    more=st.dictionaries(st.text(max_size=8), JSON, max_size=2),
)
@settings(max_examples=400, deadline=None)
def test_nothing_that_is_posted_breaks_anything(
    do: str, file: str, likely: dict[str, Any], more: dict[str, Any]
) -> None:
    given_ = {"file": file, "place": ["fields", "amount"], "code": "amount", "value": 1, **likely}
    names = {one.name for one in fields(KINDS[do])}
    given_ = {key: one for key, one in given_.items() if key in names} | more | {"do": do}
    try:
        edit = read_edit(given_, KINDS)
        after = edit.apply({**documents(), **OTHERS})
        check_shape(after, after)
    except Refused:
        return  # every objection is one of ours, with words
