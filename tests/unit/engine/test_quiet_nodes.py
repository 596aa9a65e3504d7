"""Nodes that wait for nobody: notices, services, and the rules that fire on the way."""

from __future__ import annotations

import pytest

from runtime.language.refusal import Refused
from runtime.nodes import move as m
from tests.unit.engine.flows import approve, fill, flow_of, gate, notify, service
from tests.unit.engine.running import Running


def test_a_notice_waits_for_nobody() -> None:
    case = Running(flow_of([notify("n", "bob", "leo"), approve("a", "amy")], "start > n > a > end"))

    case.submit()

    assert (case.told(), case.waits()) == (["bob", "leo"], {"a": ["amy"]})
    assert case.why("bob", "n") == ("指定人员",)


def test_a_notice_at_the_end_does_not_delay_it() -> None:
    case = Running(flow_of([approve("a", "amy"), notify("n", "bob")], "start > a > n > end"))
    case.submit()

    case.approve("amy", "a")

    assert (case.state, case.told()) == ("approved", ["bob"])
    assert case.task("bob", "n").state == "open"


def test_a_notice_for_nobody_is_none() -> None:
    case = Running(flow_of([notify("n", "ghost")], "start > n > end"))

    case.submit()

    assert (case.state, case.told()) == ("approved", [])


def test_a_service_runs_its_rules_in_order_and_a_later_condition_sees_what_they_wrote() -> None:
    flow = flow_of(
        [service("s", "one", "two"), gate("g", "exclusive"), approve("a", "amy")],
        "start > s > g; g > a if big; g > end else; a > end",
    )
    case = Running(flow, writes={"one": {"big": False}, "two": {"big": True}})

    plan = case.submit()

    assert case.waits() == {"a": ["amy"]}
    fired = next(plan.of(m.RulesFired))
    assert fired == m.RulesFired("node.s.entered", "/", 0, ({"rule": "one"}, {"rule": "two"}))


def test_rules_fire_at_the_moments_they_wait_for_and_at_no_others() -> None:
    moments = [
        "submitted", "node.s.entered", "node.s.done", "node.n.done", "node.a.entered", "node.a.approved",
        "node.a.done", "node.b.done", "approved",
    ]  # fmt: skip
    flow = flow_of(
        [service("s"), notify("n", "bob"), approve("a", "amy"), fill("b", "bob")],
        "start > s > n > a > b > end",
        listens=moments,
    )
    case = Running(flow)

    case.submit()
    case.approve("amy", "a")
    case.complete("bob", "b")

    assert case.ports.moments() == moments
    assert [trigger.visit for trigger in case.ports.fired] == [0, 0, 0, 0, 0, 2, 2, 3, 3]


def test_a_guard_that_fails_stops_the_whole_action() -> None:
    flow = flow_of([approve("a", "amy")], "start > a > end", listens=["approved"])
    case = Running(flow, rules={"approved": ("book",)})
    case.submit()
    case.ports.guarded.add("book")
    before = case.rows.state()

    with pytest.raises(Refused, match="余额不足"):
        case.approve("amy", "a")

    assert case.rows.state() == before
    case.ports.guarded.clear()
    case.approve("amy", "a")
    assert case.state == "approved"
