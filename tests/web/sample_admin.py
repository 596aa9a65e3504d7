"""Sample values of the administrator's pages."""

from __future__ import annotations

from runtime.web.views.admin import JobLine, PackLine, PackReport, PeoplePage, PersonForm, PersonLine
from runtime.web.views.common import Choice, Paging, Tag

PACKS = (
    PackLine(
        "sales_contract", "销售合同审批", "1.0.0", 3, "2026-11-18 09:00", "系统管理员", "起草到归档", "/x"
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
PERSON = PersonForm(
    "易秋池", "yiqiuchi", "销售代表", True, False, (Choice("sales_rep", "销售代表", chosen=True),), "/x"
)
JOBS = (
    JobLine(
        4, "站内消息", "销售合同-青禾示范商贸", 8, "2026-11-18 10:40", "连接超时", Tag("已停止", "bad"), "/x"
    ),
)
