"""Gestures of the canvas as edits of the flow's document."""

from __future__ import annotations

from typing import Any

import pytest

from builder.edits.documents import Documents
from builder.edits.edit import Edit, read_edit
from builder.edits.flows.nodes import AddNode, LayOut, MoveNodes, RemoveNodes
from builder.edits.flows.paste import PasteNodes
from builder.edits.kinds import KINDS
from builder.edits.shape import check_shape
from runtime.language.refusal import Conflict, InvalidAnswers, Refused
from tests.unit.builder.flows.sample import FILE, documents


def made(edit: Edit, before: Documents | None = None) -> Any:
    """The flow after an edit, which must be right in shape."""
    after = edit.apply(before or documents())
    check_shape(after, after)
    return after[FILE]


def ways(flow: Any) -> list[tuple[str, str]]:
    """What its edges join."""
    return [(one["from"], one["to"]) for one in flow["edges"]]


def test_a_node_dropped_on_an_edge_interrupts_it_and_keeps_its_condition_before_it() -> None:
    flow = made(AddNode(FILE, "approve", split={"from": "big", "to": "leader"}, at=(530, 120)))

    first = next(one for one in flow["edges"] if one["to"] == "approve")
    assert first == {"from": "big", "to": "approve", "when": "amount > 100", "label": "大额"}
    assert ("approve", "leader") in ways(flow)
    # As near to where it was dropped as the branch before it allows.
    assert flow["picture"]["approve"] == [440 + 23 + 70 + 78, 120]


def test_what_stands_too_near_behind_a_new_node_makes_room() -> None:
    flow = made(AddNode(FILE, "approve", after="check"))

    assert flow["picture"]["check"] == [260, 120]
    assert flow["picture"]["approve"][0] - 260 >= 156 + 70
    assert flow["picture"]["big"][0] - flow["picture"]["approve"][0] >= 78 + 70 + 23
    assert flow["picture"]["leader"][0] - flow["picture"]["big"][0] == 180


def test_nodes_stand_in_the_file_as_work_goes_on() -> None:
    flow = made(AddNode(FILE, "approve", after="check"))
    flow = made(AddNode(FILE, "fill", at=(0, 0)), {**documents(), FILE: flow})

    codes = [one["code"] for one in flow["nodes"]]
    assert codes == ["check", "approve", "big", "leader", "fill", "end"]


def test_a_branch_put_between_leads_on_by_default() -> None:
    flow = made(AddNode(FILE, "exclusive", after="check"))

    assert {"from": "exclusive", "to": "big", "default": True} in flow["edges"]


def test_a_code_that_is_taken_gets_a_number() -> None:
    flow = made(AddNode(FILE, "approve", code="check", at=(0, 0), values={"decide": "all"}))

    assert flow["nodes"][-2] == {"code": "check_1", "kind": "approve", "name": "审批", "decide": "all"}


@pytest.mark.parametrize("kind", ["start", "none"])
def test_there_is_no_second_start_and_no_unknown_kind(kind: str) -> None:
    with pytest.raises(Refused):
        AddNode(FILE, kind).apply(documents())


def test_moving_writes_the_places_of_those_moved_alone() -> None:
    flow = made(MoveNodes(FILE, {"check": [261.6, 99], "gone": [1, 1]}))

    assert flow["picture"]["check"] == [262, 99]
    assert flow["picture"]["big"] == [440, 120]
    assert "gone" not in flow["picture"]


@pytest.mark.parametrize("place", [[1], [1, "a"], ["1", 2], [1, float("nan")], [10**9, 0], "ab", None])
def test_a_place_that_is_none_is_refused(place: Any) -> None:
    with pytest.raises(InvalidAnswers):
        MoveNodes(FILE, {"check": place}).apply(documents())


def test_taking_a_node_out_joins_what_was_around_it() -> None:
    flow = made(RemoveNodes(FILE, ("leader",)))

    assert ("big", "end") in ways(flow)
    assert [one["code"] for one in flow["nodes"]] == ["check", "big", "end"]
    assert "leader" not in flow["picture"]
    assert {"from": "big", "to": "end", "when": "amount > 100", "label": "大额"} in flow["edges"]


def test_what_named_a_node_that_goes_forgets_it() -> None:
    flow = made(RemoveNodes(FILE, ("check",)))

    leader = next(one for one in flow["nodes"] if one["code"] == "leader")
    assert leader["return_to"] == ["start"]
    assert "on_reject" not in leader


def test_a_bridge_that_is_there_already_is_not_built_twice() -> None:
    before = documents()
    before[FILE]["edges"].append({"from": "check", "to": "end"})
    before[FILE]["edges"][3] = {"from": "big", "to": "leader", "default": True}

    assert ways(made(RemoveNodes(FILE, ("big", "leader")), before)).count(("check", "end")) == 1
    assert ways(made(RemoveNodes(FILE, ("leader",)), before)).count(("big", "end")) == 2


