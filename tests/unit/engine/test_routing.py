"""How a token moves: straight on, by condition, in parallel, past notices and services, to the end."""

from __future__ import annotations

import pytest

from runtime.engine.execute import RunawayFlow
from runtime.language.flow import Edge
from runtime.language.refusal import Refused
from runtime.nodes import move as m
from runtime.nodes.node_kind import NoWayOut
from tests.unit.engine.flows import approve, edges_of, end, fill, flow_of, gate, notify, service
from tests.unit.engine.running import Running

BRANCH = flow_of(
    [gate("g", "exclusive"), approve("big", "amy"), approve("odd", "bob"), approve("small", "leo")],
    "start > g; g > big if big; g > odd if odd; g > small else; big > end; odd > end; small > end",
)
FORK = flow_of(
    [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob"), gate("j", "join"), approve("z", "leo")],
    "start > p; p > a > j; p > b > j; j > z > end",
    joins={"p": "j"},
)


def test_work_goes_from_node_to_node_and_the_case_ends() -> None:
    case = Running(flow_of([approve("a", "amy"), fill("b", "bob")], "start > a > b > end"))

    case.submit()
    assert case.waits() == {"a": ["amy"]}
    case.approve("amy", "a")
    assert case.waits() == {"b": ["bob"]}
    case.complete("bob", "b")

    assert (case.state, case.waits()) == ("approved", {})


@pytest.mark.parametrize(
    ("facts", "chosen"),
    [({"big": True, "odd": True}, "big"), ({"odd": True}, "odd"), ({}, "small")],
)
def test_the_first_edge_that_holds_is_taken_else_the_default(facts: dict[str, bool], chosen: str) -> None:
    case = Running(BRANCH)
    case.ports.facts = dict(facts)

    plan = case.submit()

    assert list(case.waits()) == [chosen]
    tried = next(move.because for move in plan.moves if isinstance(move, m.TokenMoved) and move.origin == "g")
    assert dict(tried) == {name: facts.get(name, False) for name in ("big", "odd")[: len(tried)]}


def test_where_nothing_holds_and_there_is_no_default_nothing_happens_and_the_trace_is_told() -> None:
    flow = flow_of(
        [gate("g", "exclusive"), approve("a", "amy")], "start > g; g > a if big; g > end if odd; a > end"
    )
    case = Running(flow)

    with pytest.raises(NoWayOut, match="“big”不成立、“odd”不成立") as refused:
        case.submit()

    assert refused.value.trace == (("big", False), ("odd", False))
    assert (case.state, case.rows.history) == ("draft", [])


def test_parallel_branches_wait_for_each_other_at_the_join() -> None:
    case = Running(FORK)

    case.submit()
    assert case.waits() == {"a": ["amy"], "b": ["bob"]}
    case.approve("bob", "b")
    assert case.waits() == {"a": ["amy"]}
    case.approve("amy", "a")

    assert case.waits() == {"z": ["leo"]}
    assert case.visited().count("z") == 1
    assert case.rows.scopes[1].state == "closed"


def test_a_branch_may_lead_to_the_join_at_once() -> None:
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), gate("j", "join")],
        "start > p; p > j; p > a > j; j > end",
        joins={"p": "j"},
    )
    case = Running(flow)

    case.submit()
    assert case.waits() == {"a": ["amy"]}
    case.approve("amy", "a")

    assert case.state == "approved"


NESTED = flow_of(
    [
        gate("p", "parallel"), gate("q", "parallel"), gate("k", "join"), gate("j", "join"),
        approve("a", "amy"), approve("b", "bob"), approve("c", "cal"), approve("z", "leo"),
    ],
    "start > p; p > q; q > a > k; q > b > k; k > j; p > c > j; j > z > end",
    joins={"p": "j", "q": "k"},
)  # fmt: skip


@pytest.mark.parametrize("order", [("amy", "bob", "cal"), ("cal", "bob", "amy"), ("bob", "cal", "amy")])
def test_a_split_inside_a_branch_joins_before_the_branch_does(order: tuple[str, ...]) -> None:
    case = Running(NESTED)
    case.submit()

    for person in order:
        assert "z" not in case.waits()
        case.approve(person, {"amy": "a", "bob": "b", "cal": "c"}[person])

    assert case.waits() == {"z": ["leo"]}


@pytest.mark.parametrize("inner", [{}, {"q": "j"}])
@pytest.mark.parametrize("order", ["abc", "cba", "acb"])
def test_inner_branches_may_meet_at_the_join_of_the_outer_split(inner: dict[str, str], order: str) -> None:
    people = {"a": "amy", "b": "bob", "c": "cal"}
    flow = flow_of(
        [
            gate("p", "parallel"), gate("q", "parallel"), gate("j", "join"), approve("z", "leo"),
            *(approve(code, who) for code, who in people.items()),
        ],
        "start > p; p > q; q > a > j; q > b > j; p > c > j; j > z > end",
        joins={"p": "j"} | inner,
    )  # fmt: skip
    case = Running(flow)
    case.submit()

    for code in order:
        assert "z" not in case.waits()
        case.approve(people[code], code)

    assert case.waits() == {"z": ["leo"]}
    assert case.visited().count("z") == 1


