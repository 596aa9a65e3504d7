"""Splits, branches and joins."""

from __future__ import annotations

import pytest

from tests.unit.engine.flows import approve, end, flow_of, gate
from tests.unit.engine.running import Running

FORK = flow_of(
    [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob"), gate("j", "join"), approve("z", "leo")],
    "start > p; p > a > j; p > b > j; j > z > end",
    joins={"p": "j"},
)


def test_parallel_branches_wait_for_each_other_at_the_join() -> None:
    case = Running(FORK)

    case.submit()
    assert case.waits() == {"a": ["amy"], "b": ["bob"]}
    case.approve("bob", "b")
    assert case.waits() == {"a": ["amy"]}
    case.approve("amy", "a")

    assert case.waits() == {"z": ["leo"]}
    assert case.visited().count("z") == 1
    assert case.rows.scopes[1].state == "closed"


def test_a_branch_may_lead_to_the_join_at_once() -> None:
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), gate("j", "join")],
        "start > p; p > j; p > a > j; j > end",
        joins={"p": "j"},
    )
    case = Running(flow)

    case.submit()
    assert case.waits() == {"a": ["amy"]}
    case.approve("amy", "a")

    assert case.state == "approved"


NESTED = flow_of(
    [
        gate("p", "parallel"), gate("q", "parallel"), gate("k", "join"), gate("j", "join"),
        approve("a", "amy"), approve("b", "bob"), approve("c", "cal"), approve("z", "leo"),
    ],
    "start > p; p > q; q > a > k; q > b > k; k > j; p > c > j; j > z > end",
    joins={"p": "j", "q": "k"},
)  # fmt: skip


@pytest.mark.parametrize("order", [("amy", "bob", "cal"), ("cal", "bob", "amy"), ("bob", "cal", "amy")])
def test_a_split_inside_a_branch_joins_before_the_branch_does(order: tuple[str, ...]) -> None:
    case = Running(NESTED)
    case.submit()

    for person in order:
        assert "z" not in case.waits()
        case.approve(person, {"amy": "a", "bob": "b", "cal": "c"}[person])

    assert case.waits() == {"z": ["leo"]}


ENDING = flow_of(
    [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob"), gate("j", "join"), approve("z", "leo")],
    "start > p; p > a > j; p > b > end; j > z > end",
    joins={"p": "j"},
)


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_branch_that_ends_is_not_waited_for(order: str) -> None:
    case = Running(ENDING)
    case.submit()

    for code in order:
        case.approve({"a": "amy", "b": "bob"}[code], code)

    assert case.waits() == {"z": ["leo"]}
    case.approve("leo", "z")
    assert case.state == "approved"


def test_a_case_ends_only_when_no_branch_is_left() -> None:
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob")],
        "start > p; p > a > end; p > b > end",
    )
    case = Running(flow)
    case.submit()

    case.approve("amy", "a")
    assert (case.state, case.waits()) == ("running", {"b": ["bob"]})
    case.approve("bob", "b")

    assert case.state == "approved"


def test_branches_that_merge_without_a_join_pass_one_by_one() -> None:
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob"), approve("z", "leo")],
        "start > p; p > a > z; p > b > z; z > end",
    )
    case = Running(flow)
    case.submit()

    case.approve("amy", "a")
    case.approve("leo", "z")
    case.approve("bob", "b")
    assert case.waits() == {"z": ["leo"]}
    case.approve("leo", "z")

    assert (case.state, case.visited().count("z")) == ("approved", 2)


def test_a_join_outside_a_split_lets_the_token_through() -> None:
    case = Running(flow_of([gate("j", "join"), approve("a", "amy")], "start > j > a > end"))

    case.submit()

    assert case.waits() == {"a": ["amy"]}


@pytest.mark.parametrize("first", [True, False], ids=["before the other branch", "after it"])
def test_an_end_that_terminates_takes_the_other_branches_away(first: bool) -> None:
    edges = ["p > a > end", "p > stop"] if first else ["p > stop", "p > a > end"]
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), end("stop", terminate=True), end()],
        "; ".join(["start > p", *edges]),
        listens=["approved"],
    )
    case = Running(flow)

    case.submit()

    assert (case.state, case.waits(), case.ports.moments()) == ("approved", {}, ["approved"])
