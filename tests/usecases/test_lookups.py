"""Rows that lookups refer to are read together, and only those one may pick."""

from __future__ import annotations

from runtime.records.fill import Wanted
from runtime.running.context import Clock, Context, open_context
from runtime.running.lookups import sources
from tests.store.databases import watched
from tests.usecases.house import House

SUPPLIER = "trade/supplier"


def _context(house: House, who: str | None) -> Context:
    actor = house.person(who) if who else 0
    return open_context(house.session, clock=Clock(house.moment), actor=actor)


def _by_id(number: int) -> Wanted:
    return Wanted(SUPPLIER, "no", "?", number)


def _by_key(key: str) -> Wanted:
    return Wanted(SUPPLIER, "no", key, None)


def test_rows_are_found_by_id_and_by_key(filled: House) -> None:
    asked = [_by_id(1), _by_key("G002"), _by_key("G009"), _by_id(9)]

    found = sources(_context(filled, "sam"), asked, checked=True)

    assert [source.values["name"] if source else None for source in found.values()] == [
        "星澜",
        "云海",
        None,
        None,
    ]


def test_many_rows_take_as_many_statements_as_one(filled: House) -> None:
    context = _context(filled, "sam")
    with watched(filled.session) as few:
        sources(context, [_by_id(1)], checked=True)
    with watched(filled.session) as many:
        sources(context, [_by_id(1), _by_id(2), _by_id(3)], checked=True)

    assert len(few) == len(many) == 2


def test_what_one_may_not_pick_is_not_there_but_for_the_system(filled: House) -> None:
    asked = [_by_id(1), _by_id(2)]

    lara = sources(_context(filled, "lara"), asked, checked=True)
    system = sources(_context(filled, None), asked, checked=True)

    assert [source is not None for source in lara.values()] == [True, False]
    assert all(system.values())
