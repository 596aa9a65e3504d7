"""CSV that spreadsheets open rightly: UTF-8 with a mark, and no text that they would run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from runtime.language.speech import _
from runtime.sheets.column import SheetColumn, Value

#: First characters that make spreadsheets compute a cell (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Rows that are yielded together.
_BATCH = 500


def delimited(columns: Sequence[SheetColumn], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Yield the file: a head and `rows`, whose values stand in the columns' order."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([_guarded(column.label) for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_written(value) for value in row])
        if number % _BATCH == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _written(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("是") if value else _("否")
        case str():
            return _guarded(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case time():
            return value.isoformat("minutes")
        case int() | date():
            return str(value)


def _guarded(text: str) -> str:
    """Return text that stays text: an apostrophe before what would be a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
