"""A contract from its draft to its last receipt, by the pages alone, at a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import contract_work as work
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.needs import needs_browser

pytestmark = needs_browser


# Some forty pages, each looked at by axe, and the demo's installation before.
@pytest.mark.timeout(300)
def test_a_contract_is_signed_changed_and_paid(enter: Enter) -> None:
    rep, lawyer, chief = enter("u052"), enter("u061"), enter("u016")
    _sign_contract(rep, lawyer, enter("u025"), chief)
    _find_what_it_wrote(rep)
    _change_contract(rep, enter("u018"), lawyer, chief, enter("u030"))
    _find_what_changed(rep)
    _take_money(rep, enter("u056"), enter("u022"))


def _sign_contract(rep: Person, lawyer: Person, other_lawyer: Person, chief: Person) -> None:
    work.start(rep, "销售合同审批")
    rep.look("10-contract-blank")
    work.draft_contract(rep)
    rep.look("11-contract-filled")
    rep.press("暂存")
    rep.look("12-contract-draft")
    rep.press("提交")
    rep.told("已提交")
    rep.look("13-contract-submitted")

    assert other_lawyer.waiting() == lawyer.waiting() == [work.TITLE]
    lawyer.look("14-legal-desk")
    lawyer.todo(work.TITLE)
    lawyer.look("15-legal-task")
    lawyer.give("同意", opinion="条款合规")
    assert other_lawyer.waiting() == []
    other_lawyer.look("16-legal-desk-empty")

    chief.todo(work.TITLE)
    expect(chief.page.locator(".sheet")).to_contain_text("条款合规")
    chief.look("17-chief-task")
    chief.give("同意", opinion="同意")

    rep.todo(work.TITLE)
    rep.look("18-sign-task")
    work.sign(rep)


def _find_what_it_wrote(rep: Person) -> None:
    work.table(rep, "销售合同台账")
    line = rep.page.locator("#main tbody tr")
    expect(line).to_have_count(1)
    for shown in ("XSHT20260001", work.CONTRACT, work.CUSTOMER, "¥200,000.00", "生效"):
        expect(line).to_contain_text(shown)
    rep.look("20-ledger")

    work.table(rep, "收款计划明细")
    lines = rep.page.locator("#main tbody tr")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("首付款")
    expect(lines.nth(1)).to_contain_text("待执行")
    rep.look("21-plan")

    work.table(rep, "客户档案")
    work.record(rep, work.CUSTOMER)
    expect(rep.cell("应收余额")).to_contain_text("¥200,000.00")
    rep.look("22-customer")


def _change_contract(rep: Person, head: Person, lawyer: Person, chief: Person, keeper: Person) -> None:
    work.start(rep, "销售合同变更审批")
    work.ask_for_change(rep, reason="客户调整建设范围")
    rep.look("30-change-filled")
    rep.press("提交")
    title = work.CHANGE_TITLE

    head.todo(title)
    head.look("31-head-task")
    head.give("同意", opinion="情况属实")
    lawyer.todo(title)
    lawyer.give("退回", opinion="请说明调整的依据", to="经办人发起")

    rep.todo(title)
    expect(rep.page.locator("#main .notice").first).to_contain_text("请说明调整的依据")
    rep.look("32-change-returned")
    rep.fill({"变更原因": "客户调整建设范围，依据双方会议纪要"})
    rep.press("提交")

    head.todo(title)
    head.give("同意")
    lawyer.todo(title)
    lawyer.look("33-legal-again")
    lawyer.give("同意", opinion="条款合规")
    chief.todo(title)
    chief.give("同意")
    rep.todo(title)
    rep.look("34-register-task")
    work.register_change(rep)
    keeper.todo(title)
    keeper.fill({"合同份数": "5"})
    keeper.look("35-seal-task")
    keeper.press("提交")
    rep.todo(title)
    work.archive_change(rep)


def _find_what_changed(rep: Person) -> None:
    work.table(rep, "合同变更记录")
    work.record(rep, "XSBG")
    for label, shown in (("原金额", "¥200,000.00"), ("新金额", "¥240,000.00"), ("变更后版本", "2")):
        expect(rep.cell(label)).to_contain_text(shown)
    rep.look("40-change-record")

    work.table(rep, "销售合同台账")
    work.record(rep, work.CONTRACT)
    expect(rep.cell("合同金额")).to_contain_text("¥240,000.00")
    expect(rep.cell("版本")).to_contain_text("2")
    rep.look("41-ledger-record")
    ledger = rep.page.url

    effects = rep.page.get_by_role("region", name="业务影响（穿透）")
    for title, reached in ((work.TITLE, "42-contract-case"), (work.CHANGE_TITLE, "43-change-case")):
        rep.open(ledger)
        effects.get_by_role("link", name=title).first.click()
        rep.page.wait_for_url(re.compile(r"/cases/\d+"))
        expect(rep.page.get_by_role("heading", level=1)).to_have_text(title)
        rep.look(reached)


def _take_money(rep: Person, clerk: Person, manager: Person) -> None:
    for number, (amount, state) in enumerate((("50000", "部分"), ("70000", "已完成"))):
        work.start(clerk, "回款登记与确认")
        work.book_receipt(clerk, period="首付款", amount=amount, reference=f"SH20261122-{number}")
        clerk.look(f"5{number}-receipt-filled")
        clerk.press("提交")
        for person in (rep, manager):
            person.todo("回款登记-XSHT20260001")
            person.give("同意")
        work.table(rep, "收款计划明细")
        expect(rep.page.locator("#main tbody tr").filter(has_text="首付款")).to_contain_text(state)
        rep.look(f"5{number}-plan-after")
