"""What people do with the app of purchase requests: keep the ledger, ask, approve, sign together, order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.contract_work import start, table
from tests.browser.person import Person

#: Items: number, name, specification, unit, price, budget.
ITEMS = (
    ("WL-001", "笔记本电脑", "14 英寸", "套", "5000", "30000"),
    ("WL-002", "办公椅", "人体工学", "套", "300", "3000"),
)
LAPTOP, CHAIR = "笔记本电脑", "办公椅"


def keep_ledger(buyer: Person) -> None:
    """Put the items into the ledger, with their budgets."""
    for number, name, spec, unit, price, budget in ITEMS:
        table(buyer, "物料台账")
        buyer.page.get_by_role("link", name="新建").first.click()
        buyer.page.wait_for_url("**/new")
        buyer.fill(
            {
                "物料编号": number,
                "物料名称": name,
                "规格型号": spec,
                "计量单位": unit,
                "单价": price,
                "剩余额度": budget,
            }
        )
        buyer.press("保存")
    check_ledger(buyer, {LAPTOP: "¥30,000.00", CHAIR: "¥3,000.00"})


def check_ledger(buyer: Person, left: Mapping[str, str]) -> None:
    """Check what is left of the budget of each item."""
    table(buyer, "物料台账")
    lines = buyer.page.locator("#main tbody tr")
    expect(lines).to_have_count(len(ITEMS))
    for name, amount in left.items():
        expect(lines.filter(has_text=name)).to_contain_text(amount)


def ask(person: Person, purpose: str, quantities: Mapping[str, str], *, total: str, shot: str) -> None:
    """Ask for items; what is left of their budgets is not the applicant's to see."""
    start(person, "采购申请审批")
    person.fill({"需求日期": "2027-01-15", "采购用途": purpose})
    person.choose_rows("items", *quantities)
    for number, quantity in enumerate(quantities.values(), 1):
        with person.page.expect_response("**/calc*"):
            person.fill({"数量": quantity}, within=person.row("items", number))
    expect(person.cell("合计金额")).to_contain_text(total)
    expect(person.page.locator(".sheet")).not_to_contain_text("剩余额度")
    expect(person.page.locator(".sheet")).not_to_contain_text("采购订单号")
    person.look(shot)
    person.press("提交")
    person.told("已提交")


def agree(person: Person, total: str, *, opinion: str, shot: str = "") -> None:
    """Agree to a request; who decides sees what is left."""
    person.todo(total)
    expect(person.page.locator(".sheet")).to_contain_text("剩余额度")
    if shot:
        person.look(shot)
    person.give("同意", opinion=opinion)


def order(person: Person, total: str, number: str, *, shot: str = "") -> None:
    """Fill in the order's number, which nobody else could, and finish."""
    person.todo(total)
    sheet = person.page.locator(".sheet")
    expect(sheet).not_to_contain_text("剩余额度")
    expect(sheet.get_by_label("采购订单号", exact=True)).to_be_editable()
    expect(sheet.get_by_label("采购用途", exact=True)).to_have_count(0)
    person.fill({"采购订单号": number})
    if shot:
        person.look(shot)
    person.press("提交")


def is_refused(person: Person, total: str, number: str, *, message: str, shot: str) -> None:
    """Try to finish what the budget does not allow: it is told why, and the task stays."""
    person.watch.allowed |= {409, 422}
    person.todo(total)
    person.fill({"采购订单号": number})
    person.button("提交").click()
    expect(person.page.get_by_text(message).first).to_be_visible()
    person.look(shot)
    assert any(re.search(re.escape(total), one) for one in person.waiting())
