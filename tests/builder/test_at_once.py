"""Designers, and those who work meanwhile, at the same instant: nothing is lost, nothing is broken."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from builder.edits.anywhere import InsertItem, RemoveItem, SetValue
from builder.edits.edit import Edit
from builder.edits.objects import AddObject
from builder.store import drafts
from builder.usecases.edit_draft import edit_draft
from builder.usecases.make_app import make_app
from builder.usecases.open_publication import open_publication
from builder.usecases.publish_draft import publish_draft
from runtime.language.problem import Problems
from runtime.language.refusal import InvalidAnswers
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


#: Fields that the pack itself does not need: `since` of a supplier.
_NOT_NEEDED = (
    RemoveItem(TABLE, ("fields", "since")),
    SetValue(TABLE, ("views", "all", "columns"), ["no", "name", "credit"]),
    SetValue(TABLE, ("views", "all", "filters"), ["level"]),
)
_NAMES_IT = {
    "code": "s",
    "type": "lookup",
    "label": "供应商",
    "from": "trade/supplier",
    "key": "no",
    "columns": ["no", "since"],
}


def _edit_uses(house: House, *edits: Edit) -> None:
    for one in edits:
        draft = drafts.read(house.session, "uses")
        house.session.rollback()
        assert draft is not None
        house.run(edit_draft, "root", app="uses", rev=draft.rev(one.file), edit=one)


def _publish(house: House, app: str) -> Any:
    found = open_publication(session=house.session, actor=house.person("root"), app=app)
    assert found.problems == ()
    return house.run(publish_draft, "root", app=app, seen=found.stamp, version=found.version)


def test_two_publications_that_do_not_fit_together_are_not_both_done(house: House) -> None:
    house.run(make_app, "root", code="uses", name="引用")
    _edit_uses(
        house,
        SetValue("pack.yaml", ("requires",), ["trade"]),
        AddObject("tables/t.yaml", "table", "t", "表"),
        InsertItem("tables/t.yaml", ("fields",), _NAMES_IT),
    )
    for one in _NOT_NEEDED:
        edit(house, one)

    with beside(house) as other:
        first, second = while_committing(lambda: _publish(house, "trade"), lambda: _publish(other, "uses"))

    assert first.release == 2
    assert isinstance(second, Problems)
    assert drafts.read(house.session, "uses").base is None  # type: ignore[union-attr]  # there it is


def test_of_two_who_make_the_same_app_at_once_the_second_is_told(house: House) -> None:
    with beside(house) as other:
        _, second = while_committing(
            lambda: house.run(make_app, "root", code="trip", name="甲"),
            lambda: other.run(make_app, "root", code="trip", name="乙"),
        )

    assert isinstance(second, InvalidAnswers)
    assert [one.code for one in second.problems] == ["code_taken"]
    made = drafts.read(house.session, "trip")
    assert made is not None
    assert made.documents["pack.yaml"]["name"] == "甲"
