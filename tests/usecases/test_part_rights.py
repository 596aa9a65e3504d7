"""Who only took part in a case finds it in lists with no more than every node shows."""

from __future__ import annotations

from runtime.running.access import access_to
from runtime.running.context import Clock, open_context
from runtime.store.access import Access
from runtime.store.record_list import ListQuery, RecordList
from tests.usecases.house import House

COLUMNS = ("reason", "secret", "margin", "amount")


def _access(house: House, who: str) -> Access:
    context = open_context(house.session, clock=Clock(house.moment), actor=house.person(who))
    return access_to(context, "trade/request")


def _seen(house: House, who: str) -> list[list[str]]:
    found = RecordList(_access(house, who), ListQuery(columns=COLUMNS)).page().lines
    return [sorted(line.values) for line in found]


def test_a_list_shows_participants_only_what_no_node_hides(house: House) -> None:
    house.supplier(name="星澜")
    house.submit(supplier="G001")

    assert _seen(house, "sam") == _seen(house, "lead") == [["amount", "reason"]]
    assert _seen(house, "nora") == []


def test_a_grant_shows_what_the_grant_shows(house: House) -> None:
    house.supplier(name="星澜")
    house.submit(supplier="G001")

    assert _seen(house, "lara") == [["amount", "margin", "reason"]]
    assert _seen(house, "root") == [["amount", "margin", "reason", "secret"]]


def test_what_some_node_hides_neither_sorts_nor_filters_for_participants(house: House) -> None:
    sam, root = _access(house, "sam"), _access(house, "root")

    assert (sam.is_open("amount"), sam.is_open("margin"), root.is_open("margin")) == (True, False, True)
    assert sam.unseen() == {"secret", "margin", "items.cost"}
    assert root.unseen() == frozenset()
