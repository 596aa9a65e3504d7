"""Questions to the organisation: who leads whom, who stands in."""

from __future__ import annotations

import pytest

from runtime.language.directory import Company, Department, Directory, Person
from tests.unit.engine.people import HOUSE, house


def test_people_are_found_by_code_and_by_number() -> None:
    assert HOUSE.person("ivy") is HOUSE.by_id(1)
    assert (HOUSE.person("ghost"), HOUSE.person(None), HOUSE.by_id(99), HOUSE.by_id(None)) == (None,) * 4
    assert HOUSE.numbers(["leo", "ghost", "ivy"]) == (7, 1)


def test_a_department_knows_what_stands_above_and_below_it() -> None:
    assert [one.code for one in HOUSE.upwards("east")] == ["east", "sales"]
    assert HOUSE.tree("sales") == {"sales", "east"}
    assert (list(HOUSE.upwards(None)), HOUSE.tree("gone"), HOUSE.tree(None)) == ([], frozenset(), frozenset())


def test_heads_are_listed_from_the_nearest_to_the_top_of_the_group() -> None:
    assert list(HOUSE.heads("east")) == ["eva", "sue", "nora", "gus"]
    assert list(HOUSE.heads(None, company="north")) == ["nora", "gus"]
    assert list(HOUSE.heads(None)) == []


@pytest.mark.parametrize(
    ("department", "above", "head"),
    [("east", None, "eva"), ("east", "eva", "sue"), ("legal", "leo", "nora"), ("gone", None, None)],
)
def test_a_heads_own_head_is_the_next_one_up(department: str, above: str | None, head: str | None) -> None:
    assert HOUSE.head_of(department, above=above) == head


def test_the_company_above_leads_a_company_without_a_head() -> None:
    directory = Directory(
        1,
        companies={one.code: one for one in (Company("top", "总", head="gus"), Company("sub", "子", "top"))},
    )

    assert (directory.company_head_of("sub"), directory.company_head_of(None)) == ("gus", None)


def test_a_circle_in_the_organisation_ends_the_search() -> None:
    directory = Directory(
        1,
        people={
            "a": Person(1, "a", "甲", "x", "p", active=False, successor="b"),
            "b": Person(2, "b", "乙", "x", "p", active=False, successor="a", superior="b"),
        },
        departments={"x": Department("x", "X", "p", "y"), "y": Department("y", "Y", "p", "x")},
        companies={"p": Company("p", "P", "q"), "q": Company("q", "Q", "p")},
    )

    assert [one.code for one in directory.upwards("x")] == ["x", "y"]
    assert directory.tree("x") == {"x", "y"}
    assert (directory.head_of("x"), directory.stand_in_for("a"), directory.superior_of("b")) == (None,) * 3


@pytest.mark.parametrize(
    ("person", "heir"), [("old", "bob"), ("off", "leo"), ("ago", "eva"), ("ghost", None)]
)
def test_a_successor_stands_in_else_the_nearest_head_who_is_here(person: str, heir: str | None) -> None:
    assert HOUSE.stand_in_for(person) == heir


def test_a_head_who_left_is_passed_over() -> None:
    left = Person(7, "leo", "利奥", "legal", "north", active=False)

    assert house(left).stand_in_for("leo") == "nora"
    assert house(left).stand_in_for("off") == "nora"


def test_a_slot_is_bound_for_its_own_pack_only() -> None:
    assert (HOUSE.bound("shop", "buyer"), HOUSE.bound("other", "buyer")) == ("buyers", "buyer")
    assert (HOUSE.members("buyers"), HOUSE.members("gone")) == (("una", "cal", "gus"), ())
    assert HOUSE.roles_of("una") == {"buyers"}
