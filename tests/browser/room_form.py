"""The sheet for booking a meeting room, built by hand."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.building import (
    add_listed,
    choose,
    compare,
    field,
    press,
    props,
    put,
    section,
    switch,
    write,
)
from tests.browser.designing import edited, make_object, select

#: Whether somebody has booked the room for a part of the time that is asked for.
TAKEN = (
    "overlap('room_booking', 'room_no', room_no, 'start_at', 'end_at', start_at, end_at,"
    " booking_status='booked')"
)


def form(page: Page) -> None:
    """Make the sheet: who asks, the meeting, the opinion; then what it computes and checks."""
    make_object(page, "表单", "meeting_form", "会议室预约单")
    page.locator("#s-subject").focus()
    with edited(page):
        page.keyboard.press("Delete")
    _who_asks(page)
    section(page, "会议")
    _meeting(page)
    section(page, "会务意见")
    field(page, "opinion", "op_admin", "会务意见")
    _room(page)
    _computed(page)
    _checked(page)


def _who_asks(page: Page) -> None:
    field(page, "serial", "serial_no", "流水号")
    put(page, "编号规则", "HYS{yyyy}{MM}{dd}{seq4}")
    field(page, "user", "applicant", "申请人", beside="serial_no")
    switch(page, "必填")
    choose(page, "默认值", "当前用户")
    field(page, "department", "apply_dept", "申请部门")
    switch(page, "必填")
    choose(page, "默认值", "当前部门")
    field(page, "date", "apply_date", "申请日期", beside="apply_dept")
    switch(page, "必填")
    choose(page, "默认值", "今天")


def _meeting(page: Page) -> None:
    page.locator("#s-section-1").click()
    field(page, "text", "subject", "会议主题")
    switch(page, "必填")
    field(page, "lookup", "room_no", "会议室")
    switch(page, "必填")
    field(page, "text", "room_name", "名称", beside="room_no")
    switch(page, "只读")
    field(page, "integer", "capacity", "容纳人数", beside="room_name")
    switch(page, "只读")
    field(page, "datetime", "start_at", "开始")
    switch(page, "必填")
    field(page, "datetime", "end_at", "结束", beside="start_at")
    switch(page, "必填")
    field(page, "boolean", "conflict", "时段冲突", beside="end_at")
    field(page, "user", "attendees", "参会人")
    switch(page, "必填", "可多选")
    field(page, "integer", "attend_count", "人数", beside="attendees")
    field(page, "boolean", "need_service", "需要会务服务")
    choose(page, "默认值", "固定值")
    choose(page, "固定值", "否")
    field(page, "textarea", "service_desc", "会务要求")


def _room(page: Page) -> None:
    """Look the room up: only those in use, with name and capacity."""
    select(page, "room_no")
    choose(page, "来源表", "会议室")
    add_listed(page, "field-room_no-columns", "位置（place）")
    compare(page, "筛选条件", ("可用", "为是", ""))
    for label in ("名称（room_name）", "容纳人数（capacity）"):
        choose(page, "添加带出", label)


def _computed(page: Page) -> None:
    select(page, "attend_count")
    write(page, "公式", "count(attendees)")
    select(page, "conflict")
    write(
        page,
        "公式",
        TAKEN,
    )
    select(page, "service_desc")
    for what in ("显示条件", "必填条件"):
        compare(page, what, ("需要会务服务", "为是", ""))


def _checked(page: Page) -> None:
    """Say what must hold when the form is submitted."""
    page.locator("#s--form").click()
    put(page, "单据标题", "会议-{subject}")
    checks = {
        "time_ok": "结束时间须晚于开始时间",
        "conflict_ok": "该时段已被占用",
        "cap_ok": "人数超过容纳上限",
    }
    for number, (code, message) in enumerate(checks.items()):
        press(page, "添加检查", within=props(page))
        one = page.locator(f"#check-{number}")
        put(page, "编码", code, within=one)
        put(page, "否则提示", message, within=one)
    write(page, "必须成立", "end_at > start_at", within=page.locator("#check-0"))
    compare(page, "必须成立", ("时段冲突", "为否", ""), within=page.locator("#check-1"))
    write(page, "必须成立", "attend_count <= capacity", within=page.locator("#check-2"))
    with edited(page):
        page.locator("#check-2").get_by_text("仅提醒").click()


def opinion(page: Page) -> None:
    """Say at which node the opinion is given."""
    page.goto("/design/meeting_room/forms/meeting_form")
    select(page, "op_admin")
    choose(page, "审批节点", "会务确认")
