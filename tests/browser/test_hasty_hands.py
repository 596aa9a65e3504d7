"""Hands faster than the server; and what is not lost by leaving, being logged out or coming second."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.canvas import middle, node
from tests.browser.conftest import Enter
from tests.browser.designing import edited, make_app, make_object, saved, select
from tests.needs import needs_browser

pytestmark = needs_browser
desk = pytest.mark.parametrize("size", ["desk"], indirect=True)

#: Milliseconds that each edit takes here.
SLOW = 400
CONTRACT = "/design/sales_contract/forms/sales_contract_form"


def slowed(page: Page) -> None:
    """Let every edit take its time, so that a hand can be faster."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(SLOW)
        route.continue_()

    page.route("**/edit", wait)


def labels(page: Page, among: str) -> list[str]:
    """Return what the inputs of a list say, in their order."""
    found: list[str] = page.locator(among).evaluate_all("(all) => all.map((one) => one.value)")
    return found


@desk
def test_items_move_as_often_as_the_key_is_pressed_also_where_their_values_are_digits(enter: Enter) -> None:
    page = enter("admin").page
    make_app(page, "trial", "试用")
    make_object(page, "字典", "grades", "等级")
    page.get_by_role("button", name="粘贴多项").click()
    page.get_by_label("一行一项").fill("1\t甲\n2\t乙\n3\t丙")
    with edited(page):
        page.get_by_role("dialog").get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("#items > li")).to_have_count(4)
    with edited(page):
        page.get_by_role("button", name="删除 选项一").click()

    slowed(page)
    page.locator("#item-0-label").focus()
    for _ in range(2):
        page.keyboard.press("Alt+ArrowDown")
    saved(page)

    expect(page.locator("#item-2-label")).to_be_focused()
    expect(page.locator("#item-2-label")).to_have_value("甲")
    page.reload()
    assert labels(page, "#items .fgrid__label:not(.items__value)") == ["乙", "丙", "甲"]


@desk
def test_a_button_pressed_twice_removes_one_and_the_panel_stays_with_its_entry(enter: Enter) -> None:
    page = enter("admin").page
    page.goto("/design/sales_contract/permissions/")
    before = page.locator("#grants > li").count()
    who = labels(page, "#grants .grants__who")
    page.locator("#grant-2-who").focus()
    expect(page.locator("#grant-2")).to_have_class("grants__row is-selected")

    slowed(page)
    page.get_by_role("button", name="删除第 1 条").dblclick()
    saved(page)

    expect(page.locator("#grants > li")).to_have_count(before - 1)
    expect(page.locator("#grant-1")).to_have_class("grants__row is-selected")
    assert labels(page, "#grants .grants__who") == who[1:]


@desk
def test_a_code_is_changed_and_another_field_chosen_at_once(enter: Enter) -> None:
    page = enter("admin").page
    make_app(page, "trial", "试用")
    make_object(page, "表单", "apply", "申请单")
    page.locator(".palette__item[data-type=money]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#d-money.is-selected")).to_be_visible()
    slowed(page)
    page.get_by_label("编码", exact=True).fill("amount")
    page.locator("#s-subject").click()
    saved(page)

    expect(page.locator("#d-amount")).to_be_visible()
    expect(page.locator("#d-subject.is-selected")).to_be_visible()
    expect(page.get_by_label("编码", exact=True)).to_have_value("subject")


@desk
def test_what_was_typed_is_kept_when_a_link_is_followed(enter: Enter) -> None:
    page = enter("admin").page
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.goto(f"{CONTRACT}?selected=contract_name")
    slowed(page)
    page.get_by_label("名称", exact=True).fill("合同全称")
    page.get_by_role("navigation", name="设计模块").get_by_role("link", name="流程").click()
    page.wait_for_url("**/flows/")

    page.goto(CONTRACT)
    expect(page.locator("#s-contract_name")).to_contain_text("合同全称")
    assert asked == []


@desk
def test_who_comes_second_with_a_text_is_told_and_may_still_have_it(enter: Enter) -> None:
    first, second = enter("admin"), enter("u033")
    second.watch.allowed.add(409)
    second.open(f"{CONTRACT}/yaml")
    text = second.page.get_by_label("YAML 文本").input_value()
    second.page.get_by_label("YAML 文本").fill(text.replace("销售合同", "买卖合同"))
    first.open(f"{CONTRACT}?selected=contract_name")
    with edited(first.page):
        first.page.get_by_label("名称", exact=True).fill("甲的标签")

    second.page.keyboard.press("Control+s")

    expect(second.page.get_by_text("您的文本还没有保存")).to_be_visible()
    first.page.reload()
    expect(first.page.locator("#s-contract_name")).to_contain_text("甲的标签")
    second.page.get_by_role("button", name="用我的文本覆盖").click()
    expect(second.page.get_by_text("已保存").first).to_be_visible()
    first.page.reload()
    expect(first.page.locator("#s-contract_name")).not_to_contain_text("甲的标签")


@desk
def test_who_was_logged_out_is_told_so(enter: Enter) -> None:
    person = enter("admin")
    person.watch.allowed |= {400}
    person.open(CONTRACT)
    select(person.page, "contract_name")
    person.page.context.clear_cookies()
    person.page.get_by_label("名称", exact=True).fill("没有登录")

    person.page.get_by_role("button", name="重新载入").first.click()

    expect(person.page.get_by_role("textbox", name="账号")).to_be_visible()


@desk
def test_several_nodes_stay_chosen_while_they_are_moved(enter: Enter) -> None:
    page = enter("admin").page
    page.goto("/design/sales_contract/flows/sales_contract_flow")
    expect(node(page, "end")).to_be_visible()
    before = [middle(node(page, code))[1] for code in ("n_legal", "n_dir")]
    page.locator("#flow-outline button").first.focus()
    page.keyboard.press("Control+a")
    for _ in range(2):
        with edited(page):
            page.keyboard.press("Alt+ArrowDown")

    after = [middle(node(page, code))[1] for code in ("n_legal", "n_dir")]
    assert [
        round((now - old) / (after[0] - before[0]), 2) for now, old in zip(after, before, strict=True)
    ] == [1, 1]
    page.keyboard.press("Control+c")
    expect(page.locator("#toasts")).to_contain_text("已复制")
    page.keyboard.press("Control+v")
    expect(node(page, "n_legal_1")).to_be_visible()
