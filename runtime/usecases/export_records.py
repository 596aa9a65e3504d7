"""Export the records of a list as a sheet, with nothing in it that the person may not see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy.orm import Session

from runtime.language.refusal import Forbidden
from runtime.records.rights import Masked
from runtime.running.context import Clock, Context, open_context
from runtime.running.list_columns import SYSTEM_COLUMNS, ListColumn, shown
from runtime.running.record_listing import ListAsked, Listing
from runtime.sheets.column import SheetColumn, Style, Value
from runtime.sheets.delimited import delimited
from runtime.sheets.xlsx import xlsx
from runtime.store.reading import reading
from runtime.store.record_list import RecordList

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
            raise Forbidden("not_granted", f"您没有导出“{name}”的权限，请联系管理员授权。")
        found = RecordList(listing.access, listing.query())
    name = f"{listing.access.entity.entity.name}-{clock.moment.astimezone(clock.zone):%Y%m%d-%H%M}.{form}"
    return Export(name, _CONTENT_TYPES[form], _chunks(session, context, listing, found, form))


def _chunks(
    session: Session, context: Context, listing: Listing, found: RecordList, form: Form
) -> Iterator[bytes]:
    columns = [_column(one) for one in listing.columns]
    with reading(session):
        rows = (
            [_value(context, listing, one, line.values) for one in listing.columns] for line in found.lines()
        )
        if form == "csv":
            yield from delimited(columns, rows)
        else:
            yield from xlsx(listing.access.entity.entity.name, columns, rows)


def _column(one: ListColumn) -> SheetColumn:
    style = _STYLES.get(one.type, "text")
    # Chinese characters are two wide; a head is read in one line.
    return SheetColumn(one.label, style, max(_WIDTHS.get(style, 18), 2 * len(one.label) + 2))


def _value(context: Context, listing: Listing, one: ListColumn, values: Mapping[str, Any]) -> Value:
    """Return a value as a sheet holds it: figures and days as such, everything else as people read it."""
    value = values.get(one.code)
    if isinstance(value, Masked):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(context.clock.zone).replace(tzinfo=None)
    if one.code not in SYSTEM_COLUMNS and isinstance(value, int | Decimal | date | time):
        return value
    if value is None or (isinstance(value, str) and one.type == "text"):
        return value
    return shown(context, listing.access.entity, one.code, values).text or None
