"""Walk-throughs in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from builder.edits.documents import standing
from builder.edits.rules.scope import rule_scope
from builder.words.story_words import StoryWords
from tests.builder.pack_expressions import apps, documents


def words(app: str) -> StoryWords:
    others = {code: one for code, one in apps().items() if code != app}
    return StoryWords(rule_scope(documents()[app], others), {"u052": "易秋池", "u018": "高星野"})


@pytest.mark.parametrize("app", sorted(documents()))
def test_every_walk_through_of_a_pack_is_told_step_by_step(app: str) -> None:
    told = words(app)
    for one in standing(documents()[app], "walkthrough"):
        lines = list(told.story(one.document))
        assert len(lines) >= len(one.document["steps"])
        assert all(line.text for line in lines)


def test_a_step_says_who_does_what_and_what_is_expected() -> None:
    step = {
        "as": "u018",
        "do": "approve",
        "at": "n_dept",
        "opinion": "属实",
        "expect": {"task": {"n_legal": ["u052"]}},
    }
    told = words("sales_contract_change").step(step)

    assert told.text == "高星野在“经办部门负责人意见”同意，意见“属实”"
    assert told.more == ("“法务意见”在 易秋池",)


def test_values_are_told_by_their_labels() -> None:
    step = {"as": "u052", "edit": "sales_contract/contract_receipt_plan", "data": {"plan_state": "partial"}}

    assert words("receipt_plan").step(step).more == ("填写：状态 部分",)


VALUES: some.SearchStrategy[Any] = some.recursive(
    some.none() | some.integers() | some.sampled_from(["u052", "submit", "a", ""]),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["case", "path", "task", "hidden", "a"]), inner)
    ),
    max_leaves=6,
)


@given(
    some.dictionaries(
        some.sampled_from(["given", "steps", "expect", "as", "do", "submit", "data", "clock"]), VALUES
    )
)
def test_anything_is_told_and_never_fails(document: Any) -> None:
    told = words("receipt_plan")

    list(told.story(document))
    told.step(document)
