"""Forms are drawn with what their viewer may see and do, and computed while somebody types."""

from __future__ import annotations

import pytest

from runtime.language.refusal import Forbidden, NotFound, Refused
from runtime.running.form_model import FormTable
from runtime.running.form_place import AtCase, AtRecord, AtStart
from runtime.usecases.calculate_form import Calculated, calculate_form
from runtime.usecases.edit_record import edit_record
from runtime.usecases.open_case import open_case
from runtime.usecases.start_form import start_form
from tests.usecases.house import House, cell, item, paths, table

START = AtStart("trade", "buy")


def _calculate(house: House, posted: object, who: str = "sam", **asked: object) -> Calculated:
    return house.run(calculate_form, who, **({"place": START, "posted": posted, "seq": 7} | asked))


def test_a_blank_form_has_defaults_and_what_may_be_filled_in(house: House) -> None:
    started = house.run(start_form, "sam", app="trade", flow="buy")

    assert (started.app_name, started.flow_name, started.form.name) == ("采购", "采购审批", "采购申请单")
    assert [section.title for section in started.form.sections] == ["基本信息", "明细", "意见"]
    kind, reason, number = (cell(started.form, f"$.{code}") for code in ("kind", "reason", "no"))
    assert (kind.mode, kind.raw, [one.label for one in kind.options]) == ("edit", "日常", ["日常", "项目"])
    assert (reason.required, reason.width, reason.hints["max_length"]) == (True, 24, 4000)
    assert (number.mode, number.computed, number.text) == ("read", True, "提交后生成")
    assert not cell(started.form, "$.project").visible
    assert started.form.editable


def test_a_line_is_shared_by_what_stands_beside_each_other(house: House) -> None:
    form = house.run(start_form, "sam", app="trade", flow="buy").form

    widths = [
        [getattr(one, "width", 24) for one in line] for section in form.sections for line in section.lines
    ]

    assert all(sum(line) == 24 for line in widths)
    assert [8, 8, 8] in widths


def test_a_sub_table_comes_with_its_least_rows_and_a_blank_one(house: House) -> None:
    items = table(house.run(start_form, "sam", app="trade", flow="buy").form, "items")

    assert ([row.id for row in items.rows], items.editable, items.min_rows) == ([None], True, 1)
    assert items.blank is not None
    assert [one.path for one in items.blank.cells][:2] == ["$.items[#].thing", "$.items[#].qty"]
    assert [one.total for one in items.columns] == [None, None, None, None, "¥0.00"]


def test_what_the_start_hides_is_not_there(house: House) -> None:
    form = house.run(start_form, "sam", app="trade", flow="buy").form

    assert "$.secret" not in paths(form)


def test_who_may_not_start_the_flow_is_told_so(house: House) -> None:
    with pytest.raises(Forbidden, match="您不能发起“采购审批”"):
        house.run(start_form, "lara", app="trade", flow="buy")
    with pytest.raises(NotFound):
        house.run(start_form, "sam", app="trade", flow="nothing")


def test_typing_computes_rows_totals_and_what_depends_on_them(house: House) -> None:
    posted = {"items": [item(), item(qty="1", price="5", cost="1")]}

    found = _calculate(house, posted)

    assert found.seq == 7
    assert found.cells["$.items[0].total"].text == "¥21.00"
    assert found.cells["$.items.total"].text == "¥26.00"
    assert (found.cells["$.amount"].text, found.cells["$.amount"].raw) == ("¥26.00", "26.00")
    assert found.cells["$.amount_upper"].text == "贰拾陆元整"
    assert "$.items[0].qty" not in found.cells


def test_a_cell_that_comes_back_to_what_it_was_is_told_again(house: House) -> None:
    _calculate(house, {"items": [item()]})

    assert _calculate(house, {"items": [item(qty=None)]}).cells["$.amount"].text == "¥0.00"


def test_conditions_follow_the_answers(house: House) -> None:
    other = _calculate(house, {"kind": "日常"})
    project = _calculate(house, {"kind": "项目"})

    assert (other.visible["$.project"], project.visible["$.project"]) == (False, True)
    assert (other.required["$.project"], project.required["$.project"]) == (False, True)


