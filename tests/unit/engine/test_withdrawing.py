"""Withdrawing, submitting again, terminating; what an ended case still takes."""

from __future__ import annotations

import pytest

from runtime.engine import command as c
from runtime.language.refusal import Conflict, Forbidden, Refused
from tests.unit.engine.cases import LINE
from tests.unit.engine.flows import approve, flow_of, service
from tests.unit.engine.running import Running


def test_an_ended_case_takes_no_more_commands() -> None:
    case = Running(flow_of([approve("a", "amy")], "start > a > end"))
    case.submit()
    case.approve("amy", "a")

    with pytest.raises(Conflict, match="已经办结"):
        case.run(c.Submit("ivy"))
    with pytest.raises(Conflict, match="不在流转中"):
        case.withdraw()
    with pytest.raises(Conflict, match="已由艾米处理"):
        case.approve("amy", "a")
    with pytest.raises(Conflict, match="已经办结"):
        case.run(c.Terminate("ada"))


def test_the_initiator_withdraws_while_nobody_has_acted() -> None:
    case = Running(LINE)
    case.submit()

    case.withdraw()

    assert (case.state, case.waits()) == ("withdrawn", {})
    with pytest.raises(Conflict, match="已被撤回、退回或终止"):
        case.complete("cal", "f")
    case.submit()
    assert (case.waits(), case.rows.case.submission) == ({"f": ["cal"]}, 2)
    assert case.task("cal", "f").visit == 2


def test_after_somebody_acted_withdrawing_is_over_until_the_next_submission() -> None:
    case = Running(LINE)
    case.submit()
    case.complete("cal", "f")

    with pytest.raises(Conflict, match="已有人办理"):
        case.withdraw()
    case.send_back("amy", "a", to="start")
    case.submit()
    case.withdraw()
    assert case.state == "withdrawn"


def test_only_the_initiator_withdraws() -> None:
    case = Running(LINE)
    case.submit()

    with pytest.raises(Forbidden, match="只有发起人可以撤回"):
        case.withdraw("cal")


def test_a_flow_may_allow_withdrawing_until_its_end() -> None:
    case = Running(flow_of(LINE.flow.nodes, LINE.flow.edges, withdraw="until_end"))
    case.submit()
    case.complete("cal", "f")

    case.withdraw()

    assert case.state == "withdrawn"


def test_what_passed_by_itself_or_was_claimed_does_not_hinder_withdrawing() -> None:
    flow = flow_of(
        [approve("a", "ivy", self_policy="pass"), approve("b", "amy", "bob")], "start > a > b > end"
    )
    case = Running(flow)
    case.submit()
    case.act(c.Claim("amy"), "b")

    case.withdraw()

    assert (case.state, case.tasks("b")) == ("withdrawn", {"amy": "withdrawn", "bob": "withdrawn"})


def test_withdrawing_and_submitting_again_leaves_each_effect_once() -> None:
    flow = flow_of(
        [service("s", "hold"), approve("a", "amy")], "start > s > a > end", listens=["submitted", "withdrawn"]
    )
    case = Running(flow, rules={"submitted": ("number",)})

    case.submit()
    case.withdraw()
    assert (case.ports.standing(), case.ports.moments()[-1]) == ([], "withdrawn")
    case.submit()

    assert case.ports.standing() == ["number", "hold"]


@pytest.mark.parametrize("submitted", [True, False])
def test_a_case_is_terminated_from_outside(submitted: bool) -> None:
    case = Running(flow_of([approve("a", "amy")], "start > a > end", listens=["submitted", "terminated"]))
    case.ports.rules = {"submitted": ("hold",), "terminated": ("tell",)}
    if submitted:
        case.submit()

    case.run(c.Terminate("ada"))

    assert (case.state, case.waits(), case.ports.standing()) == ("terminated", {}, ["tell"])


def test_a_suspended_case_waits() -> None:
    case = Running(LINE)
    case.submit()
    case.rows.case = case.rows.case._replace(state="suspended")

    with pytest.raises(Conflict, match="暂不能办理"):
        case.complete("cal", "f")


def test_somebody_without_a_task_has_nothing_to_act_on() -> None:
    case = Running(LINE)
    case.submit()

    with pytest.raises(Refused, match="没有需要您办理的待办"):
        case.run(c.Approve("amy"))
