"""Sample values of the administrator's pages."""

from __future__ import annotations

from runtime.web.views.admin import (
    AuditLine,
    AuditPage,
    JobLine,
    JobsPage,
    PackLine,
    PackReport,
    PeoplePage,
    PersonForm,
    PersonLine,
    SlotField,
    UploadPage,
)
from runtime.web.views.common import Choice, Paging, Tag

PACKS = (
    PackLine(
        "sales_contract",
        "销售合同审批",
        "1.0.0",
        3,
        "2026-11-18 09:00",
        "系统管理员",
        "起草到归档",
        history=("0.9.0（第 2 版） · 2026-10-08 09:00 · 系统管理员 · 试用.zip",),
    ),
    PackLine(
        "receipt_plan", "收款计划执行", "1.0.0", 1, "2026-11-18 09:01", "系统管理员", unbound=("财务经理",)
    ),
)
BAD_PACK = PackReport(
    "没有安装：发现 2 个问题",
    False,
    (
        "flows/change.yaml $.edges[3].to：应为本流程的节点，现为“leder”，是否是“leader”？",
        "forms/change.yaml $.fields[2].type：应为字段类型，现为“moneys”。",
    ),
)
PEOPLE = PeoplePage(
    tuple(
        PersonLine(
            n,
            name,
            f"user{n}",
            "华北一组甲小队",
            ("销售代表",),
            n != 3,
            n == 1,
            f"/admin/people/{n}",
            "/x",
            "/x",
        )
        for n, name in enumerate(("系统管理员", "易秋池", "常乐天"), 1)
    ),
    paging=Paging("", "?after=3", "共 72 人"),
)
UPLOAD = UploadPage(
    name="收款计划执行",
    code="receipt_plan",
    version="1.1.0",
    before="1.0.0（第 1 版）",
    summary="回款登记与确认",
    changes=("1.1.0 逾期警报可按部门设置",),
    slots=(
        SlotField(
            "finance_manager",
            "财务经理",
            "角色",
            (Choice("", "请选择", chosen=True), Choice("finance", "财务", note="finance")),
            note="复核",
            problem="请为“财务经理”选择一个角色。",
        ),
        SlotField("office", "档案部门", "部门", (Choice("", "暂不指定", chosen=True),), required=False),
    ),
    demo=True,
    install_url="/x",
)
AUDIT = AuditPage(
    (
        AuditLine("2026-11-18 10:42", "系统管理员", "重试任务", "4", "原因 连接超时", "10.0.0.7"),
        AuditLine("2026-11-18 09:00", "系统管理员", "安装应用包", "sales_contract", "版本 1.0.0；发布号 3"),
    ),
    Paging(older="?before=1"),
)
PERSON = PersonForm(
    "易秋池",
    "yiqiuchi",
    "销售代表",
    True,
    False,
    (Choice("sales_rep", "销售代表", chosen=True), Choice("legal", "法务人员")),
    "/x",
    AUDIT.lines,
)
JOBS = JobsPage(
    (
        JobLine(
            4,
            "站内消息",
            "销售合同-青禾示范商贸",
            8,
            "2026-11-18 08:40",
            "",
            "连接超时",
            Tag("已停止", "bad"),
            "/x",
        ),
    ),
    waiting=2,
    dead=1,
)
