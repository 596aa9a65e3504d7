"""Sample values of the frame, the workbench, the start page and the inbox."""

from __future__ import annotations

from typing import Any

from runtime.web.views.common import Link, Tag
from runtime.web.views.shell import NavGroup, Shell
from runtime.web.views.work import AppGroup, AppLine, NoticeLine, WorkLine, WorkPage


def shell(current: str) -> Shell:
    """Return the frame with the entry at `current` marked."""

    def link(name: str, url: str, icon: str, **more: Any) -> Link:
        return Link(name, url, icon, current=url == current, **more)

    groups = (
        NavGroup(
            "",
            (
                link("工作台", "/desk/todo", "home", count=128, count_label="128 条待办"),
                link("发起", "/start", "plus"),
                link("消息", "/inbox", "bell"),
            ),
        ),
        NavGroup(
            "合同管理",
            (
                link("销售合同台账", "/tables/contract", "file-text"),
                link("收款计划", "/tables/plan", "calendar-due"),
            ),
        ),
        NavGroup(
            "管理",
            (
                link("应用包", "/admin/packs", "packages"),
                link("用户", "/admin/people", "users"),
                link("失败任务", "/admin/jobs", "alert-triangle"),
            ),
        ),
    )
    bottom = (
        link("待办", "/desk/todo", "inbox", count=128),
        link("发起", "/start", "plus"),
        link("我发起的", "/desk/started", "send-2"),
        link("消息", "/inbox", "bell"),
    )
    return Shell("易秋池", "华北一组甲小队 · 销售代表", groups, bottom, unread=3)


def work(tab: str, *, q: str = "", empty: bool = False) -> WorkPage:
    """Return a tab of the workbench."""
    names = (("todo", "待办"), ("done", "已办"), ("started", "我发起的"), ("cc", "抄送我的"))
    counts = {"todo": 128, "cc": 3}
    tabs = tuple(
        Link(name, f"/desk/{code}", current=code == tab, count=counts.get(code)) for code, name in names
    )
    lines = tuple(
        WorkLine(
            f"销售合同-青禾示范商贸有限公司-{n}00,000.00",
            f"/cases/{n}",
            f"销售合同审批 · XSHT2026{n:04}",
            Tag("法务审核", "warn"),
            "易秋池",
            "11-18 09:12",
            "2026-11-18T09:12",
            unread=n == 2,
            due=Tag("超时 2 天", "bad") if n == 1 else None,
        )
        for n in range(1, 13)
    )
    return WorkPage(tab, tabs, () if empty else lines, q, more="" if empty else f"/desk/{tab}?before=12")


APPS = (
    AppGroup(
        "合同管理",
        (
            AppLine(
                "销售合同审批", "/start/contract", "contract", "起草服务销售合同，提交法务与销售总监审核"
            ),
            AppLine("合同变更", "/start/change", "refresh", "金额、期限、范围与主体变更"),
            AppLine("回款登记与确认", "/start/receipt", "cash", "财务登记到账，责任销售确认"),
        ),
    ),
    AppGroup("客户管理", (AppLine("客户建档", "/start/customer", "users-plus"),)),
)

NOTICES = (
    NoticeLine("合同已通过", "销售合同-青禾示范商贸 已审批通过", "11-18 10:40", "/cases/1", unread=True),
    NoticeLine("第 2 期回款 3 天后到期", "XSHT20260001 未收 60,000.00", "11-17 08:30", "/tables/plan/2"),
)
