"""XLSX as a stream: one sheet, written row by row into a zip that is never whole in memory.

Text stands in its cells as text (inline strings): there are no formulas and no links, so nothing that a
record holds can be executed by opening the file. Numbers beyond 15 digits are written as text, since
spreadsheets would round them. Office Open XML: ECMA-376 part 1, §18.3.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from runtime.language.speech import _
from runtime.sheets import xlsx_parts
from runtime.sheets.column import SheetColumn, Style, Value

#: Rows of a sheet, the head included: what spreadsheets open.
MOST_ROWS = 1_048_576
#: Characters of a cell.
MOST_CHARACTERS = 32_767
#: Digits that a spreadsheet keeps.
_EXACT_DIGITS = 15
#: Rows that go through the compressor together.
_BATCH = 500
#: Days are counted from here; the 60th, 29 February 1900, never was, so nothing before it is a number.
_FIRST_DAY = date(1900, 3, 1)
_DAY_ZERO = date(1899, 12, 30)

_STYLES: dict[Style, str] = {"number": "2", "money": "3", "percent": "4", "date": "5", "datetime": "6"}
#: What XML cannot hold at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Spreadsheets read `_x0041_` as an escaped letter: the underline is escaped itself.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile('[&<>"\r_\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')


class TooManyRows(Exception):
    """There are more rows than a spreadsheet opens; CSV has no such limit."""


def xlsx(name: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Yield the file: a sheet `name` with a frozen head and `rows`, whose values stand in the columns' order.

    :raises TooManyRows: in the middle of the stream, beyond `MOST_ROWS`.
    """
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path, text in xlsx_parts.parts(name):
            archive.writestr(path, text)
        with archive.open(xlsx_parts.SHEET, "w", force_zip64=True) as sheet:
            sheet.write(xlsx_parts.sheet_head([column.width for column in columns]).encode())
            for piece in _lines(columns, rows):
                sheet.write(piece.encode())
                if out.waiting:
                    yield out.taken()
            sheet.write(xlsx_parts.SHEET_END.encode())
    yield out.taken()


def _lines(columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield the rows as XML, some at a time."""
    letters = [_letters(at) for at in range(len(columns))]
    styles = [_STYLES.get(column.style, "") for column in columns]
    head = "".join(
        _text(f"{letter}1", column.label, "1") for letter, column in zip(letters, columns, strict=True)
    )
    lines = [f'<row r="1">{head}</row>']
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise TooManyRows
        cells = [
            _cell(f"{letter}{number}", value, style)
            for letter, style, value in zip(letters, styles, row, strict=True)
            if value is not None
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(lines) >= _BATCH:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def _cell(place: str, value: Value, style: str) -> str:
    if isinstance(value, str):
        return _text(place, value, "0")
    if isinstance(value, bool):
        return _text(place, _("是") if value else _("否"), "0")
    if isinstance(value, int | Decimal):
        return _number(place, value, style or "2")
    if isinstance(value, datetime):
        return _moment(place, value, style or "6")
    if isinstance(value, date):
        return _moment(place, value, style or "5")
    if isinstance(value, time):
        return _text(place, value.isoformat("minutes"), "0")
    raise TypeError(f"{type(value).__name__} is no value of a sheet")


def _text(place: str, value: str, style: str) -> str:
    written = value[:MOST_CHARACTERS]
    if _SPECIAL.search(written):
        written = _escaped(written)
    return f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{written}</t></is></c>'


def _escaped(text: str) -> str:
    text = _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;")


def _number(place: str, value: int | Decimal, style: str) -> str:
    plain = format(value, "f") if isinstance(value, Decimal) else str(value)
    if len(plain) > _EXACT_DIGITS and len(plain.strip("-0.").replace(".", "")) > _EXACT_DIGITS:
        return _text(place, plain, "0")
    return f'<c r="{place}" s="{style}"><v>{plain}</v></c>'


def _moment(place: str, value: date | datetime, style: str) -> str:
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_DAY:
        return _text(place, value.isoformat(), "0")
    days = (day - _DAY_ZERO).days
    if not isinstance(value, datetime):
        return f'<c r="{place}" s="{style}"><v>{days}</v></c>'
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return f'<c r="{place}" s="{style}"><v>{days + seconds / 86400:.10f}</v></c>'


def _letters(at: int) -> str:
    """Return the letters of column `at`, from 0: A … Z, AA …"""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _Pipe:
    """Where the zip is written to, and taken from piece by piece; it cannot be sought in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    @property
    def waiting(self) -> bool:
        """Whether there is anything to take."""
        return bool(self._pieces)

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        """Return what has been written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
