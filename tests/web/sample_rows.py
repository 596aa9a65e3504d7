"""Sample cells, and a sub-table of products."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from runtime.web.views.cell import Cell, CellMode, FileView, OpinionView, PickerView
from runtime.web.views.common import Choice, Tag
from runtime.web.views.form import Column, RowView, SubTableView

PDF = FileView("f1", "设计变更单 BG-2026-021.pdf", "1.8 MB", "/files/f1")
PHOTO = FileView("f2", "现场照片.png", "412 KB", "/files/f2", "/files/f2?small")
KINDS = ("金额变更", "期限变更", "范围变更", "主体变更")
SAID = OpinionView("变更事项属实，工程量已复核，同意上报。", "程未央", "2026-11-18 10:40", Tag("同意", "ok"))
CUSTOMER = PickerView("/pick/customer", "客户编码")
PRODUCT = PickerView("/pick/product", "产品编码", many=True)

COLUMNS = (
    Column("product", "lookup", "产品编码", required=True),
    Column("name", "text", "产品名称"),
    Column("qty", "decimal", "数量", required=True),
    Column("price", "money", "成交单价", required=True),
    Column("due", "date", "交付日期"),
    Column("way", "select", "方式"),
    Column("owner", "user", "负责人"),
    Column("total", "money", "小计", total="200,000.00"),
)


def cell(code: str, type: str, label: str, value: Any = None, text: str = "", **more: Any) -> Cell:
    """Return a cell of the sheet; `text` is the value where it is left out."""
    shown = text or ("" if value is None else str(value))
    return Cell(code=code, type=type, label=label, path=f"$.{code}", value=value, text=shown, **more)


def row(number: int | None, index: int | str, *values: Any, mode: CellMode = "edit") -> RowView:
    """Return a row: product key, name, quantity, price, date, total."""
    product, name, qty, price, due, total = values
    given = {
        "product": {
            "value": product,
            "text": product or "",
            "ref": number,
            "picker": PRODUCT,
            "required": True,
        },
        "name": {"text": name, "mode": "read"},
        "qty": {"value": qty, "text": qty or "", "required": True, "hints": {"scale": 2}},
        "price": {"value": price, "text": price or "", "required": True},
        "due": {"value": due, "text": due or ""},
        "way": {"choices": (Choice("transfer", "银行转账"), Choice("draft", "承兑汇票"))},
        "owner": {"search_url": "/directory/people"},
        "total": {"text": total, "mode": "read", "computed": True},
    }
    cells = [
        Cell(
            **{
                "code": column.code,
                "type": column.type,
                "label": column.label,
                "mode": mode,
                "path": f"$.products[{index}].{column.code}",
            }
            | given[column.code]
        )
        for column in COLUMNS
    ]
    return RowView(number, tuple(replace(one, mode="read") if mode == "read" else one for one in cells))


def products(mode: CellMode = "edit", *, count: int = 2) -> SubTableView:
    """Return the sub-table, with rows that may be changed or only read."""
    rows = (
        row(11, 0, "P-001", "云桌面授权", "40", "2500", "2026-12-20", "100,000.00", mode=mode),
        row(
            12,
            1,
            "P-014",
            "边缘网关 HG-6 含三年质保与现场实施",
            "10",
            "10000",
            "2026-12-31",
            "100,000.00",
            mode=mode,
        ),
    )
    many = tuple(
        row(n, n, f"P-{n:03}", "批量产品", "1", "10", None, "10.00", mode=mode) for n in range(2, count)
    )
    blank = row(None, "#", None, "", None, None, None, "")
    return SubTableView(
        "products",
        "产品明细",
        COLUMNS,
        (rows + many)[:count],
        blank=blank if mode == "edit" else None,
        editable=mode == "edit",
        min_rows=1,
        max_rows=1000,
        picker=PRODUCT if mode == "edit" else None,
        picks="product",
    )
