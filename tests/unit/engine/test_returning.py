"""Going back for correction along one line."""

from __future__ import annotations

import pytest

from runtime.engine import command as c
from runtime.language.directory import Person
from runtime.language.flow import Decide
from runtime.language.refusal import Conflict, Forbidden, Refused
from tests.unit.engine.cases import LINE
from tests.unit.engine.flows import approve, flow_of, gate
from tests.unit.engine.people import house
from tests.unit.engine.running import Running


def test_a_case_goes_back_to_the_initiator_and_runs_anew_from_there() -> None:
    case = Running(LINE)
    case.submit()
    case.complete("cal", "f")

    case.send_back("amy", "a", to="start")
    assert (case.state, case.waits()) == ("running", {"start": ["ivy"]})
    assert case.why("ivy", "start") == ("由艾米退回",)
    case.submit()

    assert case.waits() == {"f": ["cal"]}
    assert (case.rows.case.submission, max(case.rows.visits)) == (2, 4)


def test_only_the_initiator_submits_and_only_once() -> None:
    case = Running(LINE)
    with pytest.raises(Forbidden, match="只有发起人可以提交"):
        case.run(c.Submit("amy"))
    case.submit()

    with pytest.raises(Conflict, match="已经提交"):
        case.run(c.Submit("ivy"))


def test_at_the_start_there_is_nothing_to_return_and_nothing_to_complete() -> None:
    case = Running(LINE)
    case.submit()
    case.send_back("cal", "f", to="start")

    with pytest.raises(Refused, match="已在发起人处"):
        case.send_back("ivy", "start", to="f")
    with pytest.raises(Refused, match="请重新提交"):
        case.complete("ivy", "start")


def test_work_goes_back_to_a_passed_node_and_to_whoever_did_it() -> None:
    case = Running(LINE)
    case.submit()
    case.complete("cal", "f")
    case.approve("amy", "a")

    case.send_back("bob", "b", to="f")
    assert case.waits() == {"f": ["cal"]}
    case.complete("cal", "f")

    assert case.waits() == {"a": ["amy"]}  # every node again
    assert case.rows.case.submission == 1


def test_a_node_says_where_one_may_return_to() -> None:
    case = Running(LINE)
    case.submit()
    case.complete("cal", "f")
    case.approve("amy", "a")
    case.approve("bob", "b")

    with pytest.raises(Refused, match="不能退回到“f”；可退回到：a"):
        case.send_back("leo", "z", to="f")
    case.send_back("leo", "z", to="a")
    assert case.waits() == {"a": ["amy"]}


@pytest.mark.parametrize("to", ["z", "b", "a", "nowhere"])
def test_nobody_returns_to_a_node_that_was_not_passed(to: str) -> None:
    case = Running(LINE)
    case.submit()
    case.complete("cal", "f")

    with pytest.raises(Refused, match=f"不能退回到“{to}”；可退回到：发起、f"):
        case.send_back("amy", "a", to=to)


def test_what_a_return_went_past_counts_no_more() -> None:
    case = Running(LINE)
    case.submit()
    case.complete("cal", "f")
    case.approve("amy", "a")
    case.send_back("bob", "b", to="f")

    with pytest.raises(Refused, match="可退回到：发起。"):
        case.send_back("cal", "f", to="a")


def test_a_loop_may_be_returned_into() -> None:
    flow = flow_of(
        [approve("a", "amy"), approve("b", "bob"), gate("g", "exclusive")],
        "start > a > b > g; g > a if odd; g > end else",
    )
    case = Running(flow, odd=True)
    case.submit()
    case.approve("amy", "a")
    case.approve("bob", "b")

    case.send_back("amy", "a", to="b")

    assert case.waits() == {"b": ["bob"]}


def test_everybody_whose_approval_counted_is_asked_again() -> None:
    node = approve("a", "amy", "bob", "leo", decide=Decide("count", 2))
    case = Running(flow_of([node, approve("z", "nora")], "start > a > z > end"))
    case.submit()
    case.approve("amy", "a")
    case.approve("leo", "a")

    case.send_back("nora", "z", to="a")

    assert case.waits() == {"a": ["amy", "leo"]}
    case.approve("amy", "a")
    assert case.waits() == {"a": ["leo"]}
    case.approve("leo", "a")
    assert case.waits() == {"z": ["nora"]}


@pytest.mark.parametrize(
    ("gone", "instead"),
    [(Person(8, "amy", "艾米", "legal", "north", active=False), "leo"), (None, "ada")],
)
def test_work_does_not_go_back_to_somebody_who_left(gone: Person | None, instead: str) -> None:
    case = Running(flow_of([approve("a", "amy"), approve("b", "bob")], "start > a > b > end"))
    case.submit()
    case.approve("amy", "a")
    case.ports.directory = house(gone) if gone else house(without=["amy"])

    case.send_back("bob", "b", to="a")

    assert case.waits() == {"a": [instead]}
    assert case.why(instead, "a")[0] == "由鲍勃退回"
