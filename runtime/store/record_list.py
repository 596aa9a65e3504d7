"""Lists of records as a person may see them: search, filters, order, keyset paging, capped counts, export.

Everything goes through `Access`: rows by its condition, values by the rights each row's own grants give.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Select,
    String,
    Text,
    cast,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from runtime.language.app import Permission
from runtime.language.refusal import Forbidden
from runtime.language.speech import _, listed
from runtime.records.rights import FieldRights, row_cut
from runtime.store.access import Access
from runtime.store.keyset import Key, beyond, cursor, order_by, place
from runtime.store.session import Session
from runtime.store.states import RecordState

Cut = Callable[[Sequence[Any]], dict[str, Any]]

#: Counting stops here: nobody pages through more, and counting all would read all.
COUNTED = 10_000
#: Rows that an export reads at a time.
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one column: the value is among `values`, or between `low` and `high` (both included)."""

    #: A field's code, or `record.<system column>`.
    name: str
    #: For a list (checkbox, several people): one of them is in it. None asks for empty ones.
    values: Sequence[Any] = ()
    low: Any = None
    high: Any = None


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list asks for."""

    #: Fields, or `record.<system column>`.
    columns: tuple[str, ...]
    #: Words that must all occur, each in some `search` column.
    words: str = ""
    search: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    #: A leading "-" sorts from large to small; without any, the newest record comes first.
    sort: tuple[str, ...] = ()
    #: The view's own condition, and whatever else the page adds.
    where: ColumnElement[bool] | None = None
    limit: int = 50
    #: Cursor of a page that was answered: what comes after it, or before it.
    after: str | None = None
    before: str | None = None
    #: What the person wants to do with the rows: view, pick, export, print.
    verb: str = "view"


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list."""

    id: int
    #: By name; hidden values are missing, masked ones are `records.rights.Masked`.
    values: Mapping[str, Any]
    rights: FieldRights


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; the cursors are None where nothing follows."""

    lines: list[Line]
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a list has; `at_least` says that there are more than were counted."""

    number: int
    at_least: bool


