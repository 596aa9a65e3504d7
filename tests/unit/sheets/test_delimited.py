"""CSV opens rightly, and stays data."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from runtime.sheets.column import SheetColumn, Value
from runtime.sheets.delimited import delimited

COLUMNS = [SheetColumn("编号"), SheetColumn("金额", "money")]


def read(*rows: tuple[Value, ...]) -> list[list[str]]:
    content = b"".join(delimited(COLUMNS, rows))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_values_are_written_as_people_type_them() -> None:
    assert read(("甲,乙\n丙", Decimal("1234.50")), (None, -3)) == [
        ["编号", "金额"],
        ["甲,乙\n丙", "1234.50"],
        ["", "-3"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_be_a_formula_stays_text(text: str) -> None:
    assert read((text, None))[1][0] == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (False, "否"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04"),
        (time(8, 30), "08:30"),
    ],
)
def test_each_kind_of_value(value: Value, text: str) -> None:
    assert read((value, None))[1][0] == text


def test_many_rows_come_in_pieces() -> None:
    pieces = list(delimited(COLUMNS, ((str(number), None) for number in range(1200))))

    assert len(pieces) == 3
    assert b"".join(pieces).count(b"\r\n") == 1201
