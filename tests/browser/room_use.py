"""What people do with the booking of meeting rooms once it is there."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.contract_work import start, table
from tests.browser.person import Person

DAY = "2026-12-01"
SUBJECT = "示范项目启动会"


def add_room(keeper: Person) -> None:
    """Write a room down, as the keeper of the rooms."""
    keeper.open("/desk/todo")
    table(keeper, "会议室")
    keeper.page.locator("#main, .top").get_by_role("link", name=re.compile("新建|新增")).first.click()
    keeper.page.wait_for_url("**/new")
    keeper.fill({"编号": "R301", "名称": "三楼大会议室", "容纳人数": "12", "位置": "三楼东侧"})
    keeper.press("保存")


def book(
    person: Person,
    *,
    begin: str,
    end: str,
    attendees: tuple[str, ...],
    service: str = "",
    subject: str = SUBJECT,
) -> None:
    """Fill in a booking, and submit it."""
    start(person, "会议室预约")
    person.choose("会议室", "R301")
    expect(person.cell("名称")).to_contain_text("三楼大会议室")
    expect(person.cell("容纳人数")).to_contain_text("12")
    person.fill({"会议主题": subject, "开始": f"{DAY} {begin}", "结束": f"{DAY} {end}"})
    for one in attendees:
        _attend(person, one)
    expect(person.cell("人数")).to_contain_text(str(len(attendees)))
    expect(person.cell("会务要求")).to_be_hidden()
    if service:
        person.cell("需要会务服务").locator("input").first.check(force=True)
        expect(person.cell("会务要求")).to_be_visible()
        person.fill({"会务要求": service})


def _attend(person: Person, name: str) -> None:
    cell = person.cell("参会人")
    cell.locator(".ts-control").click()
    cell.locator("input").last.press_sequentially(name)
    with person.page.expect_response("**/calc*"):
        person.page.locator(".ts-dropdown .option:visible").filter(has_text=name).first.click()
    person.page.keyboard.press("Tab")


def is_listed(person: Person, *, status: str) -> None:
    """Check that the one booking is in the list of bookings with its status."""
    person.open("/desk/todo")
    table(person, "会议室预约记录")
    line = person.page.locator("#main tbody tr")
    expect(line).to_have_count(1)
    for shown in ("HYS", "R301", SUBJECT, status):
        expect(line).to_contain_text(shown)