def test_a_node_put_behind_another_interrupts_the_way_onward_and_not_that_of_a_rejection() -> None:
    before = documents()
    rejected = {"from": "check", "to": "big", "outcome": "rejected"}
    before[FILE]["edges"].insert(0, rejected)

    flow = made(AddNode(FILE, "approve", code="mid", after="check"), before)

    assert flow["edges"][0] == rejected
    assert [one for one in ways(flow) if "mid" in one] == [("check", "mid"), ("mid", "big")]


def test_a_rejection_that_ends_the_case_needs_no_node_of_that_name() -> None:
    before = documents()
    before[FILE]["nodes"][2]["on_reject"] = "end"

    flow = made(RemoveNodes(FILE, ("end",)), before)

    assert flow["nodes"][2]["on_reject"] == "end"


def test_the_start_stays() -> None:
    with pytest.raises(Refused, match="发起"):
        RemoveNodes(FILE, ("start",)).apply(documents())


def test_of_two_edges_between_the_same_nodes_the_one_meant_goes() -> None:
    before = documents()
    before[FILE]["edges"].append({"from": "big", "to": "end", "when": "amount < 1"})

    flow = made(RemoveNodes(FILE, edges=({"from": "big", "to": "end", "n": 1},)), before)

    assert {"from": "big", "to": "end", "default": True} in flow["edges"]
    assert len(flow["edges"]) == 5


def test_an_edge_that_has_gone_is_said_to_have() -> None:
    with pytest.raises(Conflict):
        RemoveNodes(FILE, edges=({"from": "check", "to": "end"},)).apply(documents())


def test_copies_get_codes_of_their_own_and_keep_what_joined_them() -> None:
    before = documents()
    nodes = tuple(before[FILE]["nodes"][1:3])
    edges = tuple(before[FILE]["edges"])

    flow = made(PasteNodes(FILE, nodes, edges, {"big": [500, 300], "leader": [700, 300]}), before)

    assert ("big_1", "leader_1") in ways(flow)
    assert len(flow["edges"]) == 6
    assert flow["nodes"][-1]["on_reject"] == "check"
    assert flow["picture"]["leader_1"] == [700, 300]


def test_pasted_into_another_flow_a_node_forgets_nodes_it_has_not() -> None:
    before = documents()
    leader = before[FILE]["nodes"][2]
    other = {
        **before[FILE],
        "code": "g",
        "nodes": [{"code": "end", "kind": "end"}],
        "edges": [],
        "picture": {},
    }

    after = PasteNodes("flows/g.yaml", (leader,)).apply({**before, "flows/g.yaml": other})

    assert after["flows/g.yaml"]["nodes"][-1]["return_to"] == ["start"]
    assert "on_reject" not in after["flows/g.yaml"]["nodes"][-1]


def test_laid_out_anew_nothing_overlaps_and_tokens_go_to_the_right() -> None:
    flow = made(LayOut(FILE))

    places = flow["picture"]
    assert places["start"][0] < places["check"][0] < places["big"][0] < places["leader"][0] < places["end"][0]
    assert len({tuple(one) for one in places.values()}) == 5


GESTURES = pytest.mark.parametrize(
    "posted",
    [
        {"do": "add_node", "kind": "fill", "after": "check"},
        {"do": "move_nodes", "to": {"check": [1, 2]}},
        {"do": "remove_nodes", "nodes": ["check"], "edges": [{"from": "big", "to": "end", "n": 0}]},
        {"do": "paste_nodes", "nodes": [{"code": "x", "kind": "fill"}]},
        {"do": "layout"},
        {"do": "connect", "origin": "check", "to": "leader"},
        {"do": "set_edge", "edge": {"from": "big", "to": "leader"}, "values": {"label": "大"}},
        {"do": "order_edge", "edge": {"from": "big", "to": "end"}, "to": 0},
        {"do": "set_reject", "node": "check", "to": None},
        {"do": "rename_node", "node": "check", "to": "head"},
        {"do": "allow", "node": "start", "fields": ["amount"], "what": "edit", "on": False},
        {"do": "set_lanes", "lanes": [{"code": "a", "name": "甲"}]},
    ],
)


@GESTURES
def test_each_gesture_may_be_posted_and_says_what_it_did(posted: dict[str, Any]) -> None:
    edit = read_edit({"file": FILE, **posted}, KINDS)

    made(edit)
    assert edit.label


@GESTURES
def test_lists_with_holes_are_no_obstacle(posted: dict[str, Any]) -> None:
    before = documents()
    lanes = [None, {"code": "a", "name": "甲"}, 3]
    before[FILE] |= {"lanes": lanes, **{key: [None, *before[FILE][key], "x"] for key in ("nodes", "edges")}}

    assert read_edit({"file": FILE, **posted}, KINDS).apply(before) is not before
