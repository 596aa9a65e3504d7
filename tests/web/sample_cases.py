"""Sample cases: to start, to act on, to read."""

from __future__ import annotations

from runtime.web.views.case import (
    ActionView,
    CaseView,
    ChangeView,
    CommentView,
    EventView,
    StepPerson,
    StepView,
)
from runtime.web.views.cell import CellMode
from runtime.web.views.common import Choice, Link, Tag
from tests.web.sample_forms import sheet

PHRASES = ("同意", "已阅", "请尽快办理", "情况属实，同意上报")
BACK = Link("待办", "/desk/todo")

STEPS = (
    StepView("发起", "done", (StepPerson("易秋池", "华北一组甲小队", "11-18 09:12", Tag("提交", "ok")),)),
    StepView(
        "法务审核",
        "bad",
        (StepPerson("姚书白", "法务部", "11-18 10:02", Tag("退回", "bad"), "附件缺签字页"),),
    ),
    StepView("发起", "done", (StepPerson("易秋池", "华北一组甲小队", "11-18 10:30", Tag("重新提交", "ok")),)),
    StepView(
        "销售总监审批",
        "active",
        (
            StepPerson(
                "罗青桐",
                "华北销售部",
                "停留 2 天 4 小时",
                me=True,
                why=(
                    "流程规定由角色“销售总监”办理",
                    "按发起人部门逐级向上，取华北销售部",
                    "您是该部门的销售总监",
                ),
            ),
        ),
        Tag("办理中", "warn"),
        "1 人领取即可",
    ),
    StepView("签署并上传正式文本", "waiting", (StepPerson("易秋池", "发起人"),)),
)

EVENTS = (
    EventView(
        "2026-11-18 10:30",
        "易秋池",
        Tag("重新提交", "ok"),
        "发起",
        "",
        (ChangeView("附件", "", "合同签字页.pdf"),),
    ),
    EventView("2026-11-18 10:02", "姚书白", Tag("退回", "bad"), "法务审核", "附件缺签字页"),
    EventView("2026-11-18 09:12", "易秋池", Tag("提交", "accent"), "发起"),
)

TARGETS = (
    Choice("start", "发起", note="易秋池 · 11-18 09:12"),
    Choice("n_legal", "法务审核", note="姚书白 · 11-18 10:02"),
)


def acting() -> tuple[ActionView, ...]:
    """Return the buttons of somebody who decides."""
    act = "/sample/act"
    return (
        ActionView("save", "暂存", act, "device-floppy", values=True),
        ActionView("return", "退回", act, "corner-up-left", "danger", opinion="required", targets=TARGETS),
        ActionView("reject", "不同意", act, tone="danger", opinion="required"),
        ActionView(
            "approve", "同意", act, "check", "primary", values=True, complete=True, opinion="optional"
        ),
    )


def filling() -> tuple[ActionView, ...]:
    """Return the buttons of somebody who fills in."""
    act = "/sample/act"
    return (
        ActionView("delete", "删除", act, "trash", "danger", confirm="删除这份草稿？删除后不能恢复。"),
        ActionView("save", "暂存", act, "device-floppy", values=True),
        ActionView("submit", "提交", act, "send-2", "primary", values=True, complete=True),
    )


def case(mode: CellMode, actions: tuple[ActionView, ...], *, new: bool = False, count: int = 2) -> CaseView:
    """Return the page of a case."""
    form = sheet(mode, count=count)
    if new:
        return CaseView(form, Link("发起", "/start"), actions=actions, phrases=PHRASES)
    comment = CommentView("罗青桐", "11-18 11:20", "请补充毛利测算的依据。")
    related = (Link("XSHT20260001 销售合同", "/tables/contract/1", tag=Tag("执行中", "ok")),)
    return CaseView(
        form,
        BACK,
        "销售合同-青禾示范商贸有限公司",
        (Tag("销售总监审批", "warn"), Tag("紧急", "bad")),
        actions,
        STEPS,
        EVENTS,
        (comment,),
        "/sample/comment",
        "/sample/print",
        related,
        PHRASES,
        "姚书白 于 11-18 10:02 退回：附件缺签字页",
        "warn",
    )
