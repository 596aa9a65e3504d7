"""How a token moves: straight on, by condition, round and round, to the end."""

from __future__ import annotations

import pytest

from runtime.engine.execute import RunawayFlow
from runtime.language.flow import Edge
from runtime.nodes import move as m
from runtime.nodes.node_kind import NoWayOut
from tests.unit.engine.flows import approve, edges_of, fill, flow_of, gate
from tests.unit.engine.running import Running

BRANCH = flow_of(
    [gate("g", "exclusive"), approve("big", "amy"), approve("odd", "bob"), approve("small", "leo")],
    "start > g; g > big if big; g > odd if odd; g > small else; big > end; odd > end; small > end",
)


def test_work_goes_from_node_to_node_and_the_case_ends() -> None:
    case = Running(flow_of([approve("a", "amy"), fill("b", "bob")], "start > a > b > end"))

    case.submit()
    assert case.waits() == {"a": ["amy"]}
    case.approve("amy", "a")
    assert case.waits() == {"b": ["bob"]}
    case.complete("bob", "b")

    assert (case.state, case.waits()) == ("approved", {})


@pytest.mark.parametrize(
    ("facts", "chosen"),
    [({"big": True, "odd": True}, "big"), ({"odd": True}, "odd"), ({}, "small")],
)
def test_the_first_edge_that_holds_is_taken_else_the_default(facts: dict[str, bool], chosen: str) -> None:
    case = Running(BRANCH)
    case.ports.facts = dict(facts)

    plan = case.submit()

    assert list(case.waits()) == [chosen]
    tried = next(move.because for move in plan.moves if isinstance(move, m.TokenMoved) and move.origin == "g")
    assert dict(tried) == {name: facts.get(name, False) for name in ("big", "odd")[: len(tried)]}


def test_where_nothing_holds_and_there_is_no_default_nothing_happens_and_the_trace_is_told() -> None:
    flow = flow_of(
        [gate("g", "exclusive"), approve("a", "amy")], "start > g; g > a if big; g > end if odd; a > end"
    )
    case = Running(flow)

    with pytest.raises(NoWayOut, match="“big”不成立、“odd”不成立") as refused:
        case.submit()

    assert refused.value.trace == (("big", False), ("odd", False))
    assert (case.state, case.rows.history) == ("draft", [])


def test_a_flow_that_loops_without_waiting_is_stopped() -> None:
    flow = flow_of(
        [gate("g", "exclusive"), gate("h", "exclusive")], "start > g > h; h > g if odd; h > end else"
    )

    with pytest.raises(RunawayFlow, match="流程 f 在一次处理中走了 10001 步仍未停下"):
        Running(flow, odd=True).submit()


def test_a_loop_asks_the_same_person_again_and_again() -> None:
    flow = flow_of(
        [approve("a", "amy"), approve("b", "amy"), gate("g", "exclusive")],
        "start > a > b > g; g > a if odd; g > end else",
    )
    case = Running(flow, odd=True)
    case.submit()

    case.approve("amy", "a")  # passes b for her, and comes back to her
    assert case.waits() == {"a": ["amy"]}
    case.ports.facts["odd"] = False
    case.approve("amy", "a")

    assert (case.state, case.visited()) == ("approved", ["a", "b", "a", "b"])


def test_the_marks_of_a_flow_written_as_text_belong_to_its_last_edge() -> None:
    assert list(edges_of("a > b > c if big; c > d no; c > e else")) == [
        Edge("a", "b"), Edge("b", "c", when="big"), Edge("c", "d", outcome="rejected"),
        Edge("c", "e", default=True),
    ]  # fmt: skip