@dataclass(frozen=True)
class RecordList:
    """One list of one person: `query` through `access`.

    :raises Forbidden: if it filters or sorts by a field that the person may not see in every row.
    """

    access: Access
    query: ListQuery
    #: By the permissions that give a row: what may be seen of it.
    _cuts: dict[tuple[Permission, ...], tuple[FieldRights, Cut]] = field(
        default_factory=dict, init=False, repr=False
    )

    def __post_init__(self) -> None:
        named = [one.name for one in self.query.filters] + [one.removeprefix("-") for one in self.query.sort]
        closed = [name for name in named if not self.access.is_open(name)]
        if closed:
            raise Forbidden("field_not_open", _("您无权按“%(fields)s”筛选或排序。", fields=listed(closed)))

    def page(self) -> Page:
        """Return the page asked for: one statement."""
        query, keys = self.query, self._keys
        backwards = query.before is not None
        edge = query.before or query.after
        rows = self._rows(edge, backwards=backwards, limit=query.limit + 1)
        more = len(rows) > query.limit
        rows = rows[: query.limit]
        if backwards:
            rows.reverse()
        lines = [self._line(row) for row in rows]
        ends = [cursor(row[: len(keys)]) for row in (rows[0], rows[-1])] if rows else ["", ""]
        return Page(
            lines=lines,
            after=ends[1] if rows and (more or backwards) else None,
            before=ends[0]
            if rows and ((more and backwards) or (edge is not None and not backwards))
            else None,
        )

    def count(self) -> Count:
        """Return how many rows there are, up to `COUNTED`."""
        some = self._conditioned(select(self.access.there.table.c.id)).limit(COUNTED + 1).subquery()
        number = self._tx.scalar(select(func.count()).select_from(some)) or 0
        return Count(min(number, COUNTED), number > COUNTED)

    def lines(self) -> Iterator[Line]:
        """Yield all rows, `BATCH` at a time: memory stays small, and no statement runs for long."""
        edge, keys = self.query.after, self._keys
        while True:
            rows = self._rows(edge, backwards=False, limit=BATCH)
            yield from (self._line(row) for row in rows)
            if len(rows) < BATCH:
                return
            edge = cursor(rows[-1][: len(keys)])

    @property
    def _tx(self) -> Session:
        return self.access.tx

    @cached_property
    def _keys(self) -> list[Key]:
        there = self.access.there
        sort = [Key(there.column(name.removeprefix("-")), name.startswith("-")) for name in self.query.sort]
        newest = sort[0].descending if sort else True
        return [*sort, Key(there.table.c.id, newest)]

    def _rows(self, edge: str | None, *, backwards: bool, limit: int) -> list[Any]:
        keys, there = self._keys, self.access.there
        marks = [clause.label(f"given_{at}") for at, (_permission, clause) in enumerate(self._marks)]
        columns = [there.column(name) for name in self._names]
        sort = [key.column.label(f"key_{at}") for at, key in enumerate(keys)]
        asked = self._conditioned(select(*sort, *marks, *columns))
        if edge is not None:
            asked = asked.where(beyond(keys, place(keys, edge), backwards=backwards))
        ordered = asked.order_by(*order_by(keys, backwards=backwards)).limit(limit)
        return list(self._tx.execute(ordered).all())

    @cached_property
    def _marks(self) -> list[tuple[Permission, ColumnElement[bool]]]:
        return self.access.marks(self.query.verb)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The columns asked for, and beside a lookup's key its record id."""
        known, names = self.access.there.columns, self.query.columns
        refs = (f"{name}_ref" for name in names if f"{name}_ref" in known and f"{name}_ref" not in names)
        return (*names, *refs)

    def _conditioned(self, asked: Select[Any]) -> Select[Any]:
        written = self.access.there.table.c.s_state != RecordState.DRAFT.value
        conditions = [self.access.rows_clause(self.query.verb), written, *self._searched(), *self._filtered()]
        if self.query.where is not None:
            conditions.append(self.query.where)
        return asked.where(*conditions)

    def _searched(self) -> Iterator[ColumnElement[bool]]:
        there = self.access.there
        columns = [there.column(name) for name in self.query.search if self.access.is_open(name)]
        texts = [column for column in columns if isinstance(column.type, String | Text)]
        for word in self.query.words.split():
            # Sub-strings, not words: Chinese is written without blanks, and names often have two characters.
            yield or_(false(), *(column.icontains(word, autoescape=True) for column in texts))

    def _filtered(self) -> Iterator[ColumnElement[bool]]:
        for one in self.query.filters:
            column = self.access.there.column(one.name)
            if one.values:
                yield or_(*(_equals(self._tx, column, value) for value in one.values))
            if one.low is not None:
                yield column >= one.low
            if one.high is not None:
                yield column <= one.high

    def _line(self, row: Sequence[Any]) -> Line:
        keys, marks = len(self._keys), self._marks
        held = row[keys : keys + len(marks)]
        given = tuple(one for (one, _clause), holds in zip(marks, held, strict=True) if holds)
        if given not in self._cuts:
            rights = self.access.rights_by(given)
            self._cuts[given] = rights, row_cut(self.access.entity, self._names, rights=rights)
        rights, cut = self._cuts[given]
        return Line(row[keys - 1], cut(row[keys + len(marks) :]), rights)


def _equals(tx: Session, column: Column[Any], value: Any) -> ColumnElement[bool]:
    if value is None:
        return column.is_(None)
    if not isinstance(column.type, JSON):
        same: ColumnElement[bool] = column == value
        return same
    if tx.engine.dialect.name == "postgresql":
        held: ColumnElement[bool] = cast(column, JSONB).contains([value])
        return held
    each = func.json_each(column).table_valued("value")
    return exists(select(1).select_from(each).where(each.c.value == value))
