"""Words for what stands beside a flow's canvas, and for building the rules that it fires."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.browser.building import choose, props, put
from tests.browser.canvas import node
from tests.browser.designing import edited


def outline(page: Page, name_: str) -> None:
    """Choose a node in the outline, and wait for its panel."""
    named = page.locator(".cut").get_by_text(name_, exact=True)
    page.locator("#flow-outline button").filter(has=named).first.click()
    expect(page.locator("#flow-panel h2")).to_have_text(name_)


def node_named(page: Page, name_: str, code: str) -> None:
    """Name the selected node, and give it its code."""
    put(page, "节点名称", name_)
    box = props(page).get_by_label("节点编码", exact=True)
    with edited(page):
        box.fill(code)
        box.press("Enter")
    expect(node(page, code)).to_be_visible()
    expect(props(page).get_by_label("节点编码", exact=True)).to_have_value(code)


def new_rule(page: Page, name_: str, code: str, *, trigger: str, action: str) -> None:
    """Make a rule, lead to it, and give it its code."""
    page.get_by_role("button", name="新建规则").first.click()
    dialog = page.get_by_role("dialog", name="新建规则")
    dialog.get_by_label("名称").fill(name_)
    dialog.get_by_label("由什么触发").select_option(label=trigger)
    dialog.get_by_label("做什么").select_option(label=action)
    with page.expect_navigation(url="**/rules/*"):
        dialog.get_by_role("button", name="新建", exact=True).click()
    editor = page.locator("#rule-editor")
    with edited(page):
        editor.get_by_label("编码", exact=True).fill(code)
        editor.get_by_label("编码", exact=True).press("Enter")
    page.wait_for_url(f"**/rules/{code}")


def rule_choice(page: Page, label: str, option: str) -> None:
    """Choose in the rule editor."""
    choose(page, label, option, within=page.locator("#rule-editor"))


def rule_columns(page: Page, sources: Mapping[str, str], *, adding: str = "添加字段…") -> None:
    """Say where columns of the target come from; what suggests itself already is left."""
    editor = page.locator("#rule-editor")
    for column_, source in sources.items():
        rule_choice(page, adding, column_)
        box = editor.get_by_label(f"{column_} 的来源", exact=True)
        kind, _, value = source.partition("：")
        if kind == "固定值":
            choose(page, f"{column_} 的来源", "固定值…", within=editor)
            values = editor.get_by_label(f"{column_} 的值", exact=True)
            if values.locator("option:checked").inner_text() != value:
                choose(page, f"{column_} 的值", value, within=editor)
        elif box.locator("option:checked").inner_text() != source:
            choose(page, f"{column_} 的来源", source, within=editor)
