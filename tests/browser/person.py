"""Somebody at a browser: logs in, reads pages as the tests require them, fills in sheets, acts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, FloatRect, Locator, Page, ViewportSize, expect

from runtime.demo.people import PASSWORD
from tests.browser.watch import PATIENCE, Watch, axe_findings, overflow


@dataclass
class Person:
    """One person with one page; `shots` is where pictures are kept."""

    login: str
    page: Page
    watch: Watch
    shots: Path
    faults: list[str]

    @classmethod
    def enter(
        cls, browser: Browser, address: str, login: str, *, viewport: ViewportSize, shots: Path
    ) -> Person:
        """Open a browser of their own, and log in."""
        context = browser.new_context(base_url=address, viewport=viewport, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch = Watch(page, address)
        watch.start()
        one = cls(login, page, watch, shots, watch.faults)
        one.open("/login")
        page.get_by_role("textbox", name="账号").fill(login)
        page.get_by_role("textbox", name="密码").fill(PASSWORD)
        with page.expect_navigation(url=re.compile("/desk/todo")):
            page.get_by_role("button", name="登录", exact=True).click()
        return one

    def leave(self) -> None:
        """Close the browser."""
        self.page.context.close()

    # Pages

    def open(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(path)

    def look(self, name: str) -> None:
        """Hold the page as it is to what every page must be, and keep a picture of it."""
        wide = overflow(self.page)
        self.faults += [f"{name}: reaches out to the right: {one}" for one in wide]
        self.faults += [f"{name}: {one}" for one in axe_findings(self.page)]
        self.shoot(name)

    def shoot(self, name: str) -> None:
        """Keep a picture of the whole page; what is fixed to the window stands at its end, not across it."""
        size = self.page.viewport_size
        assert size is not None
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
        self.page.screenshot(path=self.shots / f"{name}.png")
        self.page.set_viewport_size(size)

    def snap(self, name: str, *, at: str = "", height: int = 0) -> None:
        """Keep a picture of the window (of its upper part), scrolled to an element, without messages."""
        self.page.evaluate("document.getElementById('toasts').replaceChildren()")
        self.page.locator(at or "h1").first.evaluate("(one) => one.scrollIntoView({block: 'center'})")
        self.page.evaluate("document.activeElement.blur()")
        # Rows are drawn once they come into sight.
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        size = self.page.viewport_size
        assert size is not None
        clip = FloatRect(x=0, y=0, width=size["width"], height=height or size["height"])
        self.page.screenshot(path=self.shots / f"{name}.png", clip=clip)

    def todo(self, title: str) -> None:
        """Open the task with this in its title from the workbench."""
        self.open("/desk/todo")
        self.page.locator("#lines").get_by_role("link", name=title).first.click()
        self.page.wait_for_url(re.compile(r"/cases/\d+"))

    def waiting(self) -> list[str]:
        """Return the titles of what waits on the workbench."""
        self.open("/desk/todo")
        return self.page.locator("#lines .work__title > span:first-child").all_inner_texts()

    # Filling in

    def cell(self, label: str) -> Locator:
        """Return the cell of the sheet with this label."""
        named = self.page.locator(".cell__label label, .cell__label > span").get_by_text(label, exact=True)
        return self.page.locator(".sheet .cell").filter(has=named)

    def row(self, table: str, number: int) -> Locator:
        """Return a row of a sub-table; rows count from 1."""
        return self.page.locator(f"[data-table={table}] [data-rows] > [data-row]").nth(number - 1)

    def add_rows(self, table: str, *rows: Mapping[str, str]) -> None:
        """Fill in rows from the first, adding those that are not there."""
        for number, values in enumerate(rows, 1):
            if not self.row(table, number).count():
                self.page.locator(f"[data-table={table}]").get_by_role("button", name="添加一行").click()
            self.fill(values, within=self.row(table, number))

    def fill(self, values: Mapping[str, str], *, within: Locator | None = None) -> None:
        """Type into inputs, choose from lists: value by label."""
        place = within or self.page.locator(".sheet")
        for label, value in values.items():
            entry = place.get_by_label(label, exact=True)
            if entry.evaluate("(one) => one.localName") == "select":
                entry.select_option(label=value)
            else:
                entry.fill(value)
                entry.press("Tab")

    def tick(self, cell: str, *choices: str) -> None:
        """Tick boxes of a group."""
        for one in choices:
            self.cell(cell).get_by_label(one, exact=True).check()

    def choose(self, label: str, words: str, *, within: Locator | None = None) -> None:
        """Choose a record for a lookup by searching for it; waits for what comes with it."""
        (within or self.page.locator(".sheet")).get_by_role("button", name=f"选择{label}", exact=True).click()
        picker = self.page.locator("#picker")
        picker.get_by_placeholder("输入关键词搜索").fill(words)
        rows = picker.locator("tbody tr")
        expect(rows).to_have_count(1)
        with self.page.expect_response("**/calc*"):
            rows.click()

    def choose_rows(self, table: str, *names: str) -> None:
        """Choose several records at once, a row of the sub-table each."""
        self.page.locator(f"[data-table={table}]").get_by_role("button", name="批量选择").click()
        picker = self.page.locator("#picker")
        for name in names:
            picker.get_by_role("cell", name=name, exact=True).click()
        with self.page.expect_response("**/calc*"):
            picker.get_by_role("button", name="确定").click()

    def attach(self, label: str, file: Path) -> None:
        """Upload a file into a cell."""
        payload = FilePayload(name=file.name, mimeType="application/pdf", buffer=file.read_bytes())
        self.cell(label).locator("input[type=file]").set_input_files([payload])
        expect(self.cell(label).get_by_role("link", name=file.name)).to_be_visible()

    # Acting

    def press(self, button: str) -> None:
        """Press a button of the action bar, and wait for the page after it."""
        with self.page.expect_navigation():
            self.button(button).click()

    def button(self, name: str) -> Locator:
        """Return a button of the action bar."""
        return self.page.locator("[data-actions]").get_by_role("button", name=name, exact=True)

    def give(self, button: str, *, opinion: str = "", to: str = "") -> None:
        """Press a button that asks for an opinion or a place, and answer."""
        self.button(button).click()
        dialog = self.page.get_by_role("dialog", name=button)
        if to:
            dialog.get_by_label(to).check()
        dialog.get_by_role("textbox").fill(opinion)
        with self.page.expect_navigation():
            dialog.locator("[data-do]").click()

    def told(self, message: str | re.Pattern[str]) -> None:
        """Check the message that the page before left."""
        expect(self.page.locator("#toasts")).to_contain_text(message)


def shots_folder(fallback: Path) -> Path:
    """Return the folder for pictures: the one that BIAOLIU_SHOTS names, else `fallback`."""
    folder = Path(os.environ.get("BIAOLIU_SHOTS", "") or fallback)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
