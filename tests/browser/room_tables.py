"""The dictionary and the tables of meeting rooms, and the role that keeps them, built by hand."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.building import add_listed, choose, column, module, name, press, props, put
from tests.browser.designing import edited, make_object


def dictionary(page: Page) -> None:
    """Make the states of a booking, pasted as they come from a sheet."""
    make_object(page, "字典", "booking_status", "预约状态")
    page.get_by_role("button", name="粘贴多项").click()
    page.get_by_label("一行一项").fill("booked\t已预约\nusing\t使用中\ndone\t已结束\ncanceled\t已取消")
    with edited(page):
        page.get_by_role("dialog").get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("#items > li")).to_have_count(5)
    with edited(page):
        page.get_by_role("button", name="删除 选项一").click()
    for number, colour in enumerate(("blue", "orange", "green", "grey")):
        with edited(page):
            page.locator(f"#item-{number}-colour").select_option(colour)


def rooms(page: Page) -> None:
    """Make the table of rooms."""
    make_object(page, "底表", "meeting_room", "会议室")
    column_after(page, "no")
    name(page, "room_no")
    column_after(page, "name")
    column(page, "整数", "capacity", "容纳人数", required=True)
    column(page, "单行文本", "facilities", "设备")
    column(page, "单行文本", "place", "位置")
    column(page, "是否", "enabled", "可用")
    choose(page, "默认值", "固定值")
    column(page, "整数", "times_booked", "预约次数")
    more = (
        "容纳人数（capacity）",
        "设备（facilities）",
        "位置（place）",
        "可用（enabled）",
        "预约次数（times_booked）",
    )
    view(page, "全部会议室", columns=more)
    add_listed(page, "v-all-sort", "编号（room_no）")
    add_listed(page, "v-all-filters", "可用（enabled）")
    add_listed(page, "v-all-search", "编号（room_no）", "名称（name）", "位置（place）")


def bookings(page: Page) -> None:
    """Make the table of bookings, which the flow fills."""
    make_object(page, "底表", "room_booking", "预约记录")
    page.locator("#row-name-code").click()
    with edited(page):
        page.locator("#row-name-code").press("Delete")
    column_after(page, "no")
    put(page, "名称", "预约号")
    name(page, "booking_no")
    column(page, "单行文本", "room_no", "会议室", required=True, index=True)
    column(page, "人员", "booker", "预约人", required=True)
    column(page, "部门", "dept", "部门")
    column(page, "日期时间", "start_at", "开始", required=True)
    column(page, "日期时间", "end_at", "结束", required=True)
    column(page, "单行文本", "subject", "主题")
    column(page, "整数", "attend_count", "人数")
    column(page, "下拉选择", "booking_status", "状态")
    choose(page, "选项来自", "预约状态")
    choose(page, "默认值", "固定值")
    follow(page, "主键与索引", "**tab=key")
    work = page.locator("#work")
    put(page, "记录标题", "{room_no} {subject}", within=work)
    choose(page, "所有者字段", "预约人（booker）", within=work)
    choose(page, "所属部门字段", "部门（dept）", within=work)
    view(
        page,
        "全部预约",
        columns=(
            "会议室（room_no）",
            "开始（start_at）",
            "结束（end_at）",
            "主题（subject）",
            "预约人（booker）",
            "人数（attend_count）",
            "状态（booking_status）",
        ),
    )
    add_listed(page, "v-all-sort", "开始（start_at）")
    press(page, "从小到大 开始（start_at）", within=props(page))
    add_listed(page, "v-all-filters", "会议室（room_no）", "状态（booking_status）", "预约人（booker）")
    add_listed(page, "v-all-search", "预约号（booking_no）", "会议室（room_no）", "主题（subject）")


def view(page: Page, title: str, *, columns: tuple[str, ...]) -> None:
    """Name the view that is there, and show more columns in it."""
    follow(page, "视图", "**tab=views")
    put(page, "名称", title)
    add_listed(page, "v-all-columns", *columns)


def follow(page: Page, name_: str, url: str) -> None:
    """Follow a link within the app, and wait until the page can be worked on."""
    page.locator("#main").get_by_role("link", name=name_).first.click()
    page.wait_for_url(url)


def roles(page: Page) -> None:
    """Ask for the one role that the organisation has to name."""
    module(page, "权限")
    follow(page, "角色与岗位槽", "**/slots")
    with edited(page):
        page.get_by_role("button", name="添加角色").click()
    work = page.locator("#work")
    put(page, "role 的名称", "会议室管理员", within=work)
    put(page, "会议室管理员 的编码", "meeting_admin", within=work)
    put(page, "会议室管理员 的说明", "确认会务，维护会议室", within=work)


def column_after(page: Page, code: str) -> None:
    """Select a field of a table, behind which the next one comes."""
    page.locator(f"#row-{code}-code").click()
    expect(props(page).get_by_label("编码", exact=True)).to_have_value(code)
