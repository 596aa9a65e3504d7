"""Export the records of a list as a sheet, with nothing in it that the person may not see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from runtime.language.refusal import Forbidden
from runtime.language.speech import _
from runtime.records.rights import Masked
from runtime.running.context import Clock, Context, open_context
from runtime.running.list_columns import SYSTEM_COLUMNS, ListColumn, shown
from runtime.running.record_listing import ListAsked, Listing
from runtime.sheets.column import SheetColumn, Style, Value
from runtime.sheets.delimited import delimited
from runtime.sheets.xlsx import xlsx
from runtime.store.reading import reading
from runtime.store.record_list import RecordList
from runtime.store.session import Session

Form = Literal["xlsx", "csv"]

_CONTENT_TYPES: Mapping[Form, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
#: How values of a type are shown; all others are text.
_STYLES: Mapping[str, Style] = {
    "integer": "number",
    "decimal": "number",
    "money": "money",
    "percent": "percent",
    "date": "date",
    "datetime": "datetime",
    "rating": "number",
    "year": "number",
}
_WIDTHS: Mapping[str, int] = {"number": 12, "money": 16, "percent": 10, "date": 12, "datetime": 18}


#: Texts of one column that are kept; more are different in every row anyway.
_MOST_TEXTS = 5_000


@dataclass(frozen=True, slots=True)
class Export:
    """A sheet on its way; its rows are read while it is sent."""

    file_name: str
    content_type: str
    chunks: Iterator[bytes]


def export_records(
    *, session: Session, clock: Clock, actor: int, asked: ListAsked, form: Form = "xlsx"
) -> Export:
    """Return the list as a sheet; whoever takes it must take all of it, or close `chunks`.

    Rows are those that the person may export, whatever else they may see.

    :raises NotFound: if there is no such list.
    :raises Forbidden: if the person may not export it, or not filter or sort by a column.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        listing = Listing(context, asked, "export")
        if not listing.access.may("export"):
            name = listing.access.entity.entity.name
            told = _("您没有导出“%(name)s”的权限，请联系管理员授权。", name=name)
            raise Forbidden("not_granted", told)
        found = RecordList(listing.access, listing.query())
    name = f"{listing.access.entity.entity.name}-{clock.moment.astimezone(clock.zone):%Y%m%d-%H%M}.{form}"
    return Export(name, _CONTENT_TYPES[form], _chunks(session, context, listing, found, form))


def _chunks(
    session: Session, context: Context, listing: Listing, found: RecordList, form: Form
) -> Iterator[bytes]:
    columns = [_column(one) for one in listing.columns]
    writers = [(one.code, _Writer(context, listing, one)) for one in listing.columns]
    with reading(session):
        rows = ([write(line.values.get(code)) for code, write in writers] for line in found.lines())
        if form == "csv":
            yield from delimited(columns, rows)
        else:
            yield from xlsx(listing.access.entity.entity.name, columns, rows)


def _column(one: ListColumn) -> SheetColumn:
    style = _STYLES.get(one.type, "text")
    # Chinese characters are two wide; a head is read in one line.
    return SheetColumn(one.label, style, max(_WIDTHS.get(style, 18), 2 * len(one.label) + 2))


class _Writer:
    """Values of one column as a sheet holds them: figures and days as such, the rest as people read it."""

    def __init__(self, context: Context, listing: Listing, column: ListColumn) -> None:
        self._context = context
        self._entity = listing.access.entity
        self._column = column
        self._plain = column.type in ("text", "textarea", "serial")
        self._system = column.code in SYSTEM_COLUMNS
        #: Texts of codes: there are few of them, in many rows.
        self._texts: dict[str, str] = {}

    def __call__(self, value: Any) -> Value:
        """Return the value for the sheet."""
        if value is None or isinstance(value, Masked):
            return None if value is None else str(value)
        if isinstance(value, datetime):
            return value.astimezone(self._context.clock.zone).replace(tzinfo=None)
        if not self._system and isinstance(value, int | Decimal | date | time):
            return value
        if isinstance(value, str) and self._plain:
            return value
        if not isinstance(value, str):
            return self._text(value)
        if value not in self._texts and len(self._texts) < _MOST_TEXTS:
            self._texts[value] = self._text(value)
        return self._texts.get(value) or self._text(value)

    def _text(self, value: Any) -> str:
        return shown(self._context, self._entity, self._column.code, {self._column.code: value}).text
