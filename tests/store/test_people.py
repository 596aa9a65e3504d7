"""The list of people: found by part of a name, page by page in both directions."""

from __future__ import annotations

import pytest

from runtime.store import organisation, people
from runtime.store.people import Page
from runtime.store.session import Session
from runtime.store.transaction import transaction
from tests.store.organisation import ORGANISATION

EVERYBODY = ["boss", "lead", "nora", "sam", "lara", "root"]


@pytest.fixture(autouse=True)
def _people(session: Session) -> None:
    with transaction(session) as tx:
        data = [one | {"active": False} if one["code"] == "nora" else one for one in ORGANISATION["people"]]
        organisation.load_organisation(tx, ORGANISATION | {"people": data})


def codes(page: Page) -> list[str]:
    return [one.code for one in page.people]


def test_people_are_listed_page_by_page_there_and_back(session: Session) -> None:
    first = people.page(session, limit=4)
    second = people.page(session, limit=4, after=first.people[-1].id)
    back = people.page(session, limit=4, before=second.people[0].id)

    assert codes(first) + codes(second) == EVERYBODY
    assert codes(back) == codes(first)
    assert (first.earlier, first.later, first.total) == (False, True, 6)
    assert (second.earlier, second.later) == (True, False)
    assert (back.earlier, back.later) == (False, True)


def test_a_page_before_the_middle_says_that_there_is_more_before(session: Session) -> None:
    last = people.page(session, limit=10).people[-1]

    page = people.page(session, limit=2, before=last.id)

    assert codes(page) == ["sam", "lara"]
    assert page.earlier


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("销售", ["lead", "sam"]),
        (" SAM.S ", ["sam"]),
        ("e7", ["lara"]),
        ("%", []),
        ("_", []),
        ("a\0b", []),
        ("nobody", []),
    ],
)
def test_a_part_of_name_login_or_staff_number_finds(session: Session, search: str, found: list[str]) -> None:
    page = people.page(session, search=search)

    assert codes(page) == found
    assert page.total == len(found)


def test_those_who_left_are_listed_apart(session: Session) -> None:
    assert codes(people.page(session, which="inactive")) == ["nora"]
    assert codes(people.page(session, which="active")) == [one for one in EVERYBODY if one != "nora"]