def test_an_inner_branch_that_ends_leaves_the_outer_join_to_the_others() -> None:
    flow = flow_of(
        [
            gate("p", "parallel"), gate("q", "parallel"), gate("j", "join"), approve("z", "leo"), end("stop"),
            approve("a", "amy"), approve("b", "bob"), approve("c", "cal"), end(),
        ],
        "start > p; p > q; q > a > j; q > b > stop; p > c > j; j > z > end",
        joins={"p": "j"},
    )  # fmt: skip
    case = Running(flow)
    case.submit()

    case.approve("amy", "a")
    case.approve("bob", "b")
    assert case.waits() == {"c": ["cal"]}
    case.approve("cal", "c")

    assert case.waits() == {"z": ["leo"]}


ENDING = flow_of(
    [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob"), gate("j", "join"), approve("z", "leo")],
    "start > p; p > a > j; p > b > end; j > z > end",
    joins={"p": "j"},
)


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_branch_that_ends_is_not_waited_for(order: str) -> None:
    case = Running(ENDING)
    case.submit()

    for code in order:
        case.approve({"a": "amy", "b": "bob"}[code], code)

    assert case.waits() == {"z": ["leo"]}
    case.approve("leo", "z")
    assert case.state == "approved"


def test_a_case_ends_only_when_no_branch_is_left() -> None:
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob")],
        "start > p; p > a > end; p > b > end",
    )
    case = Running(flow)
    case.submit()

    case.approve("amy", "a")
    assert (case.state, case.waits()) == ("running", {"b": ["bob"]})
    case.approve("bob", "b")

    assert case.state == "approved"


def test_branches_that_merge_without_a_join_pass_one_by_one() -> None:
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), approve("b", "bob"), approve("z", "leo")],
        "start > p; p > a > z; p > b > z; z > end",
    )
    case = Running(flow)
    case.submit()

    case.approve("amy", "a")
    case.approve("leo", "z")
    case.approve("bob", "b")
    assert case.waits() == {"z": ["leo"]}
    case.approve("leo", "z")

    assert (case.state, case.visited().count("z")) == ("approved", 2)


def test_a_split_whose_branches_met_at_no_known_join_refuses_to_go_on() -> None:
    case = Running(flow_of(ENDING.flow.nodes, ENDING.flow.edges))
    case.submit()
    case.approve("amy", "a")

    with pytest.raises(Refused, match="没有与之配对的汇合"):
        case.approve("bob", "b")


def test_a_join_outside_a_split_lets_the_token_through() -> None:
    case = Running(flow_of([gate("j", "join"), approve("a", "amy")], "start > j > a > end"))

    case.submit()

    assert case.waits() == {"a": ["amy"]}


@pytest.mark.parametrize("first", [True, False], ids=["before the other branch", "after it"])
def test_an_end_that_terminates_takes_the_other_branches_away(first: bool) -> None:
    edges = ["p > a > end", "p > stop"] if first else ["p > stop", "p > a > end"]
    flow = flow_of(
        [gate("p", "parallel"), approve("a", "amy"), end("stop", terminate=True), end()],
        "; ".join(["start > p", *edges]),
        listens=["approved"],
    )
    case = Running(flow)

    case.submit()

    assert (case.state, case.waits(), case.ports.moments()) == ("approved", {}, ["approved"])


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


def test_a_flow_that_loops_without_waiting_is_stopped() -> None:
    flow = flow_of(
        [gate("g", "exclusive"), gate("h", "exclusive")], "start > g > h; h > g if odd; h > end else"
    )

    with pytest.raises(RunawayFlow, match="流程 f 在一次处理中走了 10001 步仍未停下"):
        Running(flow, odd=True).submit()


def test_a_loop_asks_the_same_person_again_and_again() -> None:
    flow = flow_of(
        [approve("a", "amy"), approve("b", "amy"), gate("g", "exclusive")],
        "start > a > b > g; g > a if odd; g > end else",
    )
    case = Running(flow, odd=True)
    case.submit()

    case.approve("amy", "a")  # passes b for her, and comes back to her
    assert case.waits() == {"a": ["amy"]}
    case.ports.facts["odd"] = False
    case.approve("amy", "a")

    assert (case.state, case.visited()) == ("approved", ["a", "b", "a", "b"])


def test_the_marks_of_a_flow_written_as_text_belong_to_its_last_edge() -> None:
    assert list(edges_of("a > b > c if big; c > d no; c > e else")) == [
        Edge("a", "b"), Edge("b", "c", when="big"), Edge("c", "d", outcome="rejected"),
        Edge("c", "e", default=True),
    ]  # fmt: skip
