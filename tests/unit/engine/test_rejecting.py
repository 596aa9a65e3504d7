"""Where a no leads."""

from __future__ import annotations

import pytest

from runtime.language.refusal import Refused
from tests.unit.engine.flows import approve, end, fill, flow_of
from tests.unit.engine.running import Running


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
