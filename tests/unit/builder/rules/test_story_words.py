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


def test_a_node_is_called_as_in_the_flow_of_its_case() -> None:
    def flow(code: str) -> dict[str, Any]:
        node = {"code": "a", "kind": "approve", "name": f"{code} 的审批", "assignees": ["initiator"]}
        start = {"name": f"{code} 的发起", "who": ["initiator"]}
        edges = [{"from": "start", "to": "a"}, {"from": "a", "to": "end"}]
        nodes = [node, {"code": "end", "kind": "end"}]
        return {"code": code, "name": code, "form": "f", "start": start, "nodes": nodes, "edges": edges}

    form = {"code": "f", "name": "单", "fields": [{"code": "x", "type": "text", "label": "X"}]}
    found = {
        "pack.yaml": {"schema": 1, "code": "app", "name": "应用", "version": "1.0.0"},
        "forms/f.yaml": form,
        "flows/one.yaml": flow("one"),
        "flows/two.yaml": flow("two"),
    }
    steps = [
        {"as": "u", "submit": "two", "case": "b"},
        {"as": "u", "submit": "one"},
        None,
        {"as": "u", "do": "jump", "at": "a", "to": "start", "case": "b", "expect": {"path": ["a"]}},
        {"as": "u", "do": "approve", "at": "a", "case": ""},
    ]
    told = StoryWords(rule_scope(found, {}), {})
    lines = list(told.story({"steps": steps, "expect": {"task": {"a": ["u"]}}}))

    assert [one.text for one in lines[2:4]] == ["u在“two 的审批”跳转到“two 的发起”", "u在“one 的审批”同意"]
    assert (lines[2].more, lines[4].more) == (("经过 two 的审批",), ("“one 的审批”在 u",))
    assert len(told.steps({"steps": steps})) == 5


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
