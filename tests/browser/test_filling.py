"""Filling in a sheet: what scripts do between the page and the server."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import FilePayload, Page, Request, expect

from tests.browser.conftest import Open
from tests.needs import needs_browser

pytestmark = needs_browser

ROWS = "[data-table=products] [data-rows] > [data-row]"


def cell(page: Page, code: str, row: int = 0) -> Any:
    """Return the cell of a row of products."""
    return page.locator(ROWS).nth(row).locator(f"[data-code={code}]")


def asked(request: Request) -> dict[str, Any]:
    """Return what was posted."""
    posted: dict[str, Any] = json.loads(request.post_data or "{}")
    return posted


def test_a_change_is_calculated_once_and_computed_cells_follow(open_page: Open) -> None:
    page = open_page("/sample/new")
    questions: list[Request] = []
    page.on("request", lambda one: questions.append(one) if one.url.endswith("/calc") else None)

    cell(page, "qty").locator("input").fill("")
    with page.expect_response("**/sample/calc"):
        cell(page, "qty").locator("input").press_sequentially("80")

    expect(cell(page, "total")).to_contain_text("200,000.00")
    expect(page.locator("[data-total=total]")).to_have_text("400,000.00")
    assert len(questions) == 1


def test_an_answer_older_than_the_last_question_is_dropped(open_page: Open) -> None:
    page = open_page("/sample/new")
    late: list[Any] = []
    page.route("**/sample/calc", lambda route: late.append(route) if not late else route.continue_())
    quantity = cell(page, "qty").locator("input")

    quantity.fill("1")
    page.wait_for_event("request", lambda one: one.url.endswith("/calc"))
    with page.expect_response("**/sample/calc"):
        quantity.fill("2")
    expect(cell(page, "total")).to_contain_text("5,000.00")
    late[0].abort()

    expect(cell(page, "total")).to_contain_text("5,000.00")


def test_what_a_condition_hides_appears_when_it_holds(open_page: Open) -> None:
    page = open_page("/sample/new")
    days = page.locator("[data-code=draft_days]")
    expect(days).to_be_hidden()

    page.get_by_label("付款方式").select_option("承兑汇票")

    expect(days).to_be_visible()
    expect(days.locator(".cell__required")).to_be_visible()


def test_numbers_are_grouped_when_left_and_plain_when_typed_and_posted(open_page: Open) -> None:
    page = open_page("/sample/new")
    amount = page.get_by_role("textbox", name="合同金额（小写）")
    amount.fill("１２３４５６７.5")
    amount.blur()
    expect(amount).to_have_value("1,234,567.50")

    with page.expect_request("**/sample/calc") as question:
        page.get_by_label("毛利率").fill("8")

    values = asked(question.value)["values"]
    assert (values["amount"], values["rate"], values["customer_ref"]) == ("1234567.50", "8%", 32)
    assert values["meet_at"] == "2026-11-20 09:30"
    assert values["address"] == {"province": "江苏省", "city": "苏州市", "detail": "平湖路 8 号"}
    assert (values["standard"], values["kinds"], values["files"]) == (True, ["金额变更", "范围变更"], ["f1"])


def test_a_chosen_record_fills_in_what_it_brings(open_page: Open) -> None:
    page = open_page("/sample/new")
    cell(page, "product").get_by_role("button", name="选择产品编码").click()
    page.get_by_placeholder("输入关键词搜索").fill("名称 7")
    expect(page.locator("#picker tbody tr")).to_have_count(1)

    page.locator("#picker tbody tr").click()

    expect(cell(page, "product").locator("input")).to_have_value("P-007")
    expect(cell(page, "name")).to_contain_text("选中的产品")
    expect(cell(page, "price").locator("input")).to_have_value("1,250.00")


def test_records_are_chosen_by_keyboard_and_further_ones_loaded(open_page: Open) -> None:
    page = open_page("/sample/new")
    page.get_by_label("客户编码", exact=True).press("Enter")
    page.locator("#picker").get_by_role("button", name="加载更多").click()
    expect(page.locator("#picker tbody tr")).to_have_count(25)

    page.get_by_placeholder("输入关键词搜索").press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_label("客户编码", exact=True)).to_have_value("C-002")


def test_several_records_become_a_row_each(open_page: Open) -> None:
    page = open_page("/sample/new?rows=1")
    page.get_by_role("button", name="批量选择").click()
    for number in (2, 4):
        page.get_by_role("cell", name=f"名称 {number}", exact=True).click()
    expect(page.locator("[data-picker-count]")).to_have_text("已选 2 条")
    page.locator("#picker").get_by_role("button", name="确定").click()

    expect(page.locator(ROWS)).to_have_count(3)
    expect(cell(page, "product", 2).locator("input")).to_have_value("P-004")
    expect(cell(page, "name", 2)).to_contain_text("选中的产品")


def test_people_are_found_by_search(open_page: Open) -> None:
    page = open_page("/sample/new")
    chooser = page.locator("[data-code=signer]")
    chooser.locator(".ts-control").click()
    chooser.get_by_role("combobox").fill("姚书")
    page.locator(".ts-dropdown .option", has_text="姚书白").click()

    with page.expect_request("**/sample/calc") as question:
        page.get_by_label("变更原因").fill("换人")
    assert asked(question.value)["values"]["signer"] == "u025"


def test_a_person_in_a_row_is_chosen_without_leaving_the_row(open_page: Open) -> None:
    page = open_page("/sample/new")
    cell(page, "owner").locator("select").focus()
    page.get_by_role("option", name="常乐天").click()

    with page.expect_request("**/sample/calc") as question:
        cell(page, "qty").locator("input").fill("3")
    assert asked(question.value)["values"]["products"][0]["owner"] == "u053"


def test_a_day_is_chosen_in_a_calendar(open_page: Open) -> None:
    page = open_page("/sample/new")
    page.get_by_label("申请日期").click()
    page.get_by_label("十一月 20, 2026").click()

    expect(page.get_by_label("申请日期")).to_have_value("2026-11-20")


def test_files_are_sent_when_chosen_and_can_be_taken_back(open_page: Open) -> None:
    page = open_page("/sample/new", allow=(422,))
    files = page.locator("[data-code=files]")
    good, bad = (
        FilePayload(name=name, mimeType="application/pdf", buffer=b"%PDF") for name in ("合同.pdf", "bad.pdf")
    )
    files.locator("input[type=file]").set_input_files([good])
    expect(files.get_by_role("link", name="合同.pdf")).to_be_visible()

    files.locator("input[type=file]").set_input_files([bad])
    expect(page.get_by_text("bad.pdf 上传失败")).to_be_visible()
    files.get_by_role("button", name="移除 设计变更单").click()

    with page.expect_request("**/sample/calc") as question:
        page.get_by_label("毛利率").fill("8")
    assert asked(question.value)["values"]["files"] == ["new-file"]


def test_a_late_answer_to_one_lookup_does_not_show_in_the_next(open_page: Open) -> None:
    page = open_page("/sample/new")
    late: list[Any] = []
    page.route("**/pick/*", lambda route: late.append(route) if not late else route.continue_())
    with page.expect_request("**/pick/*"):
        cell(page, "product").get_by_role("button", name="选择产品编码").click()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="选择客户编码").click()
    page.locator("#picker tbody tr").first.wait_for()
    late[0].fulfill(
        json={"columns": [], "rows": [{"key": "late", "ref": 1, "cells": ["迟到"]}], "next": None}
    )

    expect(page.locator("#picker tbody tr").filter(has_text="迟到")).to_have_count(0)
    expect(page.locator("#picker tbody tr")).not_to_have_count(0)
