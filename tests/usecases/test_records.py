"""Records of base tables are entered, changed, read and deleted by those who may."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from runtime.language.refusal import Conflict, Forbidden, InvalidAnswers, NotFound, Refused
from runtime.store import tables
from runtime.usecases.delete_record import delete_record
from runtime.usecases.open_record import OpenedRecord, open_record
from runtime.usecases.save_record import save_record
from runtime.usecases.saved import Saved
from tests.usecases.house import House, cell, paths, table

SUPPLIER = "trade/supplier"


def _open(house: House, who: str, record: int, entity: str = SUPPLIER) -> OpenedRecord:
    return house.run(open_record, who, entity=entity, record_id=record)


def _save(house: House, who: str, record: int | None, posted: Any, rev: int = 1, **asked: Any) -> Saved:
    given = {"entity": SUPPLIER, "token": house.token(), **asked}
    return house.run(save_record, who, record_id=record, posted=posted, rev=rev, **given)


def _delete(house: House, who: str, record: int, rev: int = 1) -> Saved:
    asked = {"entity": SUPPLIER, "token": house.token()}
    return house.run(delete_record, who, record_id=record, rev=rev, **asked)


def test_a_new_record_is_numbered_owned_and_computed(house: House) -> None:
    opened = _open(house, "sam", house.supplier(name="星澜", credit="1000"))

    assert (cell(opened.form, "$.no").text, cell(opened.form, "$.room").text) == ("G001", "¥1,000.00")
    assert (opened.title, opened.owner, opened.state) == ("星澜", "销售甲", "live")
    assert opened.verbs == {"view", "create", "edit", "delete", "export", "pick"}
    assert [(one.who, one.changes) for one in opened.history] == [("销售甲", ())]


def test_the_same_request_twice_makes_one_record(house: House) -> None:
    posted, token = {"name": "星澜", "credit": "1"}, house.token()

    first = _save(house, "sam", None, posted, token=token)
    again = _save(house, "sam", None, posted, token=token)

    assert again == first
    assert cell(_open(house, "sam", house.supplier(name="二")).form, "$.no").text == "G002"


def test_what_is_missing_or_wrong_is_told_at_its_field(house: House) -> None:
    with pytest.raises(InvalidAnswers) as missing:
        _save(house, "lead", None, {"credit": "x", "floor": "2"})
    with pytest.raises(InvalidAnswers) as against:
        _save(house, "root", None, {"name": "甲", "credit": "1", "floor": "2"})

    assert {(one.path, one.code) for one in missing.value.problems} == {("$.name", "required")}
    assert [one.message for one in against.value.problems] == ["底价不能高于信用额度"]


def test_what_must_be_unique_is_told_at_its_field(house: House) -> None:
    house.supplier(name="星澜")

    with pytest.raises(InvalidAnswers) as refused:
        house.supplier(name="星澜")

    assert [(one.path, one.code) for one in refused.value.problems] == [("$.name", "not_unique")]


def test_hidden_readonly_and_computed_fields_are_not_taken(house: House) -> None:
    record = house.supplier(
        name="星澜", floor="5", spent="7", room="9", contacts=[{"person": "甲", "bonus": "3"}]
    )

    form = _open(house, "root", record).form

    assert [cell(form, path).raw for path in ("$.floor", "$.spent", "$.room")] == [None, "0.00", "1000.00"]
    assert cell(form, "$.contacts[0].bonus").raw is None


def test_nobody_enters_a_record_beyond_their_scope(house: House) -> None:
    with pytest.raises(Forbidden, match="权限范围"):
        house.supplier(name="星澜", keeper="nora")

    assert house.session.scalar(select(func.count()).select_from(tables.revision)) == 0
    house.session.rollback()


def test_who_may_not_enter_is_told_so(house: House) -> None:
    with pytest.raises(Forbidden, match="没有新增“供应商”的权限"):
        _save(house, "lara", None, {"name": "甲"})
    with pytest.raises(Refused, match="由流程产生"):
        _save(house, "root", None, {}, entity="trade/request")


def test_changes_are_kept_with_who_made_them(house: House) -> None:
    record = house.supplier(name="星澜", contacts=[{"person": "甲"}])
    row = table(_open(house, "sam", record).form, "contacts").rows[0].id
    posted = {"name": "星澜集团", "contacts": [{"id": row, "person": "乙"}, {"person": "丙"}]}

    saved = _save(house, "sam", record, posted)

    assert saved.rev == 2
    told = [(one.label, one.before, one.after) for one in _open(house, "sam", record).history[0].changes]
    assert told == [
        ("名称", "星澜", "星澜集团"),
        ("联系人：新增一行", "", "姓名：丙"),
        ("联系人 · 姓名", "甲", "乙"),
    ]


def test_who_was_slower_is_told_who_was_faster(house: House) -> None:
    record = house.supplier(name="星澜")
    _save(house, "lead", record, {"name": "甲"})

    with pytest.raises(Conflict, match="销售总监已于"):
        _save(house, "sam", record, {"name": "乙"})


def test_a_record_follows_its_owner_field(house: House) -> None:
    record = house.supplier(name="星澜")

    _save(house, "sam", record, {"keeper": "nora"})

    assert _open(house, "nora", record).owner == "北区经理"
    with pytest.raises(Forbidden):
        _open(house, "sam", record)


def test_records_of_others_are_not_found(house: House) -> None:
    record = house.supplier(name="星澜")

    for attempt in (_open, _delete):
        with pytest.raises(NotFound):
            attempt(house, "lara", record)
    with pytest.raises(NotFound):
        _save(house, "lara", record, {"name": "甲"})


def test_who_may_only_pick_a_record_neither_reads_nor_changes_it(house: House) -> None:
    record = house.supplier(name="星澜")

    for attempt in (_open, _delete):
        with pytest.raises(Forbidden):
            attempt(house, "nora", record)
    with pytest.raises(Forbidden):
        _save(house, "nora", record, {"name": "甲"})


def test_a_permission_with_a_condition_gives_those_rows_only(house: House) -> None:
    record = house.supplier(name="星澜", level="gold")

    opened = _open(house, "lara", record)

    assert opened.verbs == {"view"}
    assert "$.contacts" not in paths(opened.form)
    with pytest.raises(Forbidden, match="没有修改这条记录的权限"):
        _save(house, "lara", record, {"name": "甲"})


def test_history_leaves_out_what_is_hidden_and_masks_what_is_masked(house: House) -> None:
    record = house.supplier("root", name="星澜", credit="1000", keeper="sam")
    _save(house, "root", record, {"floor": "5", "credit": "2000", "phone": "13800001111"})
    _save(house, "root", record, {"floor": "6"}, rev=2)

    sam, lead = _open(house, "sam", record), _open(house, "lead", record)

    labels = [[change.label for change in line.changes] for line in sam.history]
    assert labels == [["电话", "信用额度", "剩余额度"], []]
    told = {one.label: (one.before, one.after) for line in lead.history for one in line.changes}
    assert (told["信用额度"], told["电话"]) == (("***", "***"), ("", "138****1111"))
    assert "¥5.00" not in str(sam)


def test_a_record_that_is_referred_to_stays(house: House) -> None:
    record = house.supplier(name="星澜", level="gold")
    house.submit(supplier="G001")

    with pytest.raises(Refused, match="已被“采购申请单”引用"):
        _delete(house, "sam", record)


def test_a_deleted_record_is_gone_and_its_name_free_again(house: House) -> None:
    record = house.supplier(name="星澜")

    _delete(house, "sam", record)

    with pytest.raises(NotFound):
        _open(house, "sam", record)
    assert house.supplier(name="星澜") != record


def test_a_value_explains_itself_down_to_the_case(house: House) -> None:
    record = house.supplier(name="星澜", level="gold")
    case = house.submit(supplier="G001")
    house.act("lead", case, "approve")
    house.act("lara", case, "approve")
    house.act("sam", case, "complete", posted={"signed": "2026-03-05"})

    [line] = _open(house, "sam", record).effects

    assert (line.field, line.op, line.before, line.after, line.delta) == (
        "累计采购",
        "add",
        "¥0.00",
        "¥21.00",
        "+¥21.00",
    )
    assert (line.rule, line.case_id) == ("累计采购", case)
    assert (line.case_no, line.case_title) == ("CG20260001", "采购-星澜")
    assert line.at is not None
    [change] = [one for one in _open(house, "sam", record).history if one.rule]
    assert (change.case_id, [one.label for one in change.changes]) == (case, ["累计采购", "剩余额度"])


def test_a_case_is_named_only_to_those_who_may_read_it(house: House) -> None:
    record = house.supplier("nora", name="星澜", level="gold")
    case = house.submit(supplier="G001")
    house.act("lead", case, "approve")
    house.act("lara", case, "approve")
    house.act("sam", case, "complete", posted={"signed": "2026-03-05"})

    [line] = _open(house, "nora", record).effects

    assert (line.case_id, line.case_no, line.case_title) == (None, "", "")
    assert line.after == "¥21.00"
