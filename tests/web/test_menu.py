"""The menu: everybody finds what they may start and see, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from runtime.language.refusal import Forbidden, NotFound
from runtime.running.context import Clock
from runtime.store.session import Sessions
from runtime.usecases.open_menu import Menu, open_menu
from runtime.usecases.search_directory import search_directory
from tests.store.databases import empty
from tests.usecases.house import House, furnish


@pytest.fixture
def house(_furnished: Engine) -> Iterator[House]:
    """A house with the pack `trade`."""
    empty(_furnished)
    with Sessions(_furnished)() as opened:
        yield furnish(opened)


def entries(menu: Menu) -> list[str]:
    """Return the names of what may be opened."""
    return [item.name for app in menu.apps for item in app.items]


@pytest.mark.parametrize(
    ("who", "found", "starts"),
    [("sam", ["采购申请", "供应商", "我的供应商"], ["采购审批"]), ("lead", ["供应商"], []), ("boss", [], [])],
)
def test_the_menu_holds_what_a_person_may_use(
    house: House, who: str, found: list[str], starts: list[str]
) -> None:
    menu = house.run(open_menu, who)

    assert entries(menu) == found
    assert [item.name for app in menu.starts for item in app.items] == starts
    assert menu.administrator is False


def test_the_menu_says_who_one_is_and_what_waits(house: House) -> None:
    case = house.submit(supplier=house_supplier(house))
    menu = house.run(open_menu, "lead")

    assert (menu.person.name, menu.position) == ("销售总监", ("销售部",))
    assert (menu.waiting, menu.told, menu.unread) == (1, 0, 0)
    house.act("lead", case, "approve")
    assert house.run(open_menu, "lead").waiting == 0


def test_an_administrator_is_known_by_the_role(house: House) -> None:
    assert house.run(open_menu, "root").administrator is True


def test_somebody_inactive_opens_nothing(house: House) -> None:
    number = house.person("nora")
    house.session.connection().exec_driver_sql("UPDATE person SET active = 0 WHERE code = 'nora'")
    house.session.connection().exec_driver_sql("UPDATE org_revision SET number = number + 1")
    house.session.commit()

    with pytest.raises(Forbidden):
        open_menu(session=house.session, clock=clock_of(house), actor=number)


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        ("people", "销售", ["销售总监", "销售甲"]),
        ("people", "北区", ["北区经理", "销售甲"]),
        ("people", "sam", ["销售甲"]),
        ("people", "法务 东区", []),
        ("departments", "总部", ["销售部", "北区"]),
        ("companies", "", ["总部", "东区"]),
        ("roles", "法", ["法务"]),
        ("posts", "职", ["职员"]),
    ],
)
def test_people_and_places_are_found_by_name_note_and_code(
    house: House, kind: str, words: str, found: list[str]
) -> None:
    assert [one.name for one in house.run(search_directory, "sam", kind=kind, words=words)] == found


def test_an_unknown_kind_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        house.run(search_directory, "sam", kind="secrets", words="")


def house_supplier(house: House) -> str:
    """Return the number of a supplier that may be chosen."""
    house.supplier(name="纸业", level="gold")
    return "G001"


def clock_of(house: House) -> Clock:
    """Return the house's clock."""
    return Clock(house.moment)
