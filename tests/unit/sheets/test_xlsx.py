"""What is written to a sheet is what a spreadsheet reads, and nothing in it can be executed."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from runtime.sheets import xlsx as writer
from runtime.sheets.column import SheetColumn, Value
from runtime.sheets.xlsx import TooManyRows, xlsx
from runtime.sheets.xlsx_parts import sheet_name


def written(
    *rows: Sequence[Value], columns: Sequence[SheetColumn] | None = None, name: str = "台账"
) -> bytes:
    shown = columns or [SheetColumn(f"列{at}") for at in range(max((len(row) for row in rows), default=1))]
    return b"".join(xlsx(name, shown, rows))


def read(content: bytes) -> list[list[Any]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python()[1:]


def test_values_come_back_as_what_they_are() -> None:
    columns = [SheetColumn("合同", width=20), SheetColumn("金额", "money"), SheetColumn("日期", "date")]
    row = ("甲 & <乙>", Decimal("1234.50"), date(2026, 1, 2))

    content = written(row, columns=columns)

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert sheet.to_python() == [["合同", "金额", "日期"], ["甲 & <乙>", 1234.5, date(2026, 1, 2)]]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("=1+1", "=1+1"),
        ("@SUM(A1)", "@SUM(A1)"),
        (" 前后有空 ", " 前后有空 "),
        ("一\n二", "一\n二"),
        ("_x0041_", "_x0041_"),
        ("\x00a\x1b", "a"),
        (True, "是"),
        (False, "否"),
        (7, 7.0),
        (Decimal("-0.10"), -0.1),
        (Decimal("123456789012345"), 123456789012345.0),
        (Decimal("1234567890123456"), "1234567890123456"),
        (Decimal("12345678901234.56"), "12345678901234.56"),
        (datetime(2026, 1, 2, 3, 4), datetime(2026, 1, 2, 3, 4)),
        (date(1899, 1, 1), "1899-01-01"),
        (time(8, 30), "08:30"),
    ],
)
def test_each_kind_of_value(value: Value, found: Any) -> None:
    assert read(written((value, "x"))) == [[found, "x"]]


def test_empty_cells_keep_their_column() -> None:
    assert read(written((None, "b"), ("a", None))) == [["", "b"], ["a", ""]]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_any_text_comes_back(text: str) -> None:
    kept = text.replace("\ufffe", "").replace("\uffff", "")

    assert read(written((text, "x"))) == [[kept, "x"]]


def test_there_is_no_formula_and_no_link_in_the_file() -> None:
    content = written(("=cmd|' /C calc'!A0", "http://example.test"))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_the_head_stays_in_sight_and_columns_have_their_widths() -> None:
    with zipfile.ZipFile(io.BytesIO(written(("a",), columns=[SheetColumn("甲", width=33)]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert 'state="frozen"' in sheet
    assert '<col min="1" max="1" width="33" customWidth="1"/>' in sheet


@pytest.mark.parametrize(
    ("name", "legal"),
    [("台账", "台账"), ("a/b:c*?", "a b c"), ("长" * 40, "长" * 31), ("'", "Sheet1")],
)
def test_a_sheet_has_a_legal_name(name: str, legal: str) -> None:
    assert sheet_name(name) == legal
    assert CalamineWorkbook.from_filelike(io.BytesIO(written(("a",), name=name))).sheet_names == [legal]


def test_columns_beyond_z_have_two_letters() -> None:
    row = tuple(str(at) for at in range(60))

    assert read(written(row)) == [list(row)]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_ROWS", 3)

    assert len(read(written(("1",), ("2",)))) == 2
    with pytest.raises(TooManyRows):
        written(("1",), ("2",), ("3",))


def test_the_file_is_never_whole_in_memory() -> None:
    def rows() -> Iterator[Sequence[Value]]:
        for number in range(20_000):
            yield (f"合同{number}", Decimal(number))

    columns = [SheetColumn("编号"), SheetColumn("金额", "money")]
    size = 0
    tracemalloc.start()
    try:
        for piece in xlsx("台账", columns, rows()):
            size += len(piece)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert size > 300_000
    assert most < 2_000_000
