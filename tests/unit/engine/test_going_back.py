"""Returning, withdrawing, submitting again, terminating."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runtime.engine import command as c
from runtime.language.directory import Person
from runtime.language.flow import Decide
from runtime.language.refusal import Conflict, Forbidden, Refused
from tests.unit.engine.flows import approve, fill, flow_of, gate, service
from tests.unit.engine.people import house
from tests.unit.engine.running import Running

LINE = flow_of(
    [fill("f", "cal"), approve("a", "amy"), approve("b", "bob"), approve("z", "leo", return_to=("a",))],
    "start > f > a > b > z > end",
)
#: Two branches, the first splits again: a | b inside, then c; the other is d > e.
TREE = flow_of(
    [
        approve("one", "una"), gate("p", "parallel"), gate("q", "parallel"), gate("k", "join"),
        gate("j", "join"), approve("c0", "cal"), approve("a", "amy"), approve("b", "bob"),
        approve("d", "leo"), approve("e", "eva"), approve("z", "nora"),
    ],
    "start > one > p; p > c0 > q; q > a > k; q > b > k; k > j; p > d > e > j; j > z > end",
    joins={"p": "j", "q": "k"},
)  # fmt: skip


def tree() -> Running:
    """Return the tree with both inner branches and the outer one waiting."""
    case = Running(TREE)
    case.submit()
    case.approve("una", "one")
    case.approve("cal", "c0")
    case.approve("leo", "d")
    assert case.waits() == {"a": ["amy"], "b": ["bob"], "e": ["eva"]}
    return case


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


def test_a_return_to_the_start_withdraws_every_branch() -> None:
    case = tree()

    case.send_back("amy", "a", to="start")

    assert case.waits() == {"start": ["ivy"]}
    assert {scope.state for scope in case.rows.scopes.values()} == {"withdrawn"}
    with pytest.raises(Conflict, match="已被撤回、退回或终止"):
        case.approve("eva", "e")
    case.submit()
    assert case.waits() == {"one": ["una"]}


def test_a_return_to_before_the_split_withdraws_the_whole_split() -> None:
    case = tree()

    case.send_back("eva", "e", to="one")

    assert case.waits() == {"one": ["una"]}
    case.approve("una", "one")
    assert case.waits() == {"c0": ["cal"], "d": ["leo"]}
    assert [scope.state for scope in case.rows.scopes.values()] == ["withdrawn", "withdrawn", "open"]


def test_a_return_out_of_the_inner_split_leaves_the_other_branch_alone() -> None:
    case = tree()

    case.send_back("bob", "b", to="c0")

    assert case.waits() == {"c0": ["cal"], "e": ["eva"]}
    assert [scope.state for scope in case.rows.scopes.values()] == ["open", "withdrawn"]
    finish_tree(case)


def test_a_return_inside_the_own_branch_leaves_the_others_alone() -> None:
    case = tree()

    case.send_back("eva", "e", to="d")

    assert case.waits() == {"a": ["amy"], "b": ["bob"], "d": ["leo"]}
    finish_tree(case)


def finish_tree(case: Running) -> None:
    """Let everybody approve until the case ends; every branch joins exactly once."""
    seen = 0
    while case.state == "running":
        node, people = next(iter(case.waits().items()))
        case.approve(people[0], node)
        seen += node == "z"
    assert (case.state, seen) == ("approved", 1)


def test_nobody_returns_into_another_branch() -> None:
    case = tree()

    with pytest.raises(Refused, match="可退回到：发起、one、c0"):
        case.send_back("amy", "a", to="d")


def test_effects_go_back_with_the_work_but_a_siblings_stay() -> None:
    moments = [f"node.{code}.done" for code in ("one", "c0", "d")]
    flow = flow_of(TREE.flow.nodes, TREE.flow.edges, joins=TREE.joins, listens=[*moments, "submitted"])
    rules = {moment: (moment,) for moment in [*moments, "submitted"]}
    case = Running(flow, rules=rules)
    case.submit()
    case.approve("una", "one")
    case.approve("leo", "d")
    case.approve("cal", "c0")

    case.send_back("amy", "a", to="c0")
    assert case.ports.standing() == ["submitted", "node.one.done", "node.d.done"]
    case.send_back("eva", "e", to="one")
    assert case.ports.standing() == ["submitted"]
    case.send_back("una", "one", to="start")
    assert case.ports.standing() == []


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
    case.rows.case = replace(case.rows.case, state="suspended")

    with pytest.raises(Conflict, match="暂不能办理"):
        case.complete("cal", "f")


def test_somebody_without_a_task_has_nothing_to_act_on() -> None:
    case = Running(LINE)
    case.submit()

    with pytest.raises(Refused, match="没有需要您办理的待办"):
        case.run(c.Approve("amy"))
