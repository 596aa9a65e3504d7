"""The expression editor by mouse and by keyboard: rows, completion, a type error at its place, a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from runtime.demo.people import PASSWORD
from tests.browser.building import expression
from tests.browser.person import shots_folder
from tests.browser.watch import PATIENCE, Watch, axe_findings, overflow
from tests.builder.expression_page import PAGE, served
from tests.needs import needs_browser
from tests.web.site import Site

pytestmark = needs_browser

Show = Callable[[int], Page]
WIDTHS = (1440, 1024, 390)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site with the sample page."""
    with served(Site.build(tmp_path_factory.mktemp("expressions"))) as found:
        yield found


@pytest.fixture
def show(browser: Browser, address: str) -> Iterator[Show]:
    """Open the sample page at a width; whatever goes wrong on it fails the test."""
    watches: list[Watch] = []

    def opened(width: int) -> Page:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 844}, locale="zh-CN"
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch = Watch(page, address)
        watch.start()
        watches.append(watch)
        page.goto("/login")
        page.get_by_role("textbox", name="账号").fill("admin")
        page.get_by_role("textbox", name="密码").fill(PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(PAGE)
        return page

    yield opened
    faults = [fault for watch in watches for fault in watch.faults]
    for watch in watches:
        watch.page.context.close()
    assert faults == []


def accept(page: Page, dialog: Locator) -> None:
    """Take what was written, and wait until it is kept."""
    with page.expect_response("**/edit") as answer:
        dialog.get_by_role("button", name="确定").click()
    assert answer.value.ok
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_condition_is_built_by_mouse(show: Show, width: int, tmp_path: Path) -> None:
    page = show(width)
    required = page.locator("#required")
    if required.input_value():
        required.fill("")
        with page.expect_response("**/edit"):
            required.blur()
    dialog = expression(page, "必填条件")
    dialog.get_by_label("第 1 个条件的字段").select_option(label="变更内容")
    dialog.get_by_label("第 1 个条件的值", exact=True).select_option(label="合同金额")
    dialog.get_by_role("button", name="+ 添加条件组").first.click()
    dialog.get_by_label("第 2 个条件的字段").select_option(label="合同金额（变更后）")
    dialog.get_by_label("第 2 个条件的比较方式").select_option(label="大于等于")
    dialog.get_by_label("第 2 个条件的值", exact=True).fill("1000000")
    expect(dialog.get_by_text("请选择字段。")).to_be_visible()
    expect(dialog.get_by_role("button", name="确定")).to_be_disabled()
    dialog.get_by_label("第 3 个条件的字段").select_option(label="填写日期")
    dialog.get_by_label("第 3 个条件的比较方式").select_option(label="早于")
    dialog.get_by_label("第 3 个条件的值", exact=True).fill("-30")
    words = "变更内容 包含 “合同金额” 且 （合同金额（变更后） ≥ 1,000,000 或 填写日期 < 今天前 30 天）"
    expect(dialog.locator("[data-said]")).to_have_text(words)
    expect(dialog.get_by_text("不成立")).to_be_visible()
    dialog.get_by_label("合同金额（变更后）", exact=True).fill("2000000")
    dialog.locator("[data-sample] select").select_option(label="合同金额")
    expect(dialog.locator("[data-result]")).to_have_text("成立")
    held_to(page, tmp_path, f"rows-{width}")
    accept(page, dialog)

    written = "'amount' in change_items and (new_amount >= 1000000 or fill_date < add_days(today(), -30))"
    expect(required).to_have_value(written)
    expect(page.locator("#required-words")).to_have_text(words)
    page.reload()
    expect(required).to_have_value(written)
    expect(expression(page, "必填条件").get_by_label("第 3 个条件的值", exact=True)).to_have_value("-30")


def test_a_day_is_chosen_for_a_condition(show: Show) -> None:
    page = show(1440)
    dialog = expression(page, "必填条件")
    dialog.get_by_role("radiogroup", name="编辑方式").get_by_text("表达式", exact=True).click()
    dialog.get_by_role("textbox", name="表达式").fill("fill_date >= today()")
    dialog.get_by_role("radiogroup", name="编辑方式").get_by_text("条件", exact=True).click()
    dialog.get_by_label("第 1 个条件的值类型").select_option(label="指定日期")
    expect(dialog.get_by_text("请填写日期")).to_be_visible()
    dialog.get_by_label("第 1 个条件的值", exact=True).fill("2026-04-01")
    expect(dialog.locator("[data-said]")).to_have_text("填写日期 ≥ 2026-04-01")
    accept(page, dialog)

    expect(page.locator("#required")).to_have_value("fill_date >= date('2026-04-01')")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_formula_is_typed_with_completion(show: Show, width: int, tmp_path: Path) -> None:
    page = show(width)
    dialog = expression(page, "公式")
    source = dialog.get_by_role("textbox", name="表达式")
    source.fill("")
    source.press_sequentially("合计")
    page.keyboard.press("Tab")
    expect(source).to_have_value("sum()")
    source.press_sequentially("应收金")
    expect(dialog.get_by_role("option").first).to_contain_text("receipts.due_amount")
    page.keyboard.press("Enter")
    expect(source).to_have_value("sum(receipts.due_amount)")
    page.keyboard.press("End")
    source.press_sequentially(" + change")
    expect(dialog.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("listbox")).to_be_hidden()
    source.press_sequentially("_items")
    problem = dialog.locator("[data-problems] button")
    expect(problem).to_contain_text("change_items")
    expect(dialog.get_by_role("button", name="确定")).to_be_disabled()
    expect(dialog.get_by_role("button", name="仍然保留")).to_be_visible()
    held_to(page, tmp_path, f"wrong-{width}")
    problem.click()
    assert page.evaluate("document.getSelection().toString()") == "change_items"
    expect(dialog.locator("[data-mirror] .is-wrong")).to_have_text("change_items")

    dialog.get_by_label("查找字段或函数").fill("已回款")
    dialog.locator("[data-fields]").get_by_role("button", name="已回款").first.click()
    expect(source).to_have_value("sum(receipts.due_amount) + old_received")
    expect(dialog.locator("[data-said]")).to_have_text("收款约定的应收金额的合计 + 已回款")
    expect(dialog.locator("[data-result]")).to_have_text("20,000")
    dialog.get_by_label("已回款", exact=True).fill("500.5")
    expect(dialog.locator("[data-result]")).to_have_text("10,500.5")
    held_to(page, tmp_path, f"typed-{width}")
    source.fill("sum(receipts, 2 * (")
    dialog.get_by_label("查找字段或函数").fill("应收金额")
    dialog.locator("[data-fields]").get_by_role("button", name="应收金额").click()
    expect(source).to_have_value("sum(receipts, 2 * (row.due_amount")
    source.focus()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#formula")).to_have_value("")
    expect(page.locator("#formula")).to_be_focused()


def test_a_name_written_out_is_not_replaced_by_a_longer_one(show: Show) -> None:
    page = show(1440)
    dialog = expression(page, "公式")
    source = dialog.get_by_role("textbox", name="表达式")
    for typed, taken in (("sum", "sum()"), ("new_amount", "new_amount")):
        source.fill("")
        source.press_sequentially(typed)
        expect(dialog.get_by_role("option").nth(1)).to_be_visible()
        page.keyboard.press("Tab")
        expect(source).to_have_value(taken)


def test_values_of_dictionaries_are_completed_and_keys_accept(show: Show) -> None:
    page = show(1440)
    dialog = expression(page, "显示条件")
    expect(dialog.get_by_label("第 1 个条件的字段")).to_have_value("|change_items")
    dialog.get_by_role("radiogroup", name="编辑方式").get_by_text("表达式").click()
    source = dialog.get_by_role("textbox", name="表达式")
    source.fill(" in change_items")
    source.press("Home")
    source.press_sequentially("'履行")
    page.keyboard.press("Enter")
    expect(source).to_have_value("'period' in change_items")
    expect(dialog.get_by_role("button", name="确定")).to_be_enabled()
    with page.expect_response("**/edit"):
        page.keyboard.press("Control+Enter")
    expect(page.locator("#visible-words")).to_have_text("变更内容 包含 “履行期限”")


def test_what_has_no_rows_stays_text_and_holes_are_checked(show: Show) -> None:
    page = show(1440)
    dialog = expression(page, "筛选")
    dialog.get_by_role("radiogroup", name="编辑方式").get_by_text("表达式").click()
    dialog.get_by_role("textbox", name="表达式").fill("amount * 2 > received_amount * 3")
    dialog.get_by_role("radiogroup", name="编辑方式").get_by_text("条件").click()
    expect(dialog.get_by_text("不能用条件行表示")).to_be_visible()
    dialog.get_by_role("button", name="取消").click()

    dialog = expression(page, "标题")
    dialog.get_by_role("textbox", name="表达式").fill("变更 {contract_no} {nothing}")
    expect(dialog.locator("[data-mirror] .is-wrong")).to_have_text("nothing")
    with page.expect_response("**/edit"):
        dialog.get_by_role("button", name="仍然保留").click()
    expect(page.locator("#title")).to_have_value("变更 {contract_no} {nothing}")
    expect(page.locator("#title-words")).to_contain_text("「合同编号」")


def held_to(page: Page, folder: Path, name: str) -> None:
    """Hold the page as it is to what every page must be, and keep a picture."""
    page.screenshot(path=shots_folder(folder / "shots") / f"expression-{name}.png")
    assert overflow(page) == []
    assert axe_findings(page) == []
