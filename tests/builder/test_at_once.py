"""Designers, and those who work meanwhile, at the same instant: nothing is lost, nothing is broken."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from builder.edits.anywhere import SetValue
from runtime.usecases.save_record import save_record
from tests.builder.at_once import beside, while_committing
from tests.builder.drafting import TABLE, edit, publish, table
from tests.usecases.house import House


def _share(house: House, record: int, release: int | None = None) -> Any:
    there = table(house, "supplier", release)
    found = house.session.scalar(select(there.columns["share"]).where(there.table.c.id == record))
    house.session.rollback()
    return found


def _changed(house: House, record: int, **values: str) -> int:
    place = {"entity": "trade/supplier", "record_id": record, "rev": 1, "token": house.token()}
    return house.run(save_record, "root", posted={"credit": "1000", **values}, **place).record_id


def test_what_is_entered_while_a_field_changes_its_type_is_there_afterwards(filled: House) -> None:
    edit(filled, SetValue(TABLE, ("fields", "share", "type"), "text"))

    with beside(filled) as other:
        done, record = while_committing(
            lambda: publish(filled), lambda: other.supplier("root", name="并发", share="0.5")
        )

    assert done.release == 2
    assert _share(filled, record) == "0.5"


def test_a_change_made_meanwhile_is_there_as_well(filled: House) -> None:
    record = filled.supplier("root", name="先到", share="0.25")
    edit(filled, SetValue(TABLE, ("fields", "share", "type"), "text"))

    with beside(filled) as other:
        done, saved = while_committing(
            lambda: publish(filled), lambda: _changed(other, record, share="0.5", name="先到")
        )

    assert done.release == 2
    assert saved == record
    assert _share(filled, record) == "0.5"
    assert _share(filled, record, release=1) == Decimal("0.25")
