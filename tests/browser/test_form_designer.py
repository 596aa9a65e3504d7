"""The form designer by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.designing import drag, edited, look, make_app, make_object, palette, select
from tests.needs import needs_browser

pytestmark = needs_browser
wide = pytest.mark.parametrize("size", ["desk", "laptop"], indirect=True)
desk = pytest.mark.parametrize("size", ["desk"], indirect=True)

CONTRACT = "/design/sales_contract/forms/sales_contract_form"


@pytest.fixture
def page(enter: Enter) -> Page:
    """A new form of a new app."""
    page = enter("admin").page
    make_app(page, "trial", "试用")
    make_object(page, "表单", "apply", "申请单")
    return page


@desk
def test_fields_are_dropped_beside_others_on_lines_of_their_own_and_into_rows(page: Page) -> None:
    drag(page, palette(page, "money"), page.locator("#d-subject"))
    drag(page, palette(page, "date"), page.locator("[data-gap]").last)
    drag(page, palette(page, "subtable"), page.locator("[data-gap]").last)
    drag(page, palette(page, "integer"), page.locator(".dcol").first, at=0.9)

    assert sorted(look(page)[0].split()) == ["money", "subject"]
    assert look(page)[1:] == ["date", "items"]
    assert page.locator(".dcol").count() == 2

    page.reload()
    assert look(page)[1:] == ["date", "items"]


@desk
def test_a_field_is_dropped_beside_another_after_lines_have_gone(page: Page) -> None:
    page.locator("#s-subject").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#d-subject")).to_have_count(0)
    palette(page, "serial").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#d-serial")).to_be_visible()

    drag(page, palette(page, "user"), page.locator("#d-serial"))

    assert [sorted(line.split()) for line in look(page)] == [["serial", "user"]]


@desk
def test_a_click_adds_a_field_and_a_double_click_no_more(page: Page) -> None:
    with edited(page):
        palette(page, "money").click()
    expect(page.locator("#d-money")).to_be_visible()
    with edited(page):
        palette(page, "date").dblclick()
    with edited(page):
        palette(page, "integer").click()

    expect(page.locator("#d-integer")).to_be_visible()
    assert look(page)[1:] == ["money", "date", "integer"]


@desk
def test_everything_can_be_done_with_keys(page: Page) -> None:
    palette(page, "money").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#s-money")).to_be_visible()
    page.locator("#s-money").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-line-of] [data-code]").first).to_have_attribute("data-code", "money")
    expect(page.locator("#s-money")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#d-money.is-selected")).to_be_visible()
    page.locator("#s-money").focus()
    page.keyboard.press("Control+d")
    expect(page.locator("#d-money_2")).to_be_visible()
    page.locator("#s-money_2").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#d-money_2")).to_have_count(0)
    page.locator("#s-subject").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#d-money_2")).to_be_visible()
    page.keyboard.press("Control+y")
    expect(page.locator("#d-money_2")).to_have_count(0)


@desk
def test_undo_is_there_after_a_reload(page: Page) -> None:
    drag(page, palette(page, "money"), page.locator("[data-gap]").last)
    page.reload()

    page.get_by_role("button", name="撤销").click()

    expect(page.locator("#d-money")).to_have_count(0)
    page.get_by_role("button", name="重做").click()
    expect(page.locator("#d-money")).to_be_visible()


@desk
def test_a_label_is_seen_while_it_is_typed_and_kept_with_the_focus_where_it_was(page: Page) -> None:
    select(page, "subject")
    box = page.get_by_label("名称", exact=True)
    with edited(page):
        box.fill("事由")
        expect(page.locator("#s-subject")).to_contain_text("事由")

    expect(box).to_be_focused()
    page.reload()
    expect(page.locator("#s-subject")).to_contain_text("事由")


@desk
def test_what_is_wrong_is_told_below_the_input(enter: Enter) -> None:
    person = enter("admin")
    person.watch.allowed.add(422)
    page = person.page
    make_app(page, "trial", "试用")
    make_object(page, "表单", "apply", "申请单")
    select(page, "subject")
    box = page.get_by_label("编码", exact=True)
    box.fill("Not A Code")
    box.press("Tab")

    expect(page.get_by_text("小写字母开头").first).to_be_visible()
    page.reload()
    expect(page.locator("#d-subject")).to_be_visible()


@desk
def test_a_width_is_dragged(page: Page) -> None:
    select(page, "subject")
    handle = page.locator("[data-resize]")
    box = handle.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] - 300, box["y"] + 10, steps=6)
    with edited(page):
        page.mouse.up()

    width = int(page.locator("#d-subject").get_attribute("data-width") or 0)
    assert 10 < width < 20


@desk
def test_two_editors_are_told_of_each_other_and_nothing_is_lost(enter: Enter) -> None:
    first, second = enter("admin"), enter("u033")
    second.watch.allowed.add(409)
    for one in (first, second):
        one.open(f"{CONTRACT}?selected=contract_name")
    with first.page.expect_response("**/edit"):
        first.page.get_by_label("名称", exact=True).fill("甲的标签")

    second.page.get_by_label("名称", exact=True).fill("乙的标签")

    expect(second.page.get_by_text("您的这一步没有执行")).to_be_visible()
    expect(second.page.locator("#s-contract_name")).to_contain_text("甲的标签")
    second.page.get_by_role("button", name="再做一次").click()
    expect(second.page.locator("#s-contract_name")).to_contain_text("乙的标签")


@wide
def test_the_designer_can_be_used_by_everybody(enter: Enter) -> None:
    person = enter("admin")
    for name, path in (
        ("centre", "/design/"),
        ("forms", "/design/sales_contract/forms/"),
        ("form", f"{CONTRACT}?selected=products.qty"),
        ("section", f"{CONTRACT}?selected=section:1"),
        ("whole", CONTRACT),
        ("text", f"{CONTRACT}/yaml"),
        ("preview", f"{CONTRACT}/preview?flow=sales_contract_flow&node=start"),
    ):
        person.open(path)
        person.page.wait_for_load_state("networkidle")
        person.look(name)


@desk
def test_a_search_without_results_can_be_cleared(enter: Enter) -> None:
    person = enter("admin")
    person.open("/design/")
    person.page.get_by_label("查找应用").fill("zzz")
    expect(person.page.get_by_text("没有这样的应用")).to_be_visible()
    person.look("none")

    person.page.get_by_role("button", name="清除查找").click()

    expect(person.page.locator(".object").first).to_be_visible()
    expect(person.page.get_by_label("查找应用")).to_be_focused()


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_the_designer_is_readable_on_a_phone(enter: Enter) -> None:
    person = enter("admin")
    for name, path in (
        ("centre", "/design/"),
        ("forms", "/design/sales_contract/forms/"),
        ("form", CONTRACT),
    ):
        person.open(path)
        person.look(name)


@desk
def test_the_preview_shows_a_node_as_its_people_see_it_and_computes(enter: Enter) -> None:
    person = enter("admin")
    person.open(f"{CONTRACT}/preview")
    person.page.get_by_label("环节").select_option("sales_contract_flow/start")
    sheet = person.page.frame_locator("iframe")
    expect(sheet.locator("form[data-ready][data-calc*='flow=sales_contract_flow']")).to_be_attached()
    sheet.get_by_role("textbox", name="合同名称").fill("试填")
    with person.page.expect_response("**/preview/calc*"):
        sheet.get_by_label("合同金额（小写）").fill("1234")
        sheet.get_by_label("合同金额（小写）").blur()

    expect(sheet.get_by_text("壹仟贰佰叁拾肆元整")).to_be_visible()
    person.page.get_by_role("button", name="手机").click()
    expect(person.page.locator("iframe.is-phone")).to_be_visible()
