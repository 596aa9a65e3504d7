"""A case that goes on with its release, on both databases."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from builder.edits.anywhere import InsertItem, RemoveItem, SetValue
from runtime.store import entity_tables
from runtime.usecases.open_record import open_record
from tests.builder.drafting import LEDGER, TABLE, edit, publish
from tests.usecases.house import House, item


def test_a_running_case_writes_into_tables_that_have_moved_on(filled: House) -> None:
    """Its rules know a column that is gone, one of another type, and nothing of one that is required now."""
    house = filled
    case = house.submit(supplier="G001", items=[item(qty="2", price="10.50")])
    edit(
        house, SetValue(LEDGER, ("fields", "amount"), {"code": "amount", "type": "text", "label": "金额说明"})
    )
    edit(house, RemoveItem(LEDGER, ("fields", "supplier")))
    needed = {"code": "place", "type": "text", "label": "地点", "required": True}
    edit(house, InsertItem(LEDGER, ("fields",), needed))
    edit(house, RemoveItem("rules/buy.yaml", (0, "set", "supplier")))
    edit(house, SetValue("rules/buy.yaml", (0, "set", "amount"), "text(amount)"))
    edit(house, SetValue("rules/buy.yaml", (0, "set", "place"), "'上海'"))
    publish(house)

    house.act("lead", case, "approve")
    house.act("lara", case, "approve")
    house.act("sam", case, "complete", posted={"signed": "2026-03-09"})

    house.session.rollback()
    tables = entity_tables.read(house.session)
    there, then = tables.get("trade/purchase"), tables.get("trade/purchase", release=1)
    row = house.session.execute(
        select(there.table.c.id, there.columns["amount"], then.columns["amount"], then.columns["supplier"])
    ).one()
    house.session.rollback()
    assert row[1:] == ("¥21.00", Decimal("21.00"), "G001")
    shown = house.run(open_record, "root", entity="trade/purchase", record_id=row[0])
    assert {(one.label, one.text, one.release) for one in shown.former} >= {("供应商", "G001", 1)}


def test_what_a_permission_hid_then_stays_hidden(filled: House) -> None:
    number = filled.supplier("root", name="内价", keeper="sam", credit="900", floor="777", since="2026-01-05")
    for field in ("floor", "since"):
        edit(filled, RemoveItem(TABLE, ("fields", field)))
    edit(filled, SetValue(TABLE, ("validations",), None))
    edit(filled, SetValue(TABLE, ("views", "all", "columns"), ["no", "name", "credit"]))
    edit(filled, SetValue(TABLE, ("views", "all", "filters"), ["level"]))
    edit(filled, SetValue("permissions.yaml", (0, "hide"), ["contacts.bonus"]))
    edit(filled, SetValue("permissions.yaml", (1, "hide"), None))
    publish(filled)

    def former(who: str) -> set[str]:
        shown = filled.run(open_record, who, entity="trade/supplier", record_id=number)
        return {one.label for one in shown.former}

    assert former("root") == {"底价", "合作日期"}
    assert former("sam") == {"合作日期"}


def test_what_a_permission_hides_now_is_not_shown_as_it_was_then(filled: House) -> None:
    """Both fields became another type and were closed in the same release."""
    contacts = [{"person": "王", "mobile": "13800000000"}]
    number = filled.supplier("root", name="价", keeper="sam", share="0.5", contacts=contacts)
    edit(filled, SetValue(TABLE, ("fields", "share", "type"), "date"))
    edit(filled, SetValue(TABLE, ("fields", "contacts", "fields", "mobile", "type"), "date"))
    edit(filled, SetValue("permissions.yaml", (0, "hide"), ["floor", "share"]))
    edit(filled, SetValue("permissions.yaml", (0, "mask"), ["contacts"]))
    publish(filled)

    def former(who: str) -> set[tuple[str, int, str, str]]:
        shown = filled.run(open_record, who, entity="trade/supplier", record_id=number)
        return {(one.rows, one.row, one.label, one.text) for one in shown.former}

    assert former("root") >= {("联系人", 1, "手机", "13800000000")}
    told = former("sam")
    assert not [one for one in told if one[2] == "占比"]
    assert [one[3] for one in told if one[2] == "手机"] == ["138****0000"]
