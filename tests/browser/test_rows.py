"""Rows of a sub-table: added, copied, moved, removed, pasted, by mouse and by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_filling import ROWS, asked, cell
from tests.needs import needs_browser

pytestmark = needs_browser


def products(page: Page) -> list[str]:
    """Return the key in every row, from top to bottom."""
    return [one.input_value() for one in page.locator(f"{ROWS} [data-code=product] input").all()]


def test_rows_are_added_copied_and_removed(open_page: Open) -> None:
    page = open_page("/sample/new")
    page.get_by_role("button", name="添加一行").click()
    with page.expect_response("**/sample/calc"):
        page.locator(ROWS).nth(1).get_by_role("button", name="复制此行").click()
    assert products(page) == ["P-001", "P-014", "P-014", ""]
    expect(cell(page, "price", 2).locator("input")).to_have_value("10,000.00")

    with page.expect_request("**/sample/calc") as question:
        page.locator(ROWS).nth(0).get_by_role("button", name="删除此行").click()

    rows = asked(question.value)["values"]["products"]
    assert [(row["id"], row["product"], row["product_ref"]) for row in rows] == [
        (12, "P-014", 12), (None, "P-014", 12), (None, None, None),
    ]  # fmt: skip
    assert page.locator(f"{ROWS} [data-ordinal]").all_inner_texts() == ["1", "2", "3"]


def test_enter_goes_through_the_cells_and_past_the_last_adds_a_row(open_page: Open) -> None:
    page = open_page("/sample/new")
    cell(page, "qty", 1).locator("input").press("Enter")
    expect(cell(page, "price", 1).locator("input")).to_be_focused()

    cell(page, "way", 1).locator("select").press("Enter")
    page.locator(".ts-dropdown .option.active").wait_for()
    page.keyboard.press("Enter")  # chooses
    page.keyboard.press("Enter")  # goes on

    expect(page.locator(ROWS)).to_have_count(3)
    expect(cell(page, "product", 2).locator("input")).to_be_focused()


def test_a_row_is_moved_by_keyboard(open_page: Open) -> None:
    page = open_page("/sample/new")
    quantity = cell(page, "qty", 0).locator("input")
    quantity.press("Alt+ArrowDown")

    assert products(page) == ["P-014", "P-001"]
    expect(cell(page, "qty", 1).locator("input")).to_be_focused()
    expect(page.get_by_text("已移到第 2 行")).to_be_visible()


def test_a_row_is_moved_by_mouse(open_page: Open) -> None:
    page = open_page("/sample/new")
    grips = page.locator(f"{ROWS} [data-grip]")
    grips.nth(1).drag_to(grips.nth(0), target_position={"x": 10, "y": 3})

    assert products(page) == ["P-014", "P-001"]


def test_cells_from_a_spreadsheet_fill_rows(open_page: Open) -> None:
    page = open_page("/sample/new")
    cell(page, "qty", 1).locator("input").evaluate(
        """(input, copied) => {
          const data = new DataTransfer();
          data.setData("text/plain", copied);
          const event = {clipboardData: data, bubbles: true, cancelable: true};
          input.dispatchEvent(new ClipboardEvent("paste", event));
        }""",
        "5\t1200\t2027-01-08\t承兑汇票\n6\t1,300.5\t2027-02-08\t银行转账\n",
    )

    expect(page.locator(ROWS)).to_have_count(3)
    expect(cell(page, "price", 2).locator("input")).to_have_value("1,300.50")
    expect(cell(page, "due", 2).locator("input")).to_have_value("2027-02-08")
    expect(cell(page, "way", 2).locator("select")).to_have_value("transfer")


def test_five_hundred_rows_answer_a_keystroke_at_once(open_page: Open) -> None:
    page = open_page("/sample/new?rows=500")
    quantity = cell(page, "qty", 250).locator("input")
    quantity.scroll_into_view_if_needed()
    quantity.focus()

    milliseconds = page.evaluate(
        """() => new Promise((resolve) => {
          const start = performance.now();
          document.activeElement.value = "7";
          document.activeElement.dispatchEvent(new Event("input", {bubbles: true}));
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
        })"""
    )

    # Two frames take 33 ms; the bound is for a machine that does other things as well.
    assert milliseconds < 400


def test_rows_are_cards_on_a_phone(open_page: Open) -> None:
    page = open_page("/sample/new", size="phone")
    first = page.locator(ROWS).nth(0)
    quantity, price = (cell(page, code).bounding_box() for code in ("qty", "price"))

    assert quantity is not None
    assert price is not None
    assert price["y"] > quantity["y"]
    assert (
        first.locator("[data-code=qty]").evaluate("(one) => getComputedStyle(one, '::before').content")
        == '"数量"'
    )
