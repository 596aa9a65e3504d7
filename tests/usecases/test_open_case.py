"""A case is told to each of its readers as they may know it."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.language.refusal import NotFound
from runtime.usecases.comment_on_case import comment_on_case
from runtime.usecases.open_case import OpenedCase, open_case
from runtime.usecases.open_record import open_record
from runtime.usecases.save_draft import save_draft
from runtime.usecases.submit_form import submit_form
from runtime.usecases.withdraw_case import withdraw_case
from tests.usecases.house import House, cell, item, paths, table


@pytest.fixture
def case(house: House) -> int:
    """Return a case that waits for the director."""
    house.supplier(name="星澜", level="gold", phone="13800001111")
    return house.submit(supplier="G001", reason="换打印机")


def _open(house: House, who: str, case: int, **asked: Any) -> OpenedCase:
    return house.run(open_case, who, case_id=case, **asked)


def _dos(opened: OpenedCase) -> list[str]:
    return [one.do for one in opened.actions]


def test_the_initiator_reads_what_they_sent_and_may_take_it_back(house: House, case: int) -> None:
    opened = _open(house, "sam", case)

    assert (opened.title, opened.no, opened.state) == ("采购-星澜", "CG20260001", "running")
    assert (opened.initiator, opened.initiator_dept) == ("销售甲", "北区")
    assert (opened.form.editable, opened.actions, opened.may_withdraw) == (False, (), True)
    assert cell(opened.form, "$.reason").text == "换打印机"
    assert [(one.name, one.state) for one in opened.steps] == [("申请", "completed"), ("总监审批", "active")]


def test_the_assignee_sees_their_task_and_why_it_is_theirs(house: House, case: int) -> None:
    opened = _open(house, "lead", case)

    assert (opened.node, opened.node_name, _dos(opened)) == ("lead", "总监审批", ["return", "approve"])
    back, approve = opened.actions
    assert [(one.node, one.name, one.people) for one in back.targets] == [("start", "申请", ("销售甲",))]
    assert (back.opinion, approve.opinion, approve.values) == ("required", "required", True)
    assert cell(opened.form, "$.secret").mode == "edit"
    assert cell(opened.form, "$.op_lead").active
    [person] = opened.steps[-1].people
    assert (person.name, person.department, person.verdict) == ("销售总监", "销售部", "")
    assert person.because


def test_a_task_is_enough_to_open_its_case(house: House, case: int) -> None:
    task = house.task("lead", case)

    assert house.run(open_case, "lead", task_id=task).id == case
    with pytest.raises(NotFound):
        house.run(open_case, "sam", task_id=task)


def test_a_case_of_others_is_not_found(house: House, case: int) -> None:
    with pytest.raises(NotFound):
        _open(house, "nora", case)
    with pytest.raises(NotFound):
        _open(house, "sam", case + 100)


def test_a_node_hides_what_it_hides_and_a_reader_what_their_last_node_hid(house: House, case: int) -> None:
    house.act("lead", case, "approve", posted={"secret": "99"})

    before, lara = _open(house, "lead", case), _open(house, "lara", case)

    assert "$.secret" in paths(before.form)
    assert "$.margin" not in paths(before.form)
    assert not {"$.secret", "$.margin", "$.items[0].cost"} & paths(lara.form)
    assert "$.items[0].price" in paths(lara.form)
    assert "99" not in str(lara)
    assert "99" not in str(_open(house, "sam", case))
    assert "99.00" in str(before)


def test_grants_and_part_together_show_the_wider_of_both(house: House, case: int) -> None:
    """Legal's grant on requests hides the secret only; their node hid costs too."""
    house.act("lead", case, "approve", posted={"secret": "99"})
    house.act("lara", case, "approve")

    form = _open(house, "lara", case).form

    assert {"$.margin", "$.items[0].cost"} <= paths(form)
    assert "$.secret" not in paths(form)


def test_opinions_stand_at_their_field_and_in_the_history(house: House, case: int) -> None:
    house.act("lead", case, "approve", opinion="价格合适")

    opened = _open(house, "lara", case)

    [said] = cell(opened.form, "$.op_lead").said
    assert (said.who, said.text, said.verdict) == ("销售总监", "价格合适", "approve")
    assert [(one.who, one.kind, one.node, one.opinion) for one in opened.history] == [
        ("销售甲", "submit", "申请", ""),
        ("销售总监", "approve", "总监审批", "价格合适"),
    ]
    assert _dos(opened) == ["return", "reject", "approve"]
    assert [one.node for one in opened.actions[0].targets] == ["start", "lead"]


def test_the_history_tells_what_a_handler_changed_to_those_who_may_know(house: House, case: int) -> None:
    house.act("lead", case, "approve", posted={"secret": "99"})

    told = {who: _open(house, who, case).history[-1].changes for who in ("lead", "sam", "lara")}

    assert [(one.label, one.before, one.after) for one in told["lead"]] == [("内部价", "", "¥99.00")]
    assert (told["sam"], told["lara"]) == ((), ())


