"""Many people on one visit: who decides, when, and what becomes of the others."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.engine import command as c
from runtime.language.flow import Decide
from runtime.language.refusal import Conflict, Refused
from runtime.nodes import move as m
from runtime.nodes.human import needed
from tests.unit.engine.flows import approve, end, fill, flow_of
from tests.unit.engine.running import Running

FIVE = ("amy", "bob", "leo", "cal", "una")


def deciding(rule: str, number: int | None = None, people: tuple[str, ...] = FIVE, **keys: Any) -> Running:
    """Return a submitted case whose only node these people decide on."""
    node = approve("a", *people, decide=Decide(rule, number), on_reject="end", **keys)  # type: ignore[arg-type]
    case = Running(flow_of([node], "start > a > end"))
    case.submit()
    return case


def vote(case: Running, votes: str) -> None:
    """Let the people vote in order, `+` for yes and `-` for no."""
    for person, voted in zip(FIVE, votes, strict=False):
        (case.approve if voted == "+" else case.reject)(person, "a")


def test_whoever_is_first_handles_what_several_could() -> None:
    case = deciding("claim")

    case.approve("leo", "a")

    assert case.state == "approved"
    assert case.tasks("a") == dict.fromkeys(FIVE, "cancelled") | {"leo": "done"}


def test_a_claimed_visit_is_out_of_the_others_sight_until_it_is_given_back() -> None:
    case = deciding("claim", people=("amy", "bob"))

    case.act(c.Claim("amy"), "a")
    assert case.waits() == {"a": ["amy"]}
    with pytest.raises(Conflict, match="已由艾米领取"):
        case.approve("bob", "a")
    with pytest.raises(Conflict, match="您已领取"):
        case.act(c.Claim("amy"), "a")
    case.act(c.Release("amy"), "a")

    assert case.waits() == {"a": ["amy", "bob"]}
    with pytest.raises(Conflict, match="没有领取"):
        case.act(c.Release("amy"), "a")
    case.approve("bob", "a")
    assert case.tasks("a") == {"amy": "cancelled", "bob": "done"}


def test_a_claimed_visit_is_decided_by_whoever_claimed_it() -> None:
    case = deciding("claim", people=("amy", "bob"))

    case.act(c.Claim("amy"), "a")
    case.approve("amy", "a")

    assert (case.state, case.tasks("a")) == ("approved", {"amy": "done", "bob": "cancelled"})


@pytest.mark.parametrize(("rule", "people"), [("claim", ("amy",)), ("any", ("amy", "bob"))])
def test_there_is_nothing_to_claim_alone_or_where_everybody_acts(rule: str, people: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="不需要领取"):
        deciding(rule, people=people).act(c.Claim("amy"), "a")


def test_a_claim_is_decided_at_once_whatever_finish_says() -> None:
    case = deciding("claim", finish="all")

    case.approve("bob", "a")

    assert case.state == "approved"


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
        ("weight", 4, {}, "+++", None),
        ("weight", 4, {}, "++++", "approved"),
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


def test_one_persons_answer_counts_once() -> None:
    case = deciding("all")
    case.approve("amy", "a")
    before = case.rows.state()

    with pytest.raises(Conflict, match="已由艾米处理"):
        case.approve("amy", "a")

    assert case.rows.state() == before


def test_a_second_click_on_one_visit_does_not_approve_the_next() -> None:
    flow = flow_of([approve("a", "amy"), approve("b", "amy", duplicates="none")], "start > a > b > end")
    case = Running(flow)
    case.submit()
    first = case.task("amy", "a")

    case.approve("amy", "a")
    with pytest.raises(Conflict):
        case.run(c.Approve("amy"), first.visit, "amy")

    assert case.waits() == {"b": ["amy"]}


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


def test_a_node_without_a_way_for_no_takes_no_no() -> None:
    case = Running(flow_of([approve("a", "amy")], "start > a > end"))
    case.submit()

    with pytest.raises(Refused, match="不能“不同意”"):
        case.reject("amy", "a")


def test_no_ends_the_case_as_rejected_and_takes_back_what_it_did() -> None:
    flow = flow_of(
        [approve("a", "amy"), approve("b", "bob", on_reject="end")],
        "start > a > b > end",
        listens=["node.a.done", "node.b.rejected", "rejected"],
    )
    rules = {"node.a.done": ("reserve",), "node.b.rejected": ("log",), "rejected": ("tell",)}
    case = Running(flow, rules=rules)
    case.submit()
    case.approve("amy", "a")

    case.reject("bob", "b")

    assert (case.state, case.waits()) == ("rejected", {})
    assert case.ports.standing() == ["log", "tell"]


@pytest.mark.parametrize(("keys", "edge"), [({}, "; a > fix no"), ({"on_reject": "fix"}, "")])
def test_no_may_lead_to_another_node(keys: dict[str, str], edge: str) -> None:
    flow = flow_of([approve("a", "amy", **keys), fill("fix", "bob")], f"start > a > end; fix > a{edge}")
    case = Running(flow)
    case.submit()

    case.reject("amy", "a")
    assert case.waits() == {"fix": ["bob"]}
    case.complete("bob", "fix")
    case.approve("amy", "a")

    assert case.state == "approved"


@pytest.mark.parametrize(("keys", "edge"), [({}, "; a > stop no"), ({"on_reject": "stop"}, "")])
def test_no_that_leads_to_an_end_node_ends_the_case_as_rejected(keys: dict[str, str], edge: str) -> None:
    flow = flow_of([approve("a", "amy", **keys), end("stop"), end()], f"start > a > end{edge}")
    case = Running(flow)
    case.submit()

    case.reject("amy", "a")

    assert case.state == "rejected"


def test_no_that_leads_to_the_start_sends_the_case_back_for_correction() -> None:
    flow = flow_of([approve("a", "amy", on_reject="start")], "start > a > end", listens=["returned"])
    case = Running(flow)
    case.submit()

    case.reject("amy", "a")

    assert case.waits() == {"start": ["ivy"]}
    assert (case.state, case.ports.moments()) == ("running", ["returned"])
    assert case.why("ivy", "start") == ("艾米不同意",)


def test_whoever_said_no_is_not_taken_to_have_said_yes_at_the_next_node() -> None:
    flow = flow_of([approve("a", "amy", on_reject="b"), approve("b", "amy")], "start > a > end; b > end")
    case = Running(flow)
    case.submit()

    case.reject("amy", "a")

    assert case.waits() == {"b": ["amy"]}


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
