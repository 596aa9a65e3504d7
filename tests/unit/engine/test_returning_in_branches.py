"""Going back inside, and out of, parallel branches."""

from __future__ import annotations

import pytest

from runtime.language.refusal import Conflict, Refused
from tests.unit.engine.flows import approve, flow_of, gate
from tests.unit.engine.running import Running

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
