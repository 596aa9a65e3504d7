"""Base tables, dictionaries, rights and the menu, designed by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.designing import make_app, make_object, saved
from tests.browser.person import Person
from tests.browser.watch import axe_findings, overflow
from tests.needs import needs_browser

pytestmark = needs_browser
desk = pytest.mark.parametrize("size", ["desk"], indirect=True)


@pytest.fixture
def designer(enter: Enter) -> Person:
    """A designer with a new table of a new app."""
    person = enter("admin")
    make_app(person.page, "trial", "试用")
    make_object(person.page, "底表", "visit", "拜访记录")
    return person


@pytest.fixture
def page(designer: Person) -> Page:
    """Their page."""
    return designer.page


def codes(page: Page) -> list[str]:
    """Return the codes of the fields as they are listed."""
    found: list[str] = page.locator("#fields > li").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.step)"
    )
    return found


def follow(page: Page, name: str, url: str) -> None:
    """Follow a link, and wait until the page is ready to be worked on."""
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(url)


def add(page: Page, type_: str) -> None:
    """Add a field by looking for its type."""
    page.get_by_role("button", name="添加字段").click()
    page.locator("#add-field [data-types-find]").fill(type_)
    page.keyboard.press("Enter")


def drag(page: Page, source: str, target: str) -> None:
    """Drag a row by its grip onto another one."""
    # Where the target is now: it makes way as soon as the row comes near.
    box = page.locator(target).bounding_box()
    assert box
    page.locator(f"{source} [data-grip]").first.hover()
    page.mouse.down()
    for step in range(4):
        page.mouse.move(box["x"] + 12, box["y"] + 6 - step, steps=8)
        page.wait_for_timeout(200)
    with page.expect_response("**/edit"):
        page.mouse.up()
    saved(page)


@desk
def test_a_table_is_built(page: Page) -> None:
    add(page, "金额")
    expect(page.locator("#row-money-label")).to_be_focused()
    page.locator("#row-money-label").fill("费用")
    page.locator("#row-money-label").press("Tab")
    expect(page.locator("#field-money-label")).to_have_value("费用")

    # The code is rewritten where it is used, and what is selected follows.
    page.locator("#field-money-code").fill("cost")
    page.locator("#field-money-code").press("Enter")
    expect(page.locator("#field-cost-code")).to_have_value("cost")
    page.locator("#row-cost-required").check()
    expect(page.locator("#field-cost-required")).to_be_checked()

    add(page, "下拉选择")
    expect(page.locator("#field-select-options")).to_have_value("选项一\n选项二")
    page.locator("#field-select-type").select_option("radio")
    expect(page.locator("#row-select .fgrid__type")).to_have_text("单选")

    # By mouse to the top, by keyboard one down again.
    drag(page, "#row-cost", "#row-no")
    assert codes(page) == ["cost", "no", "name", "select"]
    page.locator("#row-cost-code").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#fields > li").first).to_have_id("row-no")
    expect(page.locator("#row-cost-code")).to_be_focused()

    page.locator("#row-select-code").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#row-select")).to_have_count(0)
    page.locator("#row-no-code").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#row-select")).to_be_visible()

    page.reload()
    assert codes(page) == ["no", "cost", "name", "select"]


@desk
def test_a_code_that_cannot_be_is_told_at_the_input(designer: Person, page: Page) -> None:
    designer.watch.allowed.add(422)
    page.locator("#row-name-code").click()
    page.locator("#field-name-code").fill("no")
    page.locator("#field-name-code").press("Enter")
    expect(page.locator("#field-name-code-problem")).to_contain_text("已经有了")
    expect(page.locator("#row-name-code")).to_be_visible()


@desk
def test_a_view_is_built(page: Page) -> None:
    page.get_by_role("link", name="视图").click()
    page.wait_for_url("**tab=views")
    page.get_by_role("button", name="添加视图").click()
    expect(page.locator("#v-view-name")).to_have_value("新视图")
    page.locator("#v-view-name").fill("按名称")
    page.locator("#v-view-sort-add").select_option(label="名称（name）")
    page.locator("#v-view-sort").get_by_role("button", name="从小到大").click()
    expect(page.locator("#view-view")).to_contain_text("名称 ↓")
    page.locator("#v-view-columns-name").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#v-view-columns > li").first).to_have_id("v-view-columns-name")
    expect(page.locator("#v-view-columns-name")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.locator("#v-view-columns > li")).to_have_count(1)
    expect(page.locator("#view-view")).to_contain_text("按名称")


@desk
def test_a_dictionary_is_built(page: Page) -> None:
    make_object(page, "字典", "kinds", "类别")
    page.get_by_role("button", name="粘贴多项").click()
    page.get_by_label("一行一项").fill("big\t大客户\n小客户")
    page.get_by_role("dialog").get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("#items > li")).to_have_count(3)
    page.locator("#item-1-colour").select_option("green")
    expect(page.locator("#item-1 .tag--ok")).to_have_text("大客户")
    page.get_by_role("button", name="在 大客户 下添加").click()
    expect(page.locator("#item-1-0-label")).to_be_focused()
    page.keyboard.type("重点客户")
    expect(page.locator("#item-1-0-label")).to_have_value("重点客户")
    page.locator("#item-1-value").fill("large")
    page.locator("#item-1-value").press("Tab")
    saved(page)
    page.reload()
    expect(page.locator("#item-1-value")).to_have_value("large")
    expect(page.locator("#item-1-0-label")).to_have_value("重点客户")


@desk
def test_rights_and_a_menu_are_built(page: Page) -> None:
    follow(page, "权限", "**/permissions/")
    follow(page, "角色与岗位槽", "**/slots")
    page.get_by_role("button", name="添加角色").click()
    page.get_by_label("role 的名称").fill("客户经理")
    page.get_by_label("客户经理 的编码").fill("manager")
    page.get_by_label("客户经理 的编码").press("Tab")
    saved(page)
    follow(page, "授权", "**/permissions/")
    page.get_by_role("button", name="添加授权").click()
    expect(page.locator("#grant-0-who")).to_have_value("manager")
    page.locator("#grant-0-export").check()
    page.locator("#grant-0-scope").select_option(label="本部门的")
    page.locator("#g-0-hide-add").select_option(label="名称（name）")
    expect(page.locator("#grant-0-on")).to_contain_text("隐藏 1 项")
    saved(page)
    follow(page, "汇总", "**tab=summary")
    expect(page.get_by_role("cell", name="本部门的：查看、导出")).to_be_visible()

    follow(page, "菜单", "**/menu/")
    page.get_by_role("button", name="添加菜单项").click()
    expect(page.locator("#m-0-name")).to_have_value("拜访记录")
    page.get_by_role("radio", name="star", exact=True).check(force=True)
    page.locator("#m-0-role-manager").check()
    expect(page.locator("#entry-0")).to_contain_text("客户经理")
    expect(page.locator(".menu-preview ul")).to_contain_text("拜访记录")
    page.locator("#preview-role").select_option(label="部门主管")
    expect(page.locator(".menu-preview ul")).to_contain_text("什么也看不到")


PAGES = (
    "sales_contract/tables/sales_contract?selected=customer_no",
    "sales_contract/tables/sales_contract?tab=key",
    "sales_contract/tables/sales_contract?tab=views&selected=all",
    "common_base/dictionaries/contract_status",
    "sales_contract/permissions/?selected=4",
    "sales_contract/permissions/?tab=summary",
    "sales_contract/permissions/slots",
    "sales_contract/menu/?selected=1",
    "sales_contract/settings/",
)


def test_every_page_is_readable(enter: Enter, size: str) -> None:
    page = enter("admin").page
    for width in (1440, 1024) if size == "desk" else (390,):
        page.set_viewport_size({"width": width, "height": 860})
        for path in PAGES:
            page.goto(f"/design/{path}")
            assert overflow(page) == [], (width, path)
            assert axe_findings(page) == [], (width, path)