def test_checks_are_told_while_typing_but_not_what_is_only_missing(house: House) -> None:
    found = _calculate(house, {"items": [item(qty="100000"), item(qty="x")]})

    told = {(one.path, one.level) for one in found.messages}
    assert ("$", "warn") in told
    assert ("$.items[1].qty", "error") in told
    assert all(one.path != "$.reason" for one in found.messages)


def test_choosing_a_row_fills_inputs_and_what_nobody_types(house: House) -> None:
    house.supplier(name="星澜", phone="13800001111")
    posted = {"supplier": "G001", "contact": "13900002222", "items": [item()]}

    typed = _calculate(house, posted)
    picked = _calculate(house, posted, picked=["$.supplier"])

    assert (typed.fills, typed.cells["$.supplier_name"].text) == ({}, "星澜")
    assert picked.fills["$.contact"].raw == "13800001111"


def test_a_row_outside_the_filter_is_no_choice(house: House) -> None:
    house.supplier(name="流失", level="lost")

    found = _calculate(house, {"supplier": "G001"})

    assert [one.message for one in found.messages if one.path == "$.supplier"] == [
        "“供应商”：“G001”不符合可选条件。"
    ]


def test_nobody_computes_a_form_that_is_not_theirs(house: House) -> None:
    case = house.submit(supplier=_gold(house))

    with pytest.raises(NotFound):
        _calculate(house, {}, "nora", place=AtCase(case))
    with pytest.raises(Forbidden):
        _calculate(house, {}, place=AtCase(case))
    with pytest.raises(Forbidden):
        _calculate(house, {}, "lara", place=AtRecord("trade/supplier"))
    with pytest.raises(Refused):
        _calculate(house, {}, place=AtRecord("trade/request"))


def test_at_a_node_only_what_is_asked_there_is_computed_and_hidden_values_stay_hidden(house: House) -> None:
    case = house.submit(supplier=_gold(house))

    found = _calculate(house, {"secret": "1", "reason": "改"}, "lead", place=AtCase(case))

    assert found.cells["$.amount"].text == "¥21.00"
    assert not [path for path in found.cells if "margin" in path]
    assert found.messages == ()


def test_a_record_is_edited_with_its_values_and_without_what_is_hidden(house: House) -> None:
    supplier = house.supplier(name="星澜", contacts=[{"person": "甲"}])

    edited = house.run(edit_record, "sam", entity="trade/supplier", record_id=supplier)

    assert (edited.title, edited.form.record, edited.form.rev) == ("星澜", supplier, 1)
    assert cell(edited.form, "$.phone").mode == "edit"
    assert cell(edited.form, "$.room").computed
    assert "$.floor" not in paths(edited.form)
    contacts = table(edited.form, "contacts")
    assert [one.code for one in contacts.columns] == ["person", "mobile"]
    assert contacts.rows[0].id is not None


def test_what_is_masked_for_the_editor_is_not_to_be_changed(house: House) -> None:
    supplier = house.supplier(name="星澜", credit="1000")

    form = house.run(edit_record, "lead", entity="trade/supplier", record_id=supplier).form

    assert (cell(form, "$.credit").mode, cell(form, "$.credit").raw) == ("read", "***")
    assert cell(form, "$.floor").mode == "edit"


def test_a_lookup_knows_its_row_and_whether_it_may_be_opened(house: House) -> None:
    case = house.submit(supplier=_gold(house))

    sam, lara = (cell(house.run(open_case, who, case_id=case).form, "$.supplier") for who in ("sam", "lara"))

    assert (sam.ref, sam.source, sam.opens, sam.text) == (1, "trade/supplier", True, "G001")
    assert lara.opens


def test_people_in_a_field_come_with_their_department(house: House) -> None:
    form = house.run(edit_record, "sam", entity="trade/supplier").form

    keeper = cell(form, "$.keeper")
    assert [(one.value, one.label, one.note) for one in keeper.options] == [("sam", "销售甲", "北区")]


def test_every_part_of_a_form_is_drawn(house: House) -> None:
    form = house.run(start_form, "sam", app="trade", flow="buy").form

    drawn = {one.code for one in form.parts()}
    assert {"least", "quote", "carrier", "signed", "margin", "op_lead"} <= drawn
    assert any(isinstance(one, FormTable) for one in form.parts())


def _gold(house: House) -> str:
    house.supplier(name="星澜", level="gold")
    return "G001"
