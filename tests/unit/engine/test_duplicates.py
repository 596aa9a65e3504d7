"""The same person twice, and the previous handler."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.language.directory import Person
from runtime.language.flow import Decide, Source
from tests.unit.engine.cases import NOBODY, submitted
from tests.unit.engine.flows import approve, fill
from tests.unit.engine.people import house


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
