"""Take the pictures of the README and the tutorials in a throw-away demo: contracts, and an app being made.

Run it with `make screenshots`. It needs a Chromium (see tests/needs.py) and writes docs/images/*.png.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts import designer_pictures
from scripts.designer_pictures import DESK, PHONE
from tests.browser import contract_work as work
from tests.browser.demo import ROOT, install, served
from tests.browser.person import Person
from tests.needs import CHROMIUM_ARGS, chromium

IMAGES = ROOT / "docs" / "images"


def main() -> int:
    """Take all pictures; return the exit status."""
    if chromium() is None:
        print("screenshots: no Chromium found; name one in BIAOLIU_TEST_CHROMIUM", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        served(install(Path(folder) / "var")) as address,
        _browser() as browser,
    ):
        _play(browser, address)
    for path in sorted(IMAGES.glob("*.png")):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")
    return 0


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_ARGS))
        yield browser
        browser.close()


def _play(browser: Browser, address: str) -> None:
    def enter(login: str, viewport: ViewportSize = DESK) -> Person:
        return Person.enter(browser, address, login, viewport=viewport, shots=IMAGES)

    _log_in(browser, address)
    rep, lawyer, chief = enter("u052"), enter("u061"), enter("u016")
    work.start(rep, "销售合同审批")
    work.draft_contract(rep)
    rep.snap("contract-form", at=".sheet__title")
    rep.press("提交")
    phone = enter("u053", PHONE)
    work.start(phone, "销售合同审批")
    work.draft_contract(phone, customer="远帆示范物流")
    phone.snap("contract-form-390", at="[data-table=products] [data-row]:nth-child(2)")
    phone.press("提交")

    lawyer.todo(work.TITLE)
    lawyer.give("同意", opinion="条款合规，违约责任已写明")
    chief.todo(work.TITLE)
    chief.snap("contract-approve", at="[data-table=pay_nodes]")
    chief.give("同意", opinion="同意")
    rep.todo(work.TITLE)
    work.sign(rep)
    _change(rep, enter("u018"), lawyer, chief, enter("u030"))
    work.table(rep, "销售合同台账")
    rep.snap("ledger", height=460)
    work.record(rep, work.CONTRACT)
    rep.snap("record-history", at="[aria-labelledby=revisions-title]")
    designer_pictures.take(enter)


def _log_in(browser: Browser, address: str) -> None:
    page = browser.new_context(base_url=address, viewport=DESK, locale="zh-CN").new_page()
    page.goto("/login")
    page.screenshot(path=IMAGES / "log-in.png")
    page.context.close()


def _change(rep: Person, head: Person, lawyer: Person, chief: Person, keeper: Person) -> None:
    """Change the contract to its end; on the way there is something on the lawyer's desk."""
    work.start(rep, "销售合同变更审批")
    work.ask_for_change(rep, reason="客户调整建设范围，依据双方会议纪要")
    rep.press("提交")
    for person in (head, lawyer, chief):
        if person is lawyer:
            person.open("/desk/todo")
            person.snap("desk", height=460)
        person.todo(work.CHANGE_TITLE)
        person.give("同意", opinion="同意")
    rep.todo(work.CHANGE_TITLE)
    work.register_change(rep)
    keeper.todo(work.CHANGE_TITLE)
    keeper.fill({"合同份数": "5"})
    keeper.press("提交")
    rep.todo(work.CHANGE_TITLE)
    work.archive_change(rep)


if __name__ == "__main__":
    sys.exit(main())
