"""Who gets a node's work: the policies in their fixed order, and the reasons people are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from runtime.engine.resolve import NobodyFound
from runtime.language.directory import Person
from runtime.language.flow import Decide, Node, Source
from tests.unit.engine.flows import approve, fill, flow_of, notify, user
from tests.unit.engine.people import house
from tests.unit.engine.running import Running

NOBODY = (Source("role", "nobody"),)


def submitted(*nodes: Node, initiator: str = "ivy", **keys: Any) -> Running:
    """Return a submitted case whose nodes follow one another."""
    codes = " > ".join(node.code for node in nodes)
    case = Running(flow_of(nodes, f"start > {codes} > end"), initiator=initiator, **keys)
    case.submit()
    return case


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


def test_two_nodes_in_a_row_ask_the_same_person_once() -> None:
    case = submitted(approve("a", "amy"), approve("b", "amy"), approve("c", "bob"))

    case.approve("amy", "a")

    assert case.waits() == {"c": ["bob"]}
    assert "与上一节点处理人相同，自动通过" in case.rows.history[1]


def test_a_superior_who_stands_in_for_the_initiator_is_asked_once_as_well() -> None:
    case = submitted(
        approve("a", assignees=(Source("superior", "initiator"),)), approve("b", "eva"), initiator="eva"
    )

    case.approve("sue", "a")

    assert case.state == "approved"


def test_a_passed_node_passes_the_next_one_too() -> None:
    case = submitted(approve("a", "amy"), approve("b", "amy"), approve("c", "amy"))

    case.approve("amy", "a")

    assert case.state == "approved"


def test_the_start_does_not_pass_the_initiators_first_node() -> None:
    case = submitted(approve("a", "ivy", self_policy="self"))

    case.send_back("ivy", "a", to="start")
    case.submit()

    assert case.waits() == {"a": ["ivy"]}


ASKS = [{"edit": ("x",)}, {"require": ("x",)}, {"opinion": "required"}, {"duplicates": "none"}]


@pytest.mark.parametrize("keys", ASKS, ids=["edit", "require", "opinion", "none"])
@pytest.mark.parametrize("duplicates", ["adjacent", "earlier"])
def test_a_node_that_asks_for_something_asks_again(keys: dict[str, Any], duplicates: str) -> None:
    second = approve("b", "amy", **({"duplicates": duplicates} | keys))
    case = submitted(approve("a", "amy"), second)

    case.approve("amy", "a")

    assert case.waits() == {"b": ["amy"]}


def test_a_fill_node_is_never_passed_for_its_people() -> None:
    case = submitted(approve("a", "amy"), fill("b", "amy"))

    case.approve("amy", "a")

    assert case.waits() == {"b": ["amy"]}


def test_only_adjacent_nodes_are_compared_unless_the_node_says_otherwise() -> None:
    between = approve("b", "bob")
    adjacent = submitted(approve("a", "amy"), between, approve("c", "amy"))
    earlier = submitted(approve("a", "amy"), between, approve("c", "amy", duplicates="earlier"))

    for case in (adjacent, earlier):
        case.approve("amy", "a")
        case.approve("bob", "b")

    assert adjacent.waits() == {"c": ["amy"]}
    assert earlier.state == "approved"
    assert "此前已同意，自动通过" in earlier.rows.history[-1]


def test_the_approval_under_way_is_an_earlier_one() -> None:
    case = submitted(approve("a", "amy"), approve("b", "amy", duplicates="earlier"))

    case.approve("amy", "a")

    assert case.state == "approved"


def test_an_approval_before_a_return_is_no_earlier_one() -> None:
    case = submitted(approve("a", "amy"), approve("b", "bob"), approve("c", "amy", duplicates="earlier"))
    case.approve("amy", "a")
    case.send_back("bob", "b", to="start")
    case.ports.directory = house(Person(8, "amy", "艾米", active=False, successor="cal"))
    case.submit()
    case.approve("cal", "a")
    case.ports.directory = house()

    case.approve("bob", "b")

    assert case.waits() == {"c": ["amy"]}


def test_everybody_who_approved_together_is_a_duplicate_at_the_next_node() -> None:
    nodes = [
        approve("a", "amy", "bob", "leo", decide=Decide("count", 2)),
        approve("b", "amy", "bob", "cal", decide=Decide("all")),
    ]
    case = submitted(*nodes)
    case.approve("amy", "a")

    case.approve("bob", "a")

    assert case.waits() == {"b": ["cal"]}


def test_an_outvoted_no_passes_nothing() -> None:
    first = approve("a", "amy", "bob", "leo", decide=Decide("count", 2), finish="all", on_reject="end")
    case = submitted(first, approve("b", "leo"))
    case.approve("amy", "a")
    case.approve("bob", "a")

    case.reject("leo", "a")

    assert case.waits() == {"b": ["leo"]}


PREVIOUS = (Source("previous"),)


def test_the_previous_handler_is_whoever_acted_last() -> None:
    case = submitted(approve("a", "amy", "bob"), fill("b", assignees=PREVIOUS))

    case.approve("bob", "a")

    assert case.waits() == {"b": ["bob"]}


def test_behind_the_start_the_previous_handler_is_the_initiator() -> None:
    assert submitted(fill("b", assignees=PREVIOUS)).waits() == {"b": ["ivy"]}


def test_everybody_who_approved_together_is_a_previous_handler() -> None:
    first = approve("a", "amy", "bob", decide=Decide("all"))
    case = submitted(first, fill("b", assignees=PREVIOUS))
    case.approve("amy", "a")

    case.approve("bob", "a")

    assert case.waits() == {"b": ["amy", "bob"]}


def test_behind_a_node_that_passed_the_previous_handler_is_known_as_well() -> None:
    passed = approve("b", "amy")
    nobody = approve("c", assignees=NOBODY, empty="pass")
    case = submitted(approve("a", "amy"), passed, nobody, fill("d", assignees=PREVIOUS))

    case.approve("amy", "a")

    assert case.waits() == {"d": ["amy"]}


def test_the_previous_handler_may_be_excluded() -> None:
    node = approve("b", "amy", "leo", exclude=PREVIOUS)
    case = submitted(approve("a", "amy"), node)

    case.approve("amy", "a")

    assert case.waits() == {"b": ["leo"]}
