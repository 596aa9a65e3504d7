"""Take the pictures of the designer's tutorial by doing what it says: an app for lending books, from nothing.

`scripts/screenshots.py` calls it; docs/tutorial/first-app.md and its Chinese sister show the pictures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.designing import drag, make_object, palette, saved, select
from tests.browser.person import Person

#: Opens a browser for somebody, in a window of a size.
Enter = Callable[[str, ViewportSize], Person]

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

HOME = "/design/book_loan"
LOAN: Mapping[str, str] = {
    "书名": "系统思考导论",
    "册数": "1",
    "归还日期": "2026-12-31",
    "借阅理由": "准备部门的流程改进讨论",
}


def take(enter: Enter) -> Path:
    """Design the app, publish it, lend a book, keep a picture of every step; return the pack as exported."""
    designer = enter("u033", DESK)
    _begin(designer)
    _form(designer)
    _flow(designer)
    _publish(designer)
    _lend(enter("u052", PHONE), enter("u018", DESK))
    designer.open(f"{HOME}/releases/")
    designer.snap("designer-releases", height=360)
    with designer.page.expect_download() as download:
        designer.page.get_by_role("link", name="导出 第 1 版").click()
    return download.value.path()


def _begin(designer: Person) -> None:
    page = designer.page
    designer.open("/design/")
    designer.snap("designer-center", height=440)
    page.get_by_role("button", name="新建应用").click()
    page.get_by_label("应用名称").fill("图书借阅")
    page.get_by_label("应用编码").fill("book_loan")
    page.get_by_role("dialog").get_by_role("button", name="新建", exact=True).click()
    page.wait_for_url(f"**{HOME}/forms/")
    designer.snap("designer-empty", height=420)


def _form(designer: Person) -> None:
    page = designer.page
    make_object(page, "表单", "loan", "图书借阅单")
    _call(page, "subject", "书名")
    drag(page, palette(page, "integer"), page.locator("#d-subject"), at=0.9)
    _call(page, "integer", "册数")
    drag(page, palette(page, "date"), page.locator("[data-gap]").last)
    _call(page, "date", "归还日期")
    drag(page, palette(page, "textarea"), page.locator("[data-gap]").last)
    _call(page, "textarea", "借阅理由")
    select(page, "date")
    page.locator("#props").get_by_text("必填", exact=True).first.click()
    expect(page.locator("#d-date.is-required")).to_be_visible()
    saved(page)
    designer.snap("designer-form")


def _call(page: Page, code: str, label: str) -> None:
    """Give a field its name."""
    select(page, code)
    with page.expect_response("**/edit"):
        page.get_by_label("名称", exact=True).fill(label)
    saved(page)


def _flow(designer: Person) -> None:
    page = designer.page
    make_object(page, "流程", "loan_flow", "图书借阅")
    canvas = page.locator("#flow-canvas")
    expect(canvas.locator('[data-cell-id="node:end"]')).to_be_visible()
    page.locator("#flow-outline button").filter(has_text="发起").click()
    page.locator("#flow-palette").get_by_role("button", name="审批", exact=True).click()
    expect(canvas.locator('[data-cell-id="edge:approve>end#0"]')).to_have_count(1)
    page.locator("#flow-outline button").filter(has_text="审批").click()
    with page.expect_response("**/edit"):
        page.get_by_label("节点名称").fill("上级审批")
    expect(canvas).to_contain_text("上级审批")
    page.get_by_role("button", name="添加处理人").click()
    page.locator("#assignees-0-kind").select_option(label="直属上级")
    expect(page.locator("#assignees-0-of")).to_be_visible()
    saved(page)
    box = page.locator("#receivers-picker")
    box.locator(".ts-control").click()
    box.locator("input").press_sequentially("易秋池")
    page.locator(".ts-dropdown .option").filter(has_text="易秋池").click()
    expect(page.locator("#receivers-found li").first).to_contain_text("高星野")
    page.locator("[data-zoom=fit]").click()
    expect(page.locator("[data-problems-count]")).to_contain_text("没有问题")
    designer.snap("designer-flow")


def _publish(designer: Person) -> None:
    page = designer.page
    designer.open(f"{HOME}/publish")
    page.get_by_label("版本号").fill("1.0.0")
    page.get_by_label("发布说明").fill("第一版：借书、上级审批")
    designer.snap("designer-publish", height=480)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布为第 1 版")).to_be_visible()


def _lend(reader: Person, superior: Person) -> None:
    reader.open("/start")
    reader.page.locator("#main").get_by_role("link", name="图书借阅").click()
    reader.page.wait_for_url("**/start/*/*")
    reader.fill(LOAN)
    reader.snap("designer-fill-390", at=".sheet__title")
    reader.press("提交")
    reader.page.wait_for_url(re.compile(r"/(cases|desk)/"))
    superior.todo("系统思考导论")
    superior.snap("designer-approve")
    superior.give("同意", opinion="同意，读完请与大家分享")
