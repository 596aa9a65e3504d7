"""Edges and where rejections lead, as edits."""

from __future__ import annotations

from typing import Any

import pytest

from builder.edits.flows.edges import Connect, OrderEdge, SetEdge, SetReject
from builder.edits.flows.rename import RenameNode
from builder.edits.shape import check_shape
from runtime.language.refusal import Conflict, Refused
from tests.unit.builder.flows.sample import FILE, documents
from tests.unit.builder.flows.test_nodes import made, ways


def test_two_nodes_are_joined_by_an_edge() -> None:
    assert ways(made(Connect(FILE, "check", "leader")))[-1] == ("check", "leader")


@pytest.mark.parametrize(
    ("origin", "to", "said"),
    [
        ("check", "check", "同一个"),
        ("check", "start", "发起"),
        ("end", "check", "结束"),
        ("check", "big", "已经有"),
    ],
)
def test_an_edge_that_could_never_be_right_is_refused(origin: str, to: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        Connect(FILE, origin, to).apply(documents())


def test_a_new_way_out_of_a_branch_stands_before_what_holds_otherwise() -> None:
    flow = made(Connect(FILE, "big", "check"))

    assert [to for origin, to in ways(flow) if origin == "big"] == ["leader", "check", "end"]


def test_an_edge_to_a_node_that_has_gone_is_a_conflict() -> None:
    with pytest.raises(Conflict):
        Connect(FILE, "check", "nobody").apply(documents())


def test_of_the_edges_of_a_branch_one_is_the_default() -> None:
    flow = made(SetEdge(FILE, {"from": "big", "to": "leader"}, {"default": True}))

    leaving = [one for one in flow["edges"] if one["from"] == "big"]
    assert leaving == [
        {"from": "big", "to": "leader", "label": "大额", "default": True},
        {"from": "big", "to": "end"},
    ]


def test_a_condition_ends_being_the_default() -> None:
    flow = made(SetEdge(FILE, {"from": "big", "to": "end"}, {"when": "amount <= 100"}))

    assert {"from": "big", "to": "end", "when": "amount <= 100"} in flow["edges"]


def test_an_edge_can_lead_elsewhere() -> None:
    flow = made(SetEdge(FILE, {"from": "leader", "to": "end"}, {"to": "big"}))

    assert ("leader", "big") in ways(flow)


def test_an_edge_has_no_other_keys() -> None:
    with pytest.raises(Refused):
        SetEdge(FILE, {"from": "leader", "to": "end"}, {"colour": "red"}).apply(documents())


def test_edges_of_a_branch_are_tried_in_another_order() -> None:
    flow = made(OrderEdge(FILE, {"from": "big", "to": "end"}, 0))

    assert ways(flow) == [
        ("start", "check"),
        ("check", "big"),
        ("big", "end"),
        ("big", "leader"),
        ("leader", "end"),
    ]


def test_where_a_rejection_leads_is_one_place_alone() -> None:
    before = documents()
    before[FILE]["edges"].append({"from": "leader", "to": "check", "outcome": "rejected"})

    flow = made(SetReject(FILE, "leader", "end"), before)

    assert flow["nodes"][2]["on_reject"] == "end"
    assert ("leader", "check") not in ways(flow)


def test_a_new_code_of_a_node_reaches_everything_that_names_it() -> None:
    after = RenameNode(FILE, "check", "head").apply(documents())

    check_shape(after, after)
    flow, form = after[FILE], after["forms/paper.yaml"]
    assert ways(flow)[:2] == [("start", "head"), ("head", "big")]
    assert flow["nodes"][2]["return_to"] == ["start", "head"]
    assert flow["nodes"][2]["on_reject"] == "head"
    assert "head" in flow["picture"]
    assert "check" not in flow["picture"]
    assert form["fields"][-1]["node"] == "head"
    assert form["validations"][0]["at"] == ["head"]
    assert after["rules/f.yaml"][0]["on"] == "node.head.done"
    assert after["tests/f.yaml"][0]["steps"][1]["at"] == "head"
    assert after["tests/f.yaml"][0]["expect"]["path"] == ["start", "head", "end"]


def test_in_a_walk_through_a_new_code_reaches_nodes_and_not_people() -> None:
    before = documents()
    task = {"task": {"check": ["check"]}}
    steps: list[Any] = [
        {"as": "check", "do": "transfer", "at": "check", "to": "check", "expect": task},
        {"as": "u1", "do": "return", "at": "leader", "to": "check"},
        {"as": "u1", "do": "jump", "at": "leader", "to": "check"},
    ]
    before["tests/f.yaml"][0] |= {"steps": steps, "expect": {"task": {"check": []}, "sees": {"check": []}}}

    story = RenameNode(FILE, "check", "head").apply(before)["tests/f.yaml"][0]

    assert story["steps"][0] == {**steps[0], "at": "head", "expect": {"task": {"head": ["check"]}}}
    assert [one["to"] for one in story["steps"][1:]] == ["head", "head"]
    assert story["expect"] == {"task": {"head": []}, "sees": {"check": []}}


def test_another_flow_with_a_node_of_this_code_keeps_what_is_its_own() -> None:
    before = documents()
    before["flows/g.yaml"] = {**before[FILE], "code": "g"}
    before["rules/g.yaml"] = [{**before["rules/f.yaml"][0], "code": "s", "flow": "g"}]

    after = RenameNode(FILE, "check", "head").apply(before)

    assert after["flows/g.yaml"] is before["flows/g.yaml"]
    assert after["rules/g.yaml"] is before["rules/g.yaml"]
    assert after["forms/paper.yaml"] is before["forms/paper.yaml"]


@pytest.mark.parametrize("code", ["end", "start", "Check", "old", ""])
def test_a_code_that_is_none_or_taken_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        RenameNode(FILE, "check", code).apply(documents())
