"""What the contract's pages do not let happen, and how they say so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import contract_work as work
from tests.browser.conftest import Enter
from tests.needs import needs_browser

pytestmark = needs_browser


def test_what_is_out_of_balance_is_told_at_its_place_and_stores_nothing(enter: Enter) -> None:
    rep = enter("u052")
    work.start(rep, "销售合同审批")
    work.draft_contract(rep, receipts=work.RECEIPTS[:1])
    rep.watch.allowed.add(422)
    rep.button("提交").click()

    problem = "付款节点金额之和必须等于合同金额"
    expect(rep.page.locator("[data-table=pay_nodes] > .cell__value > .problem")).to_have_text(problem)
    expect(rep.page.locator("[data-problems]").get_by_role("link", name=problem)).to_be_visible()
    rep.look("60-out-of-balance")

    elsewhere = rep.page.get_by_role("banner").get_by_role("link", name="消息")
    elsewhere.click()
    question = rep.page.get_by_role("alertdialog")
    question.get_by_role("button", name="留在本页").click()
    expect(rep.page.get_by_label("合同名称", exact=True)).to_have_value(work.CONTRACT)
    elsewhere.click()
    with rep.page.expect_navigation(url="**/inbox"):
        question.get_by_role("button", name="离开").click()
    rep.open("/desk/started")
    expect(rep.page.locator("#lines")).to_contain_text("还没有发起过流程")
    rep.look("61-nothing-started")


@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_a_double_click_starts_one_case(enter: Enter) -> None:
    rep = enter("u052")
    work.start(rep, "销售合同审批")
    work.draft_contract(rep)
    with rep.page.expect_navigation():
        rep.button("提交").dblclick()
    rep.told("已提交")

    rep.open("/desk/started")
    expect(rep.page.locator("#lines .work")).to_have_count(1)


@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_what_is_not_for_somebody_is_refused_in_words(enter: Enter) -> None:
    rep, stranger = enter("u052"), enter("u059")
    work.start(rep, "销售合同审批")
    rep.fill({"合同名称": work.CONTRACT})
    rep.press("暂存")
    stranger.watch.allowed |= {403, 404}

    stranger.open(rep.page.url)
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("没有找到")
    stranger.look("62-not-found")
    stranger.open("/start/sales_contract/sales_contract_flow")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("没有权限")
    stranger.look("63-no-permission")
    stranger.open("/start")
    expect(stranger.page.locator("#main").get_by_role("link", name="销售合同审批")).to_have_count(0)
