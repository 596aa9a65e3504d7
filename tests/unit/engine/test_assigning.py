"""Who gets a node's work: the policies in their fixed order, and the reasons people are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from runtime.engine.resolve import NobodyFound
from runtime.language.directory import Person
from runtime.language.flow import Node, Source
from tests.unit.engine.cases import NOBODY, submitted
from tests.unit.engine.flows import approve, fill, flow_of, gate, notify, user
from tests.unit.engine.people import house
from tests.unit.engine.running import Running


def test_sources_are_united_in_order_and_exclusions_taken_out() -> None:
    case = submitted(approve("a", "bob", "amy", "bob", "leo", exclude=user("amy")))

    assert case.waits() == {"a": ["bob", "leo"]}


def test_people_are_told_which_source_found_them_first() -> None:
    sources = (Source("superior", "initiator"), Source("role", "buyer"), Source("user", "eva"))
    case = submitted(approve("a", assignees=sources))

    assert case.why("eva", "a") == ("发起人的直属上级",)
    assert case.why("una", "a") == ("角色“采购员”的成员",)


@pytest.mark.parametrize(
    ("gone", "instead", "because"),
    [
        ("old", "bob", "奥德已停用，由鲍勃接替"),
        ("off", "leo", "奥夫已停用，由利奥接替"),
        ("ago", "eva", "阿戈已停用，由伊娃接替"),
    ],
)
def test_whoever_left_is_replaced_by_a_successor_or_the_head(gone: str, instead: str, because: str) -> None:
    case = submitted(approve("a", gone))

    assert case.waits() == {"a": [instead]}
    assert case.why(instead, "a") == ("指定人员", because)


def test_whoever_is_excluded_does_not_come_back_as_a_successor() -> None:
    case = submitted(approve("a", "old", "leo", exclude=user("bob")))

    assert case.waits() == {"a": ["leo"]}


def test_somebody_who_stands_in_and_was_meant_anyway_is_asked_once() -> None:
    case = submitted(approve("a", "bob", "old"))

    assert case.waits() == {"a": ["bob"]}
    assert case.why("bob", "a") == ("指定人员",)


def test_what_nobody_can_be_found_for_goes_to_the_process_administrators() -> None:
    case = submitted(approve("a", assignees=NOBODY))

    assert case.waits() == {"a": ["ada"]}
    assert case.why("ada", "a") == ("角色“空角色”的成员：找不到处理人", "转流程管理员")


@pytest.mark.parametrize("keys", [{"empty": "block"}, {}], ids=["by policy", "no administrator either"])
def test_where_nobody_can_be_found_the_action_may_be_refused(keys: Mapping[str, Any]) -> None:
    flow = flow_of([approve("a", assignees=NOBODY, **keys)], "start > a > end")
    case = Running(flow, directory=house(admins=[]))

    with pytest.raises(NobodyFound, match="节点“a”找不到处理人（角色“空角色”的成员）"):
        case.submit()

    assert case.state == "draft"


@pytest.mark.parametrize(("kind", "outcome"), [(approve, "approved"), (fill, "completed")])
def test_a_node_without_people_may_pass(kind: Any, outcome: str) -> None:
    case = submitted(kind("a", assignees=NOBODY, empty="pass"), approve("b", "bob"))

    visit = case.rows.visits[1]
    assert (visit.state, visit.outcome, visit.total) == ("closed", outcome, 0)
    assert case.waits() == {"b": ["bob"]}
    assert "找不到处理人，按设置自动通过" in case.rows.history[0]


def test_a_node_without_people_may_reject() -> None:
    case = submitted(approve("a", assignees=NOBODY, empty="reject"))

    assert case.state == "rejected"
    assert "找不到处理人，按设置自动不通过" in case.rows.history[0]


@pytest.mark.parametrize(("target", "state"), [("start", "running"), ("end", "rejected")])
def test_a_rejection_without_people_takes_back_the_branches_that_have_not_started(
    target: str, state: str
) -> None:
    nobody = approve("a", assignees=NOBODY, empty="reject", on_reject=target)
    flow = flow_of(
        [gate("p", "parallel"), nobody, approve("b", "bob"), gate("j", "join")],
        "start > p; p > a > j; p > b > j; j > end",
        joins={"p": "j"},
    )
    case = Running(flow)

    case.submit()

    assert (case.state, case.waits()) == (state, {"start": ["ivy"]} if target == "start" else {})
    assert case.rows.scopes[1].state == "withdrawn"
    if target == "start":
        assert case.why("ivy", "start") == ("找不到处理人，按设置自动不通过",)


@pytest.mark.parametrize(("named", "found"), [(("bob", "leo"), ["bob", "leo"]), (("ghost",), ["ada"])])
def test_a_node_without_people_may_name_others(named: tuple[str, ...], found: list[str]) -> None:
    case = submitted(approve("a", assignees=NOBODY, empty="named", empty_to=user(*named)))

    assert case.waits() == {"a": found}


def test_the_others_of_a_group_act_instead_of_the_initiator() -> None:
    case = submitted(approve("a", assignees=(Source("role", "buyer"),)), initiator="una")

    assert case.waits() == {"a": ["cal", "gus"]}


@pytest.mark.parametrize(
    ("initiator", "found"), [("eva", "sue"), ("nora", "gus"), ("gus", "gus")], ids=["head", "company", "top"]
)
def test_whoever_would_approve_their_own_case_is_replaced_by_a_superior(initiator: str, found: str) -> None:
    case = submitted(approve("a", initiator), initiator=initiator)

    assert case.waits() == {"a": [found]}
    last = "发起人没有上级，由本人处理" if found == initiator else "处理人就是发起人本人，上移到其上级"
    assert case.why(found, "a") == ("指定人员", last)


def test_a_superior_who_left_is_replaced_as_well() -> None:
    directory = house(Person(3, "sue", "苏", "sales", "north", active=False, successor="una"))
    case = submitted(approve("a", "eva"), initiator="eva", directory=directory)

    assert case.waits() == {"a": ["una"]}


def test_the_initiator_may_be_allowed_to_approve() -> None:
    assert submitted(approve("a", "ivy", self_policy="self")).waits() == {"a": ["ivy"]}


def test_the_initiators_own_approval_may_pass_by_itself() -> None:
    case = submitted(approve("a", "ivy", self_policy="pass"), approve("b", "bob"))

    assert case.waits() == {"b": ["bob"]}
    assert case.tasks("a") == {"ivy": "done"}
    assert "处理人就是发起人，按设置自动通过" in case.rows.history[0]


@pytest.mark.parametrize(
    "node",
    [fill("a", "ivy"), approve("a", assignees=(Source("initiator"),))],
    ids=["fills in", "is named on purpose"],
)
def test_the_initiator_acts_where_that_is_the_point(node: Node) -> None:
    assert submitted(node).waits() == {"a": ["ivy"]}


def test_the_initiator_is_told_what_others_are_told() -> None:
    assert submitted(notify("n", "ivy", "bob")).told() == ["ivy", "bob"]


def test_an_administrator_who_steps_in_does_not_approve_their_own_case() -> None:
    node = approve("a", assignees=NOBODY)

    assert submitted(node, initiator="ada").waits() == {"a": ["gus"]}
    assert submitted(node, initiator="ada", directory=house(admins=["ada", "bob"])).waits() == {"a": ["bob"]}


def test_the_initiator_named_for_a_node_without_people_is_named_on_purpose() -> None:
    named = (Source("initiator"),)

    assert submitted(approve("a", assignees=NOBODY, empty="named", empty_to=named)).waits() == {"a": ["ivy"]}
