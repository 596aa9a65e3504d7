"""Exports hold what the list shows, as figures and days."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from runtime.language.refusal import Forbidden
from runtime.running.list_filters import Given
from runtime.running.record_listing import ListAsked
from runtime.usecases.export_records import Form, export_records
from tests.usecases.house import House

SUPPLIER = "trade/supplier"


def _export(house: House, who: str, form: Form = "xlsx", **asked: Any) -> bytes:
    export = house.run(export_records, who, asked=ListAsked(SUPPLIER, **asked), form=form)
    return b"".join(export.chunks)


def test_an_export_holds_figures_days_and_labels(filled: House) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(_export(filled, "root"))).get_sheet_by_index(0)

    head, first, *_ = sheet.to_python()
    assert head == ["编号", "名称", "等级", "电话", "信用额度", "底价", "合作日期", "负责人"]
    assert first == ["G001", "星澜", "金牌", "138****1111", 3000.0, "", datetime(2026, 1, 2).date(), "销售甲"]


def test_an_export_leaves_out_what_one_may_not_see(filled: House) -> None:
    rows = list(csv.reader(io.StringIO(_export(filled, "sam", "csv").decode("utf-8-sig"))))
    masked = _export(filled, "lead", "csv").decode()

    assert rows[0] == ["编号", "名称", "等级", "电话", "信用额度", "合作日期", "负责人"]
    assert [row[1] for row in rows[1:]] == ["星澜", "山河"]
    assert "3000" not in masked
    assert "400" in masked


def test_an_export_follows_the_list(filled: House) -> None:
    asked = {"filters": (Given("level", ("lost",)),), "words": "山"}

    rows = list(csv.reader(io.StringIO(_export(filled, "root", "csv", **asked).decode("utf-8-sig"))))

    assert [row[1] for row in rows[1:]] == ["山河"]


def test_who_may_not_export_is_told_so(filled: House) -> None:
    with pytest.raises(Forbidden, match="没有导出“供应商”的权限"):
        _export(filled, "lara")


def test_an_export_says_what_it_is(filled: House) -> None:
    export = filled.run(export_records, "root", asked=ListAsked(SUPPLIER), form="csv")

    assert export.file_name.startswith("供应商-20260302-")
    assert export.file_name.endswith(".csv")
    assert export.content_type == "text/csv; charset=utf-8"
    export.chunks.close()  # type: ignore[attr-defined]  # a generator: nobody took it
