"""Words for what somebody does in the designer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect


def make_app(page: Page, code: str, name: str) -> None:
    """Begin a new app in the design centre."""
    page.goto("/design/")
    page.get_by_role("button", name="新建应用").first.click()
    page.get_by_label("应用名称").fill(name)
    page.get_by_label("应用编码").fill(code)
    page.get_by_role("dialog").get_by_role("button", name="新建", exact=True).click()
    page.wait_for_url(f"**/design/{code}/forms/")


def make_object(page: Page, module: str, code: str, name: str) -> None:
    """Make a new form, table, flow or dictionary of the app that is open, and lead to it."""
    # With its scripts: they open the dialog.
    with page.expect_navigation():
        page.get_by_role("navigation", name="设计模块").get_by_role("link", name=module).click()
    page.get_by_role("button", name=f"新建{module}").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill(name)
    dialog.get_by_label("编码").fill(code)
    dialog.get_by_role("button", name="新建", exact=True).click()
    page.wait_for_url(f"**/{code}")


def palette(page: Page, type_: str) -> Locator:
    """Return a type in the form designer's palette."""
    return page.locator(f".palette__item[data-type={type_}]").first


def select(page: Page, code: str) -> None:
    """Choose a field on the sheet, and wait for its panel."""
    page.locator(f"#s-{code}").click()
    expect(page.locator("#props[data-about=field]")).to_be_visible()
    expect(page.locator(f"#d-{code}.is-selected")).to_be_visible()


def saved(page: Page) -> None:
    """Wait until everything is kept."""
    expect(page.locator("[data-saved]")).to_contain_text("已保存")


@contextmanager
def edited(page: Page) -> Iterator[None]:
    """Hold what is done inside to making an edit that is accepted, kept and drawn."""
    with page.expect_response("**/edit") as answer:
        yield
    assert answer.value.ok, answer.value.text()
    saved(page)


def drag(page: Page, source: Locator, target: Locator, *, at: float = 0.75) -> None:
    """Drag something onto something else, to a point `at` of its width; lists move aside meanwhile."""
    source.scroll_into_view_if_needed()
    target.scroll_into_view_if_needed()
    box = source.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 32, box["y"] + box["height"] / 2 + 6, steps=3)
    for _ in range(4):
        goal = target.bounding_box()
        assert goal
        page.mouse.move(goal["x"] + goal["width"] * at, goal["y"] + goal["height"] / 2, steps=6)
        page.wait_for_timeout(120)
    with edited(page):
        page.mouse.up()


def look(page: Page) -> list[str]:
    """Return the layout as it is on the sheet: codes, line by line."""
    found: list[str] = page.locator("[data-line-of]").evaluate_all(
        "(lines) => lines.map((line) => [...line.querySelectorAll('[data-code]')]"
        ".map((one) => one.dataset.code).join(' '))"
    )
    return found
