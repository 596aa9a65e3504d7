"""Sample sheets: a contract with every kind of cell, in the modes a page knows."""

from __future__ import annotations

from typing import Any

from runtime.web.views.cell import CellMode
from runtime.web.views.common import Choice
from runtime.web.views.form import FormUrls, FormView, SectionView
from tests.web.sample_rows import CUSTOMER, KINDS, PDF, PHOTO, SAID, cell, products


def sections(mode: CellMode, *, count: int = 2) -> tuple[SectionView, ...]:
    """Return the sheet's blocks."""
    edits: dict[str, Any] = {"mode": mode}
    people = (Choice("u052", "易秋池", chosen=True, note="华北一组甲小队"),)
    kinds = tuple(Choice(one, one, chosen=one in KINDS[::2]) for one in KINDS)
    levels = tuple(Choice(one, one, chosen=one == "紧急") for one in ("普通", "紧急", "特急"))
    basic = (
        (
            cell("no", "serial", "合同编码"),
            cell("date", "date", "申请日期", "2026-11-18", required=True, **edits),
        ),
        (
            cell(
                "customer",
                "lookup",
                "客户编码",
                "KH-2026-0032",
                required=True,
                ref=32,
                picker=CUSTOMER,
                link="/tables/customer/32",
                **edits,
            ),
            cell("customer_name", "text", "客户名称", text="青禾示范商贸有限公司"),
        ),
        (
            cell(
                "signer",
                "user",
                "签订人",
                "u052",
                "易秋池",
                choices=people,
                search_url="/directory/people",
                **edits,
            ),
            cell(
                "dept",
                "department",
                "签订部门",
                "sales_north_1a",
                "华北一组甲小队",
                search_url="/directory/departments",
                choices=(Choice("sales_north_1a", "华北一组甲小队", chosen=True),),
                **edits,
            ),
        ),
        (
            cell(
                "amount",
                "money",
                "合同金额（小写）",
                "200000",
                "200,000.00",
                required=True,
                help="与产品小计之和、付款节点之和一致",
                **edits,
            ),
            cell("amount_upper", "money_upper", "合同金额（大写）", text="贰拾万元整", computed=True),
        ),
        (
            cell("rate", "percent", "毛利率", "12.5%", **edits),
            cell("qty_total", "decimal", "数量合计", text="50.00", computed=True),
        ),
    )
    details = (
        (
            cell(
                "kinds",
                "checkbox",
                "变更类型",
                ["金额变更"],
                "金额变更、范围变更",
                required=True,
                choices=kinds,
                **edits,
            ),
            cell("level", "radio", "紧急程度", "紧急", choices=levels, **edits),
        ),
        (
            cell(
                "pay",
                "select",
                "付款方式",
                "transfer",
                "银行转账",
                **edits,
                choices=(Choice("transfer", "银行转账", chosen=True), Choice("draft", "承兑汇票")),
            ),
            cell("draft_days", "integer", "承兑天数", 90, visible=False, hints={"suffix": "天"}, **edits),
        ),
        (
            cell("standard", "boolean", "使用标准合同", True, "是", **edits),
            cell("meet_at", "datetime", "交底时间", "2026-11-20T01:30:00+00:00", "2026-11-20 09:30", **edits),
        ),
        (
            cell(
                "address",
                "address",
                "客户地址",
                {"province": "江苏省", "city": "苏州市", "detail": "平湖路 8 号"},
                "江苏省苏州市平湖路 8 号",
                width=24,
                **edits,
            ),
        ),
        (
            cell(
                "why",
                "textarea",
                "变更原因",
                "业主下发设计变更单，增加地下二层消防联动及排烟改造。",
                width=24,
                required=True,
                **edits,
            ),
        ),
        (products(mode, count=count),),
        (
            cell("files", "attachment", "附件", ["f1"], width=12, multiple=True, files=(PDF,), **edits),
            cell("photos", "image", "现场照片", ["f2"], width=12, multiple=True, files=(PHOTO,), **edits),
        ),
    )
    opinions = (
        (cell("op_dept", "opinion", "部门意见", opinions=(SAID,), width=24),),
        (
            cell("op_legal", "opinion", "法务意见", active=mode == "edit", width=12, **edits),
            cell("op_dir", "opinion", "总监意见", width=12),
        ),
    )
    return (
        SectionView("基本信息", basic),
        SectionView("变更信息", details),
        SectionView("审批意见", opinions),
    )


def sheet(mode: CellMode = "edit", *, count: int = 2) -> FormView:
    """Return the whole sheet; `count` is how many product rows it has."""
    return FormView(
        "销售合同审批表",
        sections(mode, count=count),
        company="星澜集团总部",
        meta=("XSHT20260037", "易秋池 · 华北一组甲小队", "2026-11-18 09:12 提交"),
        editable=mode == "edit",
        rev=3,
        urls=FormUrls("/sample/calc", "/sample/files"),
    )
