"""A sample list and a sample record of a base table."""

from __future__ import annotations

from runtime.web.views.case import ActionView, ChangeView
from runtime.web.views.common import Choice, FilterView, Link, Paging, Tag
from runtime.web.views.table import (
    EffectView,
    ListColumn,
    ListLine,
    ListValue,
    RecordView,
    RevisionView,
    TablePage,
)
from tests.web.sample_forms import sheet

CONTRACT_COLUMNS = (
    ListColumn("no", "text", "合同编码", "?sort=no"),
    ListColumn("name", "text", "合同名称"),
    ListColumn("amount", "money", "合同金额", "?sort=-amount", "descending"),
    ListColumn("state", "select", "执行状态"),
    ListColumn("signer", "user", "签订人"),
    ListColumn("date", "date", "签订日期", "?sort=date"),
)


def table(*, empty: bool = False, filtered: bool = False) -> TablePage:
    """Return the list of contracts."""
    lines = tuple(
        ListLine(
            f"/tables/contract/{n}",
            (
                ListValue(f"XSHT2026{n:04}"),
                ListValue("滨江新城二期机电安装工程施工合同", url=f"/tables/contract/{n}"),
                ListValue("-57,300.00" if n == 3 else f"{n}00,000.00", negative=n == 3),
                ListValue("执行中", Tag("执行中", "ok")),
                ListValue("易秋池"),
                ListValue("2026-11-18"),
            ),
        )
        for n in range(1, 21)
    )
    states = (Choice("effective", "已生效"), Choice("executing", "执行中"))
    return TablePage(
        "销售合同台账",
        CONTRACT_COLUMNS,
        () if empty else lines,
        (Link("全部", "?view=all", current=True), Link("本部门", "?view=dept")),
        (
            FilterView("state", "执行状态", "select", choices=states),
            FilterView("date", "签订日期", "date"),
            FilterView("signer", "签订人", "remote", search_url="/directory/people"),
        ),
        search_hint="合同编码 / 合同名称",
        kept=(("view", "all"),),
        paging=Paging("", "?after=20", "共 128 条"),
        new_url="/sample/new",
        export_url="/sample/export.xlsx",
        reset_url="/tables/contract",
        filtered=filtered,
    )


def record() -> RecordView:
    """Return a contract with its history."""
    change = Link("合同变更-XSHT20260001", "/cases/7")
    return RecordView(
        sheet("read"),
        Link("销售合同台账", "/tables/contract"),
        (Tag("执行中", "ok"),),
        "/sample/edit",
        (ActionView("delete", "删除", "/sample/act", "trash", "danger", confirm="删除这条记录？"),),
        (
            RevisionView(
                "2026-11-20 15:02",
                "罗青桐",
                Tag("流程回写", "violet"),
                (ChangeView("合同金额", "200,000.00", "240,000.00"), ChangeView("版本", "1", "2")),
                change,
            ),
            RevisionView(
                "2026-11-18 11:00", "易秋池", Tag("新增", "ok"), (ChangeView("合同金额", "", "200,000.00"),)
            ),
        ),
        (
            EffectView(
                "2026-11-20 15:02", "合同金额", "= 240,000.00", "240,000.00", change, "变更生效回写合同"
            ),
            EffectView(
                "2026-11-19 15:02",
                "已收款",
                "+ 60,000.00",
                "60,000.00",
                Link("回款登记-XSHT20260001", "/cases/9"),
                "回款累加",
                reversed=True,
            ),
        ),
        (change, Link("KH-2026-0032 青禾示范商贸", "/tables/customer/32")),
    )
