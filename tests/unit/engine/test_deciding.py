"""Many people on one visit: who decides, when, and what becomes of the others."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.language.flow import Decide
from runtime.language.refusal import Conflict, Refused
from runtime.nodes import move as m
from runtime.nodes.human import needed
from tests.unit.engine.cases import FIVE, deciding
from tests.unit.engine.flows import approve, fill, flow_of
from tests.unit.engine.running import Running


def vote(case: Running, votes: str) -> None:
    """Let the people vote in order, `+` for yes and `-` for no."""
    for person, voted in zip(FIVE, votes, strict=False):
        (case.approve if voted == "+" else case.reject)(person, "a")


@pytest.mark.parametrize(
    ("rule", "number", "keys", "votes", "outcome"),
    [
        ("claim", None, {}, "-", "rejected"),
        ("any", None, {}, "+", "approved"),
        ("any", None, {}, "----", None),
        ("any", None, {}, "-----", "rejected"),
        ("any", None, {}, "--+", "approved"),
        ("any", None, {"reject": "veto"}, "-", "rejected"),
        ("all", None, {}, "++++", None),
        ("all", None, {}, "+++++", "approved"),
        ("all", None, {}, "++-", "rejected"),
        ("all", None, {"finish": "all"}, "++-", None),
        ("all", None, {"finish": "all"}, "++-++", "rejected"),
        ("all", None, {"reject": "vote"}, "-", "rejected"),
        ("count", 3, {}, "++", None),
        ("count", 3, {}, "++-+", "approved"),
        ("count", 3, {}, "--", None),
        ("count", 3, {}, "---", "rejected"),
        ("count", 9, {}, "+++++", "approved"),
        ("count", 3, {"finish": "all"}, "++++", None),
        ("count", 3, {"finish": "all"}, "+++--", "approved"),
        ("percent", 50, {}, "++", None),
        ("percent", 50, {}, "+++", "approved"),
        ("percent", 60, {}, "+-+", None),
        ("percent", 60, {}, "---", "rejected"),
        ("percent", 100, {"reject": "veto"}, "-", "rejected"),
    ],
)
def test_a_visit_is_decided_as_soon_as_its_rule_says(
    rule: str, number: int | None, keys: dict[str, Any], votes: str, outcome: str | None
) -> None:
    case = deciding(rule, number, **keys)

    vote(case, votes)

    assert case.rows.visits[1].outcome == outcome
    assert case.state == (outcome or "running")
    assert len(case.waits().get("a", [])) == (0 if outcome else len(FIVE) - len(votes))


def test_what_is_not_needed_any_more_is_closed_for_the_others() -> None:
    case = deciding("count", 2)

    vote(case, "-++")

    states = {"amy": "done", "bob": "done", "leo": "done", "cal": "cancelled", "una": "cancelled"}
    assert case.tasks("a") == states
    with pytest.raises(Conflict, match="已由鲍勃、利奥处理"):
        case.approve("una", "a")


@pytest.mark.parametrize(
    ("people", "percent", "need"), [(3, 50, 2), (4, 50, 2), (7, 100, 7), (100, 29, 29), (0, 50, 1)]
)
def test_a_percentage_is_rounded_up_to_whole_people(people: int, percent: int, need: int) -> None:
    assert needed(Decide("percent", percent), people) == need


def test_a_fill_node_is_done_when_the_first_has_completed_it() -> None:
    case = Running(flow_of([fill("f", "amy", "bob")], "start > f > end"))
    case.submit()

    case.complete("bob", "f")

    assert (case.state, case.tasks("f")) == ("approved", {"amy": "cancelled", "bob": "done"})


def test_a_fill_node_takes_no_verdict_and_a_verdict_is_not_filled_in() -> None:
    case = Running(flow_of([fill("f", "amy"), approve("a", "bob")], "start > f > a > end"))
    case.submit()

    with pytest.raises(Refused, match="不需要表态"):
        case.approve("amy", "f")
    case.complete("amy", "f")
    with pytest.raises(Refused, match="需要表态"):
        case.complete("bob", "a")


def test_an_approval_explains_itself_move_by_move() -> None:
    case = Running(flow_of([approve("a", "amy")], "start > a > end"))
    case.submit()

    plan = case.approve("amy", "a")

    assert plan.moves == [
        m.Acted("amy"),
        m.TaskDone(1, "amy", "approved"),
        m.VisitClosed(1, "a", "/", "approved"),
        m.TokenMoved("a", "end", "/", 1),
        m.TokenEnded("end", "/", 1),
        m.CaseEnded("approved"),
    ]
