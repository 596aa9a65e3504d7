"""The flow of booking a meeting room and its rules, drawn and built by hand."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.building import choose, compare, module, press, props, put, write
from tests.browser.canvas import below, between, click_edge, drop, join, node
from tests.browser.designing import edited
from tests.browser.drawing import new_rule, node_named, outline, rule_choice, rule_columns
from tests.browser.room_form import TAKEN


def flow(page: Page) -> None:
    """Draw the flow: booked at once, or after the service has been confirmed; at the end the use is."""
    module(page, "流程")
    page.get_by_role("button", name="新建流程").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("会议室预约")
    dialog.get_by_label("编码").fill("meeting_flow")
    dialog.get_by_role("button", name="新建", exact=True).click()
    page.wait_for_url("**/flows/meeting_flow")
    expect(node(page, "end")).to_be_visible()

    drop(page, "条件分支", between(page, "start", "end"))
    node_named(page, "是否需要会务", "c_serv")
    drop(page, "审批", below(page, "c_serv", 150))
    node_named(page, "会务确认", "n_admin")
    drop(page, "自动处理", between(page, "c_serv", "end"))
    node_named(page, "登记占用", "n_book")
    drop(page, "填写", between(page, "n_book", "end"))
    node_named(page, "结束使用确认", "n_end")
    join(page, "c_serv", 2, "n_admin")
    join(page, "n_admin", 1, "n_book")
    with edited(page):
        page.get_by_role("button", name="自动布局").click()
    _people(page)
    outline(page, "是否需要会务")
    click_edge(page, "c_serv", "n_admin")
    compare(page, "满足条件时走这条", ("需要会务服务", "为是", ""), within=props(page))
    put(page, "文字", "需要会务")


def _people(page: Page) -> None:
    outline(page, "发起")
    put(page, "节点名称", "员工预约")
    outline(page, "会务确认")
    press(page, "添加处理人", within=props(page))
    choose(page, "意见", "必填")
    choose(page, "可退回到", "指定节点")
    outline(page, "结束使用确认")
    press(page, "添加处理人", within=props(page))
    choose(page, "处理人 第 1 项：来源", "发起人")
    choose(page, "可退回到", "不能退回")
    outline(page, "结束")
    put(page, "节点名称", "释放")


def _occupied(page: Page) -> None:
    """Ask again while the room is locked: two may have waited for the service at the same time."""
    new_rule(page, "确认时段未被占用", "occupy", trigger="会议室预约", action="更新记录")
    rule_choice(page, "时刻", "登记占用办理完成后")
    rule_choice(page, "目标表", "会议室")
    rule_columns(page, {"编号": "会议室"}, adding="添加匹配列…")
    rule_choice(page, "添加字段…", "预约次数")
    rule_choice(page, "预约次数 如何改", "加")
    rule_choice(page, "预约次数 的来源", "固定值…")
    write(page, "必须满足（可用 old. 目标记录的列）", f"not {TAKEN}")
    put(page, "文字", "该时段已被占用", within=page.locator("#rule-editor"))


def rules(page: Page) -> None:
    """Book the room when the flow comes there, and let it go at the end."""
    module(page, "规则")
    _occupied(page)
    new_rule(page, "登记占用", "book", trigger="会议室预约", action="新增记录")
    rule_choice(page, "时刻", "登记占用办理完成后")
    rule_choice(page, "目标表", "预约记录")
    rule_columns(
        page,
        {
            "预约号": "流水号",
            "会议室": "会议室",
            "预约人": "申请人",
            "部门": "申请部门",
            "开始": "开始",
            "结束": "结束",
            "主题": "会议主题",
            "人数": "人数",
            "状态": "固定值：已预约",
        },
    )
    new_rule(page, "使用结束后释放", "release", trigger="会议室预约", action="更新记录")
    rule_choice(page, "目标表", "预约记录")
    rule_columns(page, {"预约号": "流水号"}, adding="添加匹配列…")
    rule_columns(page, {"状态": "固定值：已结束"})
