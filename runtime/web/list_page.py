"""From a list of records to its page, and from the page's address to what is asked of the list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from flask import request, url_for

from runtime.language.speech import _
from runtime.running.form_model import Option
from runtime.running.list_columns import ListCell
from runtime.running.list_filters import Given, OfferedFilter
from runtime.running.record_listing import ListAsked
from runtime.usecases.list_records import ListedColumn, ListLine, RecordsPage
from runtime.web.sheet import SEARCHED, choice
from runtime.web.views.common import Choice, FilterView, Link, Paging, Tag, Tone
from runtime.web.views.table import ListColumn, ListValue, TablePage
from runtime.web.views.table import ListLine as LineView

#: Arguments of filters: `f.state`, `f.amount.from`, `f.amount.to`; a field may be called "view" or "sort".
PREFIX = "f."
_ENDS = (".from", ".to")
_LONGEST = 80

_TONES: Mapping[str, Tone] = {
    "green": "ok",
    "orange": "warn",
    "yellow": "warn",
    "red": "bad",
    "blue": "accent",
    "cyan": "accent",
    "purple": "violet",
}


def list_asked(entity: str) -> ListAsked:
    """Return what the address of this request asks of a list."""
    args = request.args
    return ListAsked(
        entity=entity,
        view=args.get("view", ""),
        words=args.get("q", "").strip()[:_LONGEST],
        filters=tuple(_given(args.to_dict())),
        sort=tuple(filter(None, args.get("sort", "").split(","))),
    )


def _given(args: Mapping[str, str]) -> Iterator[Given]:
    asked = {name.removeprefix(PREFIX): value for name, value in args.items() if name.startswith(PREFIX)}
    names = (name.removesuffix(".from").removesuffix(".to") for name, value in asked.items() if value)
    for name in dict.fromkeys(names):
        low, high = (asked.get(f"{name}{end}", "")[:_LONGEST] for end in _ENDS)
        value = asked.get(name, "")[:_LONGEST]
        yield Given(name, (value,) if value else (), low, high)


def list_page(found: RecordsPage, asked: ListAsked) -> TablePage:
    """Return the page of a list."""
    return _Page(found, asked).page()


@dataclass(frozen=True)
class _Page:
    found: RecordsPage
    asked: ListAsked

    def page(self) -> TablePage:
        """Return everything that it shows."""
        found, asked = self.found, self.asked
        may = found.verbs
        return TablePage(
            title=found.name,
            columns=tuple(self._column(one) for one in found.columns),
            lines=tuple(self._line(one) for one in found.lines),
            views=tuple(self._view(code, name) for code, name in found.views),
            filters=tuple(_filter(one) for one in found.filters),
            q=asked.words,
            search_hint=" / ".join(found.search),
            kept=tuple(self._kept()),
            paging=self._paging(),
            new_url=self._at("records.edit") if "create" in may else "",
            export_url=self._address("tables.export", after=None, before=None) if "export" in may else "",
            reset_url=self._at("tables.show", view=asked.view or None),
            filtered=bool(asked.words or asked.filters),
        )

    def _column(self, one: ListedColumn) -> ListColumn:
        column = one.column
        ways = {"ascending": column.code, "descending": f"-{column.code}"}
        sorted_ = next((way for way, sort in ways.items() if self.found.sort[:1] == (sort,)), "")
        following = ways["descending" if sorted_ == "ascending" else "ascending"]
        url = self._address("tables.show", sort=following, after=None, before=None) if one.sortable else ""
        return ListColumn(column.code, column.type, column.label, url, sorted_)

    def _line(self, one: ListLine) -> LineView:
        values = tuple(_value(cell) for cell in one.cells)
        if one.case_id is not None:
            return LineView(url_for("cases.show", case_id=one.case_id), values)
        return LineView(self._at("records.show", record_id=one.id), values)

    def _view(self, code: str, name: str) -> Link:
        return Link(name, self._at("tables.show", view=code), current=code == self.found.view)

    def _kept(self) -> Iterator[tuple[str, str]]:
        for name in ("view", "sort"):
            if request.args.get(name):
                yield name, request.args[name]

    def _paging(self) -> Paging:
        found = self.found
        total = _("超过 %(n)s 条", n=found.count) if found.at_least else _("共 %(n)s 条", n=found.count)
        newer = self._address("tables.show", before=found.before, after=None) if found.before else ""
        older = self._address("tables.show", after=found.after, before=None) if found.after else ""
        return Paging(newer, older, total)

    def _at(self, endpoint: str, **more: object) -> str:
        app, _slash, table = self.found.entity.partition("/")
        return url_for(endpoint, app=app, table=table, **more)  # type: ignore[arg-type]  # Flask's own types

    def _address(self, endpoint: str, **changed: str | None) -> str:
        """Return an address that asks the same of the list, but for what is `changed`."""
        return self._at(endpoint, **{**request.args.to_dict(), **changed})


def _value(cell: ListCell) -> ListValue:
    tone = _TONES.get(cell.colour, "")
    tag = Tag(cell.text, tone) if cell.colour else None
    return ListValue(cell.text, tag=tag, negative=cell.text.startswith(("-", "¥-")))


def _filter(one: OfferedFilter) -> FilterView:
    given = one.given or Given(one.code)
    name = f"{PREFIX}{one.code}"
    if one.kind == "range":
        kind: Literal["date", "number"] = "date" if one.type in ("date", "datetime") else "number"
        return FilterView(name, one.label, kind, given.low, given.high)
    if one.kind == "member":
        address = url_for("pickers.directory", kind=SEARCHED[one.type])
        return FilterView(name, one.label, "remote", choices=_choices(one.options, given), search_url=address)
    if one.kind == "choice":
        return FilterView(name, one.label, "select", choices=_choices(one.options, given))
    return FilterView(name, one.label, value=" ".join(given.values))


def _choices(options: Iterable[Option], given: Given) -> tuple[Choice, ...]:
    return tuple(choice(one, given.values) for one in options)
