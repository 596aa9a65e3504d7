"""Rules made by choosing, tried, and walk-throughs run, at a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.watch import overflow
from tests.needs import needs_browser

pytestmark = needs_browser

RULES = "/design/sales_contract_change/rules/"
TESTS = "/design/customer_archive/tests/"


def choose(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """Choose by label, and wait until the answer has been drawn."""
    box = page.get_by_label(label, exact=True)
    found = box.locator("option").filter(has_text=option).first.get_attribute("value")
    with page.expect_response("**/edit"):
        box.select_option(value=found)


def type_in(page: Page, label: str, text: str) -> None:
    with page.expect_response("**/edit"):
        page.get_by_label(label, exact=True).fill(text)


def new_rule(person: Person, name: str) -> None:
    page = person.page
    page.get_by_role("button", name="新建规则").click()
    dialog = page.get_by_role("dialog", name="新建规则")
    dialog.get_by_label("名称").fill(name)
    dialog.get_by_label("由什么触发").select_option(label="销售合同变更审批")
    person.look("rules-new")
    dialog.get_by_role("button", name="新建", exact=True).click()
    page.wait_for_url("**/rules/rule")


def test_a_write_back_with_a_guard_is_built_by_choosing(enter: Enter) -> None:
    admin = enter("admin")
    admin.open(RULES)
    admin.look("rules-list")
    new_rule(admin, "改合同金额")
    page = admin.page
    effect = page.locator("#rule-effect p")

    choose(page, "目标表", re.compile("^销售合同台账$"))
    choose(page, "添加匹配列…", re.compile("^合同编码$"))
    expect(effect).to_contain_text("“合同编码”等于本单“合同编号”")
    choose(page, "添加字段…", re.compile("^合同金额$"))
    choose(page, "合同金额 的来源", re.compile(r"^合同金额（变更后）$"))
    expect(effect).to_contain_text("把“合同金额”改为本单“合同金额（变更后）”")
    choose(page, "添加字段…", re.compile("^执行状态$"))
    choose(page, "执行状态 的来源", "固定值…")
    choose(page, "执行状态 的值", "执行中")
    expect(effect).to_contain_text("把“执行状态”改为“执行中”")
    choose(page, "添加字段…", re.compile("^版本$"))
    choose(page, "版本 如何改", "加")
    choose(page, "版本 的来源", "固定值…")
    expect(effect).to_contain_text("“版本”加 1")
    type_in(page, "必须满足（可用 old. 目标记录的列）", "old.version == old_version")
    type_in(page, "文字", "合同已被修改")
    expect(effect).to_contain_text("若不满足（目标的版本 = 原版本），则拒绝整个操作，并提示“合同已被修改”")
    expect(page.locator("#rule-editor .problem:visible")).to_have_count(0)
    admin.look("rules-built")

    page.reload()
    expect(effect).to_contain_text("“版本”加 1")
    expect(page.get_by_label("执行状态 的值", exact=True)).to_have_value(re.compile("executing"))


def test_what_does_not_fit_is_told_at_once_and_undone(enter: Enter) -> None:
    admin = enter("admin")
    admin.open(f"{RULES}write_back")
    page = admin.page
    page.get_by_label("合同文本 的来源", exact=True).select_option(label="表达式…")
    box = page.get_by_label("合同文本 的表达式", exact=True)
    with page.expect_response("**/edit"):
        box.fill("old_version")
    told = page.locator("#src-set-contract_file-problem")
    expect(told).to_be_visible()
    admin.look("rules-wrong-type")

    with page.expect_response("**/edit"):
        page.get_by_role("button", name="撤销").click()
    expect(told).to_be_hidden()


def test_a_rule_keeps_its_address_when_its_code_and_file_change(enter: Enter) -> None:
    admin = enter("admin")
    admin.open(f"{RULES}log_change")
    page = admin.page
    with page.expect_response("**/edit"):
        page.get_by_label("编码", exact=True).fill("journal")
        page.keyboard.press("Enter")
    page.wait_for_url("**/rules/journal")
    choose(page, "触发者", re.compile("^销售合同变更记录$"))
    expect(page.locator("#rule-editor")).to_have_attribute(
        "data-file", re.compile("sales_contract_change_log")
    )
    type_in(page, "名称", "流水")
    page.reload()
    expect(page.get_by_label("名称", exact=True)).to_have_value("流水")


@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_rules_change_places_by_keyboard(enter: Enter) -> None:
    admin = enter("admin")
    admin.open(f"{RULES}write_back")
    page = admin.page
    names = page.locator("#rules-list .rule-line__head a")
    page.locator("#open-write_back").focus()
    with page.expect_response("**/edit"):
        page.keyboard.press("Alt+ArrowDown")
    expect(names.first).to_have_text("删除未回款期次")
    expect(page.locator("#open-write_back")).to_be_focused()


def test_people_are_told_through_the_channels_that_are_ticked(enter: Enter) -> None:
    admin = enter("admin")
    admin.open("/design/receipt_plan/rules/al_due7")
    page = admin.page
    with page.expect_response("**/edit"):
        page.get_by_role("checkbox", name="短信").uncheck()
    with page.expect_response("**/edit"):
        page.get_by_role("button", name="去掉第 2 位").click()
    expect(page.locator("#rule-effect p")).to_contain_text("通知“责任销售”（站内消息、即时通讯、移动端推送）")
    with page.expect_response("**/edit"):
        page.get_by_label("天数", exact=True).fill("14, 7")
        page.get_by_label("时刻点", exact=True).focus()
    expect(page.locator("#rule-effect p")).to_contain_text("在“计划回款日期”前 14、7 天")
    admin.look("rules-people")


def test_a_trial_says_what_would_happen(enter: Enter) -> None:
    admin = enter("admin")
    admin.open(f"{RULES}write_back")
    page = admin.page
    page.get_by_text("试算：选一条真实记录").click()
    page.get_by_role("button", name="试算", exact=True).click()
    expect(page.locator("#trial-told")).to_contain_text("会被拒绝：“销售合同台账”中应有恰好一条符合的记录")
    admin.look("rules-trial")


def test_a_walk_through_is_run_and_changed(enter: Enter) -> None:
    admin = enter("admin")
    admin.open(TESTS)
    admin.look("tests-list")
    page = admin.page
    page.locator("#tests-list a").first.click()
    page.wait_for_url(re.compile(r"/tests/.+\.0$"))
    page.locator("#test-editor").get_by_role("button", name="运行", exact=True).click()
    outcome = page.locator("#outcome")
    expect(outcome).to_contain_text("0 个不通过", timeout=60_000)
    admin.look("tests-run")

    text = page.get_by_role("textbox", name="YAML 文本")
    text.fill("name: 改过的测试\nsteps:\n  - {as: u052, dance: now}\n")
    admin.watch.allowed.add(422)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#source-problems")).to_contain_text("第 3 行")
    text.fill("name: 改过的测试\nsteps:\n  - {clock: 2026-11-20T09:00}\n")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#test-editor h2")).to_have_text("改过的测试")
    expect(page.locator(".story")).to_contain_text("时间到 2026-11-20T09:00")


@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_at_a_small_desk_nothing_is_cut_off(enter: Enter) -> None:
    admin = enter("admin")
    admin.page.set_viewport_size({"width": 1024, "height": 768})
    for path in (f"{RULES}write_back", f"{RULES}add_periods", TESTS):
        admin.open(path)
        assert overflow(admin.page) == []
        admin.look(f"small-{path.rpartition('/')[2] or 'tests'}")
