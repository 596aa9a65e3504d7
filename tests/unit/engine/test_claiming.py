"""Work that one of several takes, and work that is done already."""

from __future__ import annotations

import pytest

from runtime.engine import command as c
from runtime.language.refusal import Conflict, Refused
from tests.unit.engine.cases import FIVE, deciding
from tests.unit.engine.flows import approve, flow_of
from tests.unit.engine.running import Running


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
