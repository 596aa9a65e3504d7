"""What people do with the contract packs in their browsers: draft, judge, sign, change, book."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import expect

from tests.browser.demo import ROOT
from tests.browser.person import Person

CUSTOMER = "青禾示范商贸"
CONTRACT = "协同平台建设合同"
#: Titles of the cases of the contract and of its change.
TITLE = "销售合同-青禾示范商贸-200,000.00"
CHANGE_TITLE = "销售合同变更-XSHT20260001"

PACKS = ROOT / "packs"
DRAFT, SIGNED = (PACKS / "sales_contract" / "files" / f"contract-{one}.pdf" for one in ("draft", "signed"))
NEW_DRAFT, NEW_SIGNED = (
    PACKS / "sales_contract_change" / "files" / f"change-{one}.pdf" for one in ("draft", "signed")
)

#: Product → quantity, price: 200,000 together.
PRODUCTS: Mapping[str, tuple[str, str]] = {
    "流程协同平台许可": ("1", "100000"),
    "实施服务包": ("2", "40000"),
    "数据看板订阅": ("1", "20000"),
}


def receipt(name: str, when: str, amount: str, condition: str) -> Mapping[str, str]:
    """Return a row of receipt terms."""
    return {
        "付款节点": name,
        "付款条件描述": condition,
        "计划收款日期": when,
        "回款方式": "银行转账",
        "付款金额": amount,
    }


RECEIPTS = (
    receipt("首付款", "2026-12-15", "100000", "合同签订后 10 日"),
    receipt("验收款", "2027-06-30", "100000", "验收合格后 30 日"),
)


def start(person: Person, flow: str) -> None:
    """Open the blank form of a flow from the start page."""
    person.open("/start")
    person.page.locator("#main").get_by_role("link", name=flow).click()
    # With its scripts: they load with the page.
    person.page.wait_for_url("**/start/*/*")


def draft_contract(
    person: Person, *, customer: str = CUSTOMER, receipts: Sequence[Mapping[str, str]] = RECEIPTS
) -> None:
    """Fill in the contract of 200,000 on its blank form."""
    person.choose("客户编码", customer)
    expect(person.cell("客户名称")).to_contain_text(customer)
    person.fill(
        {
            "合同名称": CONTRACT,
            "合同类型": "软件许可",
            "合同金额（小写）": "200000",
            "履行开始": "2026-12-01",
            "履行截止": "2027-11-30",
            "合同主要条款": "按附件清单交付、验收与付款；逾期按日万分之五承担违约责任",
        }
    )
    person.choose_rows("products", *PRODUCTS)
    for number, (quantity, price) in enumerate(PRODUCTS.values(), 1):
        person.fill({"数量": quantity, "成交单价": price}, within=person.row("products", number))
    person.add_rows("pay_nodes", *receipts)
    person.attach("合同文本", DRAFT)
    expect(person.cell("合同金额（大写）")).to_contain_text("贰拾万元整")
    expect(person.page.locator("[data-table=products] [data-total=line_total]")).to_have_text("¥200,000.00")


def sign(person: Person) -> None:
    """Put the signed text in the place of the draft, and go on."""
    person.cell("合同文本").get_by_role("button", name=re.compile("移除")).click()
    person.attach("合同文本", SIGNED)
    person.press("提交")


def ask_for_change(person: Person, *, reason: str) -> None:
    """Fill in the change to 240,000 with receipts at other times on its blank form."""
    person.choose("合同编号", CONTRACT)
    expect(person.cell("原合同金额")).to_contain_text("200,000.00")
    person.tick("变更内容", "合同金额", "收款约定")
    expect(person.cell("合同金额（变更后）")).to_be_visible()
    person.fill({"合同金额（变更后）": "240000", "变更原因": reason})
    person.attach("变更后的文本", NEW_DRAFT)
    person.add_rows(
        "receipts",
        {"款项内容": "首付款", "付款单位": CUSTOMER, "应收金额": "120000", "应收日期": "2026-12-31"},
        {"款项内容": "尾款", "付款单位": CUSTOMER, "应收金额": "120000", "应收日期": "2027-06-30"},
    )
    expect(person.cell("大写")).to_contain_text("贰拾肆万元整")


def register_change(person: Person) -> None:
    """Upload the text as it was agreed, and ask for the seal."""
    person.attach("变更后正式文本", NEW_SIGNED)
    person.tick("需用印章", "合同章")
    person.fill({"修改情况": "按审批稿定稿", "合同份数": "4"})
    person.press("提交")


def archive_change(person: Person) -> None:
    """Note when the change holds, arrived and was archived."""
    person.fill({"合同生效日期": "2026-11-25", "完成送达各方日期": "2026-11-26", "归档日期": "2026-11-27"})
    person.press("提交")


def book_receipt(person: Person, *, period: str, amount: str, reference: str) -> None:
    """Fill in money that arrived for one period of the contract."""
    person.choose("合同编号", CONTRACT)
    expect(person.cell("客户名称")).to_contain_text(CUSTOMER)
    person.choose_rows("plans", period)
    row = person.row("plans", 1)
    person.fill({"实际回款金额": amount, "银行流水号": reference}, within=row)


def table(person: Person, name: str) -> None:
    """Open a base table from the menu."""
    nav = person.page.get_by_role("navigation", name="主导航")
    if not nav.is_visible():
        person.page.get_by_role("button", name="菜单").click()
        nav = person.page.locator("#drawer")
    nav.get_by_role("link", name=name, exact=True).click()
    person.page.wait_for_url("**/tables/**")


def record(person: Person, *words: str) -> None:
    """Open the record whose line has these words, from the list."""
    line = person.page.locator("#main tbody tr")
    for one in words:
        line = line.filter(has_text=one)
    line.get_by_role("link").first.click()
    person.page.wait_for_url(re.compile(r"/tables/[^/]+/[^/]+/\d+"))
