"""Rights and menu of the app of purchase requests; how it is published, taken away and brought elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import purchase_gestures as by
from tests.browser.person import Person

#: The organisation's roles that fill the app's.
ROLES = {"buyer": "purchaser", "finance_manager": "finance_manager", "purchase_director": "purchase_director"}


def build(person: Person) -> None:
    """Say who may do what, and what stands in the navigation."""
    _access(person)
    _menu(person)


def _access(person: Person) -> None:
    page = person.page
    by.module(page, "权限")
    ledger, request = "物料台账", "采购申请单"
    _grant(page, 0, "采购员", ledger, ("pick", "create", "edit", "export", "print"), "维护物料与额度")
    _grant(page, 1, "全体员工", ledger, ("pick",), "申请时选物料；剩余额度只给审批人看")
    by.press(page, page.locator("#grant-1-view"))
    by.choose(page, "#g-1-hide-add", "剩余额度")
    _grant(page, 2, "采购员", request, ("export", "print"), "统计采购申请")
    person.look("60-grants")


def _grant(page: Page, number: int, who: str, on: str, rights: tuple[str, ...], note: str) -> None:
    """Add a grant over everything of an object; it may be looked at anyway."""
    page.get_by_role("button", name="添加授权").click()
    expect(page.locator(f"#g-{number}-note")).to_be_visible()
    for part, label in (("who", who), ("scope", "全部")):
        box = page.locator(f"#grant-{number}-{part}")
        if box.locator("option:checked").inner_text() != label:
            by.choose(page, box, label)
    listed = page.locator(f"#g-{number}-on")
    given = listed.locator(".chosen__name").inner_text()
    if given != on:
        by.choose(page, f"#g-{number}-on-add", on)
        by.press(page, listed.get_by_role("button", name=f"移除 {given}"))
    for right in rights:
        by.press(page, page.locator(f"#grant-{number}-{right}"))
    by.put(page, f"#g-{number}-note", note)


def _menu(person: Person) -> None:
    page = person.page
    by.module(page, "菜单")
    for number, (opens, icon) in enumerate(
        (("发起 采购申请审批", "forms"), ("打开 物料台账 · 全部物料", "barcode"))
    ):
        page.get_by_role("button", name="添加菜单项").click()
        expect(page.locator(f"#m-{number}-name")).to_be_visible()
        if page.locator(f"#m-{number}-opens option:checked").inner_text() != opens:
            by.choose(page, f"#m-{number}-opens", opens)
        by.press(page, page.locator(f".icons__one[title={icon}]"))
    by.turn_to(page, "#entry-0-name", panel="#m-0-name")
    by.put(page, "#m-0-name", "申请采购")
    by.turn_to(page, "#entry-1-name", panel="#m-1-name")
    by.put(page, "#m-1-name", "物料台账")
    by.press(page, page.get_by_role("checkbox", name="采购员"))
    person.look("61-menu")


def publish(person: Person, note: str) -> None:
    """Publish what the page of publication shows; the app's roles are filled by the organisation's."""
    page = person.page
    page.wait_for_url("**/publish")
    expect(page.locator("#checks-title")).to_contain_text("通过")
    for code, role in ROLES.items():
        page.locator(f"#slot-{code}").select_option(role)
    page.get_by_label("发布说明").fill(note)
    person.look("70-publish")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布为第 1 版")).to_be_visible()
    person.look("71-published")


def to_publication(person: Person) -> None:
    """Go on to the publication from any page of the app."""
    person.page.get_by_role("link", name=re.compile("^发布")).click()


def take_away(person: Person, file: Path) -> None:
    """Export the release that was published as a zip."""
    person.page.get_by_role("link", name="版本", exact=True).click()
    person.look("72-releases")
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="导出 第 1 版").click()
    download.value.save_as(file)


def bring_in(person: Person, file: Path) -> None:
    """Import a zip as a draft in the design centre, and publish it."""
    page = person.page
    person.open("/design/")
    page.get_by_role("link", name="安装应用包").click()
    page.get_by_label("应用包文件（zip）").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    publish(person, "从另一处安装")
