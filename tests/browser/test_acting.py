"""Acting: what is asked before, what is sent, and what a refusal looks like."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.test_filling import ROWS, asked, cell
from tests.needs import needs_browser

pytestmark = needs_browser


def test_returning_needs_a_reason_and_a_place(open_page: Open) -> None:
    page = open_page("/sample/act", allow=(404,))
    page.get_by_role("button", name="退回", exact=True).click()
    dialog = page.get_by_role("dialog", name="退回")
    dialog.get_by_label("法务审核").check()
    dialog.get_by_role("button", name="退回").click()
    expect(dialog.get_by_text("请填写意见")).to_be_visible()

    dialog.get_by_role("button", name="请尽快办理").click()
    with page.expect_request("**/sample/act") as sent:
        dialog.get_by_role("button", name="退回").click()

    posted = asked(sent.value)
    assert (posted["do"], posted["to"], posted["opinion"], posted["rev"]) == (
        "return",
        "n_legal",
        "请尽快办理",
        3,
    )
    assert "values" not in posted


def test_the_opinion_of_the_sheet_goes_along(open_page: Open) -> None:
    page = open_page("/sample/act", allow=(404,))
    page.get_by_role("textbox", name="法务意见").fill("条款已审")
    page.get_by_role("button", name="同意", exact=True).last.click()
    dialog = page.get_by_role("dialog", name="同意")
    expect(dialog.get_by_role("textbox")).to_have_value("条款已审")

    with page.expect_request("**/sample/act") as sent:
        dialog.locator("[data-do]").click()

    assert asked(sent.value)["opinion"] == "条款已审"
    assert asked(sent.value)["values"]["why"].startswith("业主")


def test_what_was_typed_is_there_again_after_a_refusal(open_page: Open) -> None:
    page = open_page("/sample/act", allow=(422,))
    refused = '{"code": "taken", "message": "该时段已被占用", "problems": []}'
    page.route("**/sample/act", lambda route: _refuse(route, refused))
    page.get_by_role("button", name="退回", exact=True).click()
    dialog = page.get_by_role("dialog", name="退回")
    dialog.get_by_label("法务审核").check()
    dialog.get_by_role("textbox").fill("请说明依据")
    dialog.locator("[data-do]").click()
    expect(page.get_by_text("该时段已被占用")).to_be_visible()

    page.get_by_role("button", name="退回", exact=True).click()
    expect(dialog.get_by_role("textbox")).to_have_value("请说明依据")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="同意", exact=True).last.click()
    expect(page.get_by_role("dialog", name="同意").get_by_role("textbox")).to_have_value("")


def test_what_the_sheet_says_later_counts_more_than_what_was_typed(open_page: Open) -> None:
    page = open_page("/sample/act", allow=(404,))
    agree, dialog = page.get_by_role("button", name="同意", exact=True).last, page.get_by_role("dialog")
    sheet = page.get_by_role("textbox", name="法务意见")
    sheet.fill("条款已审")
    agree.click()
    dialog.get_by_role("textbox").fill("条款")
    page.keyboard.press("Escape")
    agree.click()
    expect(dialog.get_by_role("textbox")).to_have_value("条款")
    page.keyboard.press("Escape")
    sheet.fill("请补充附件")
    agree.click()
    expect(dialog.get_by_role("textbox")).to_have_value("请补充附件")


def _refuse(route: Route, body: str) -> None:
    if route.request.method == "POST":
        route.fulfill(status=422, content_type="application/json", body=body)
    else:
        route.continue_()


def test_a_double_click_sends_one_request_with_one_token(open_page: Open) -> None:
    page = open_page("/sample/new", allow=(404,))
    tokens: list[str] = []
    page.on("request", lambda one: tokens.append(asked(one)["token"]) if one.url.endswith("/act") else None)
    with page.expect_navigation():
        page.get_by_role("button", name="提交").dblclick()

    assert len(tokens) == 1
    assert len(tokens[0]) == 32
    expect(page.get_by_text("已提交")).to_have_count(0)  # the page after it is no page of ours


def test_what_is_missing_is_named_before_anything_is_sent(open_page: Open) -> None:
    page = open_page("/sample/new")
    page.get_by_label("变更原因").fill("")
    cell(page, "qty", 1).locator("input").fill("")
    page.get_by_role("button", name="提交").click()

    summary = page.locator("[data-problems]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(["请填写“变更原因”", "请填写第 2 行“数量”"])

    summary.get_by_role("link", name="请填写第 2 行“数量”").click()
    expect(cell(page, "qty", 1).locator("input")).to_be_focused()
    page.keyboard.type("4")
    expect(cell(page, "qty", 1).locator(".problem")).to_have_count(0)


def test_problems_of_the_server_stand_at_their_places(open_page: Open) -> None:
    page = open_page("/sample/new", allow=(422,))
    page.get_by_label("变更原因").fill("太短")
    page.get_by_role("button", name="提交").click()

    expect(page.locator("[data-code=why] .problem")).to_have_text("“变更原因”至少 5 个字。")
    expect(page.get_by_label("变更原因")).to_have_attribute("aria-invalid", "true")
    expect(cell(page, "qty", 1).locator(".problem")).to_have_text("第 2 行“数量”不能大于库存 8。")
    expect(page.locator("[data-table=products] > .cell__value > .problem")).to_be_visible()
    expect(page.locator("[data-problems] li")).to_have_count(3)
    expect(page.get_by_role("button", name="提交")).to_be_enabled()


def test_somebody_was_faster(open_page: Open) -> None:
    page = open_page("/sample/new", allow=(409,))
    page.get_by_label("变更原因").fill("抢先")
    page.get_by_role("button", name="提交").click()
    question = page.get_by_role("alertdialog", name="情况已变化")
    expect(question).to_contain_text("已由 姚书白 处理")

    with page.expect_navigation():
        question.get_by_role("button", name="刷新页面").click()

    assert not page.get_by_label("变更原因").input_value().startswith("抢先")


def test_leaving_with_changes_asks_first(open_page: Open) -> None:
    page = open_page("/sample/new")
    page.get_by_label("变更原因").fill("还没保存")
    _side(page, "消息").click()
    page.get_by_role("alertdialog").get_by_role("button", name="留在本页").click()
    expect(page.get_by_label("变更原因")).to_have_value("还没保存")

    _side(page, "消息").click()
    with page.expect_navigation(url="**/inbox"):
        page.get_by_role("alertdialog").get_by_role("button", name="离开").click()


def test_leaving_without_changes_does_not_ask(open_page: Open) -> None:
    page = open_page("/sample/new")
    page.locator(ROWS).first.wait_for()

    with page.expect_navigation(url="**/inbox"):
        _side(page, "消息").click()


def test_why_me_is_explained(open_page: Open) -> None:
    page = open_page("/sample/act")
    page.get_by_role("button", name="为什么是我？").click()

    expect(page.get_by_text("按发起人部门逐级向上")).to_be_visible()


def test_more_lines_are_loaded_below(open_page: Open) -> None:
    page = open_page("/desk/todo")
    page.get_by_role("link", name="加载更多").click()

    expect(page.locator("#lines .work")).to_have_count(24)


def test_searching_the_workbench_keeps_the_cursor_and_the_address(open_page: Open) -> None:
    page = open_page("/desk/todo")
    box = page.get_by_role("searchbox")
    box.press_sequentially("合同")
    page.wait_for_url("**/desk/todo?q=*")

    expect(box).to_be_focused()


def test_flows_are_narrowed_by_typing(open_page: Open) -> None:
    page = open_page("/start")
    page.get_by_role("searchbox").fill("回款")
    expect(page.locator(".app:visible")).to_have_text(["回款登记与确认财务登记到账，责任销售确认"])

    page.get_by_role("searchbox").fill("没有这个")
    expect(page.get_by_text("没有匹配的流程")).to_be_visible()


def _side(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="主导航").get_by_role("link", name=name)
