"""Every page, at a desk and on a phone: nothing refused, nothing foreign, nothing cut off, axe content."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SIZES, Open
from tests.browser.watch import axe_findings, overflow
from tests.needs import needs_browser

pytestmark = needs_browser

PAGES = (
    "/login",
    "/desk/todo",
    "/desk/done?empty",
    "/desk/todo?q=没有",
    "/start",
    "/inbox",
    "/profile",
    "/sample/new",
    "/sample/act",
    "/sample/read",
    "/sample/print",
    "/sample/record",
    "/tables/contract",
    "/tables/contract?empty&state=x",
    "/admin/packs",
    "/admin/packs/upload",
    "/admin/people",
    "/admin/people/2",
    "/admin/people/2/password",
    "/admin/jobs",
    "/admin/audit",
    "/failure/404",
    "/failure/500",
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_can_be_used_by_everybody(path: str, size: str, open_page: Open) -> None:
    allowed = (404, 500) if path.startswith("/failure") else ()
    page = open_page(path, size=size, allow=allowed)

    assert page.title().endswith("· 表流")
    assert overflow(page) == []
    assert axe_findings(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_dialogs_can_be_used_by_everybody(size: str, open_page: Open) -> None:
    page = open_page("/sample/act", size=size)
    page.get_by_role("button", name="退回", exact=True).click()

    assert axe_findings(page) == []

    page.keyboard.press("Escape")
    page.get_by_role("button", name="选择客户编码").click()
    page.get_by_role("cell", name="名称 3", exact=True).wait_for()
    assert axe_findings(page) == []
    assert overflow(page) == []


def test_pages_speak_english_when_asked_to(open_page: Open) -> None:
    page = open_page("/profile")
    page.get_by_label("English").check()
    page.get_by_role("button", name="切换").click()

    assert page.get_by_role("heading", name="Profile", level=1).is_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    assert _chinese_left(page) == []


def _chinese_left(page: Page) -> list[str]:
    """Return words of the frame that are still Chinese; the names of people and apps stay as they are."""
    words: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".card__title, .top__title, .question > label, .button")]
          .map((one) => one.textContent.trim()).filter((text) => /[\\u4e00-\\u9fff]/.test(text))"""
    )
    return [word for word in words if word != "简体中文"]