def test_a_returned_case_is_before_its_initiator_again(house: House, case: int) -> None:
    house.act("lead", case, "return", opinion="缺报价")

    opened = _open(house, "sam", case)

    assert (_dos(opened), opened.node, opened.form.editable) == (["submit"], "start", True)
    assert not opened.may_withdraw
    assert cell(opened.form, "$.reason").mode == "edit"
    states = [(one.name, one.state) for one in opened.steps]
    assert states == [("申请", "completed"), ("总监审批", "returned"), ("申请", "active")]
    assert opened.steps[1].people[0].opinion == "缺报价"


def test_a_resubmission_finishes_the_returned_step(house: House, case: int) -> None:
    house.act("lead", case, "return")
    rows = [{"id": row.id, **item(qty="3")} for row in table(_open(house, "sam", case).form, "items").rows]
    house.act("sam", case, "submit", posted={"items": rows})

    opened = _open(house, "lead", case)

    assert [one.state for one in opened.steps] == ["completed", "returned", "completed", "active"]
    changes = opened.history[-1].changes
    assert ("明细 · 数量", "2", "3") in [(one.label, one.before, one.after) for one in changes]
    assert not [one for one in changes if "毛利" in one.label]


def test_a_draft_is_its_writers_alone(house: House) -> None:
    asked = {"app": "trade", "flow": "buy", "posted": {"reason": "一"}, "token": house.token()}
    case = house.run(save_draft, "sam", **asked).case_id

    opened = _open(house, "sam", case)

    assert (opened.state, _dos(opened), opened.form.editable) == ("draft", ["delete", "save", "submit"], True)
    with pytest.raises(NotFound):
        _open(house, "root", case)


def test_a_form_follows_its_owner_field_whenever_it_is_sent(house: House, case: int) -> None:
    def owner() -> str:
        return house.run(open_record, "root", entity="trade/request", record_id=1).owner

    first = owner()
    house.run(withdraw_case, "sam", case_id=case, token=house.token())
    asked = {"app": "trade", "flow": "buy", "case_id": case, "token": house.token()}
    house.run(submit_form, "sam", posted={"buyer": "nora"}, **asked)
    second = owner()
    house.act("lead", case, "return")
    house.act("sam", case, "submit", posted={"buyer": "lead"})

    assert (first, second, owner()) == ("销售甲", "北区经理", "销售总监")


def test_a_withdrawn_case_cannot_be_deleted_but_sent_again(house: House, case: int) -> None:
    house.run(withdraw_case, "sam", case_id=case, token=house.token())

    opened = _open(house, "sam", case)

    assert (opened.state, _dos(opened), opened.form.editable) == ("withdrawn", ["save", "submit"], True)
    assert [one.state for one in opened.steps] == ["completed", "withdrawn"]


def test_a_notice_is_read_and_asks_nothing(house: House, case: int) -> None:
    house.act("lead", case, "approve")
    house.act("lara", case, "approve")

    opened = _open(house, "root", case)

    assert (opened.actions, len(opened.notices), opened.steps[-2].state) == ((), 1, "told")
    assert opened.form.editable is False


def test_a_node_that_is_filled_in_offers_completion(house: House, case: int) -> None:
    house.act("lead", case, "approve")
    house.act("lara", case, "approve")

    opened = _open(house, "sam", case)

    assert _dos(opened) == ["return", "complete"]
    assert (cell(opened.form, "$.signed").required, cell(opened.form, "$.signed").mode) == (True, "edit")
    assert cell(opened.form, "$.reason").mode == "read"


def test_comments_are_part_of_the_history(house: House, case: int) -> None:
    house.run(comment_on_case, "lead", case_id=case, text="请补报价", token=house.token())

    line = _open(house, "sam", case).history[-1]

    assert (line.kind, line.who, line.opinion) == ("comment", "销售总监", "请补报价")


def test_the_company_of_the_initiator_heads_the_form(house: House, case: int) -> None:
    assert _open(house, "lead", case).company == "总部"


def test_a_case_leads_to_what_it_wrote_as_far_as_its_reader_may_go(house: House, case: int) -> None:
    assert _open(house, "lead", case).written == ()
    house.act("lead", case, "approve")
    house.act("lara", case, "approve")
    house.act("sam", case, "complete", posted={"signed": "2026-03-02"})

    lead, sam = (
        sorted((one.entity, one.title) for one in _open(house, who, case).written) for who in ("lead", "sam")
    )

    assert lead == [("trade/purchase", "CG20260001"), ("trade/supplier", "星澜")]
    assert sam == [("trade/supplier", "星澜")]
