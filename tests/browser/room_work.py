"""What a consultant does to build the booking of meeting rooms, from nothing to the release."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.building import add_listed, choose, module, press, props, put, switch
from tests.browser.designing import edited, make_app
from tests.browser.room_flow import flow, rules
from tests.browser.room_form import form, opinion
from tests.browser.room_tables import bookings, dictionary, roles, rooms

APP, NAME = "meeting_room", "会议室预约"

Stage = Callable[[Page], None]


def begin(page: Page) -> None:
    """Make the app, and say what it is."""
    make_app(page, APP, NAME)
    page.get_by_role("link", name="应用设置").click()
    page.wait_for_url("**/settings/")
    work = page.locator("#work")
    summary = "员工在线预约会议室，时段冲突不能提交；需要会务的由会议室管理员确认，"
    put(page, "简介", f"{summary}会后确认结束并释放", within=work)


def rights(page: Page) -> None:
    """Everybody sees rooms and bookings; the keepers of the rooms change them."""
    module(page, "权限")
    _grant(page, 0, "全体员工", ("会议室",), ("view", "pick"))
    _grant(page, 1, "全体员工", ("预约记录",), ("view",))
    _grant(page, 2, "会议室管理员", ("会议室", "预约记录"), ("view", "create", "edit", "export"))


def _grant(page: Page, number: int, who: str, on: tuple[str, ...], can: tuple[str, ...]) -> None:
    press(page, "添加授权")
    row = page.locator(f"#grant-{number}")
    expect(page.locator(f"#grant-{number}-on[aria-current]")).to_be_visible()
    with edited(page):
        row.locator("select.grants__who").select_option(label=who)
    with edited(page):
        row.locator("select.grants__scope").select_option(label="全部")
    chosen = page.locator(f"#g-{number}-on .chosen__name")
    before = chosen.all_inner_texts()
    add_listed(page, f"g-{number}-on", *(one for one in on if one not in before))
    for one in before:
        if one not in on:
            press(page, f"移除 {one}", within=props(page))
    for one in can:
        if not page.locator(f"#grant-{number}-{one}").is_checked():
            with edited(page):
                page.locator(f"#grant-{number}-{one}").check()


def menu(page: Page) -> None:
    """Put the booking, the bookings and the rooms into the navigation."""
    module(page, "菜单")
    _entry(page, 0, "预约会议室", "发起 会议室预约", "calendar-event")
    _entry(page, 1, "会议室预约记录", "打开 预约记录 · 全部预约", "list-check")
    _entry(page, 2, "会议室", "打开 会议室 · 全部会议室", "building")
    switch(page, "会议室管理员")


def _entry(page: Page, number: int, title: str, opens: str, icon: str) -> None:
    press(page, "添加菜单项")
    expect(page.locator(f"#m-{number}-name")).to_be_visible()
    put(page, "名称", title)
    if page.locator(f"#m-{number}-opens option:checked").inner_text() != opens:
        choose(page, "打开什么", opens)
    with edited(page):
        props(page).get_by_role("radio", name=icon, exact=True).check(force=True)


def publish(page: Page) -> None:
    """Bind the role to one of the organisation, and publish."""
    page.get_by_role("link", name="发布").first.click()
    page.wait_for_url("**/publish")
    expect(page.get_by_text("引用、表达式、流程、权限和数据都已检查，没有问题。")).to_be_visible()
    page.get_by_label("版本号").fill("1.0.0")
    page.get_by_label("发布说明").fill("会议室预约上线")
    bind(page)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布为第 1 版")).to_be_visible()


def bind(page: Page) -> None:
    """Let the clerks of the administration keep the rooms."""
    role = page.locator("#slot-meeting_admin")
    role.select_option(role.locator("option").filter(has_text="行政专员").first.get_attribute("value"))


#: Everything from nothing to the release, by the name of its picture.
STAGES: tuple[tuple[str, Stage], ...] = (
    ("settings", begin),
    ("dictionary", dictionary),
    ("rooms", rooms),
    ("bookings", bookings),
    ("roles", roles),
    ("form", form),
    ("flow", flow),
    ("opinion", opinion),
    ("rules", rules),
    ("rights", rights),
    ("menu", menu),
    ("published", publish),
)
