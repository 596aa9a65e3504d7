"""What expressions read from tables, in the transaction of the action.

Values are the true ones: formulas, fills, rules and guards compute on them, and the permission seam applies
to what is shown. Drafts and deleted rows do not exist here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from runtime.records.surroundings import Surroundings
from runtime.store.entity_tables import EntityTable, EntityTables
from runtime.store.session import Session
from runtime.store.states import RecordState


class TableReads:
    """The reads of `ExpressionPorts`; answers are kept until `forget`."""

    tx: Session
    #: The pack whose expressions ask: short table names are its own.
    app: str
    tables: EntityTables
    #: Key field of a table by "pack/table", None if it has no single key.
    key: Callable[[str], str | None]
    #: The record at hand, which does not count as overlapping itself: "pack/entity", id.
    own: tuple[str, int | None]
    answers: dict[Any, Any]

    def forget(self) -> None:
        """Drop kept answers: rows have been written."""
        self.answers.clear()

    def lookup(self, *, table: str, column: str, key: Any) -> Any:
        """Return a column of the row with this key."""
        name = self.key(self._path(table))
        return None if name is None else self.lookup_where(table=table, column=column, conditions={name: key})

    def lookup_where(self, *, table: str, column: str, conditions: Mapping[str, Any]) -> Any:
        """Return a column of the first row that meets the conditions."""
        source = self._table(table)
        rows = self._rows(source, conditions).with_only_columns(self._column(source, column))
        return self._first(rows.order_by(source.table.c.id))

    def live(self, *, table: str, column: str, key: str, value: Any, ref: int | None) -> Any:
        """Return a column of the row that a lookup field points to."""
        if ref is None:
            return self.lookup_where(table=table, column=column, conditions={key: value})
        source = self._table(table)
        row = select(self._column(source, column)).where(source.table.c.id == ref, *self._limits(source))
        return self._first(row)

    def exists(self, *, table: str, conditions: Mapping[str, Any]) -> bool:
        """Tell whether a row meets all conditions."""
        source = self._table(table)
        return self._first(self._rows(source, conditions).with_only_columns(source.table.c.id)) is not None

    def aggregate(self, *, kind: str, table: str, column: str | None, conditions: Mapping[str, Any]) -> Any:
        """Return sum, max, min or count over the rows that meet all conditions."""
        source = self._table(table)
        of: ColumnElement[Any] = self._column(source, column) if column else source.table.c.id
        # SUM of a scaled integer is a scaled integer again: the column's own type reads it back.
        result = func.count(of) if kind == "count" else getattr(func, kind)(of, type_=of.type)
        return self._first(self._rows(source, conditions).with_only_columns(result))

    def overlap(
        self, *, table: str, start: str, end: str, starts: Any, ends: Any, conditions: Mapping[str, Any]
    ) -> bool:
        """Tell whether another row that meets the conditions runs at some time in between."""
        source = self._table(table)
        rows = self._rows(source, conditions).with_only_columns(source.table.c.id)
        rows = rows.where(self._column(source, start) < ends, self._column(source, end) > starts)
        if self.own[0] == source.path and self.own[1] is not None:
            rows = rows.where(source.table.c.id != self.own[1])
        return self._first(rows) is not None

    def _path(self, name: str) -> str:
        return name if "/" in name else f"{self.app}/{name}"

    def _table(self, name: str) -> EntityTable:
        return self.tables.get(self._path(name))

    def _column(self, source: EntityTable, name: str) -> ColumnElement[Any]:
        """Return a column that is read or compared with."""
        return source.column(name)

    def _limits(self, source: EntityTable) -> Iterable[ColumnElement[bool]]:
        """Return conditions of the rows that count at all; all do where nobody looks on."""
        del source
        return ()

    def _rows(self, source: EntityTable, conditions: Mapping[str, Any]) -> Select[Any]:
        return select(source.table).where(live(source), *self._limits(source), *self._met(source, conditions))

    def _met(self, source: EntityTable, conditions: Mapping[str, Any]) -> Iterable[ColumnElement[bool]]:
        for name, value in conditions.items():
            column = self._column(source, name)
            yield column.in_(value) if isinstance(value, list | tuple) else column == value

    def _first(self, rows: Select[Any]) -> Any:
        compiled = rows.limit(1).compile()
        asked = (str(compiled), tuple(sorted((name, repr(one)) for name, one in compiled.params.items())))
        if asked not in self.answers:
            row = self.tx.execute(rows.limit(1)).first()
            self.answers[asked] = row[0] if row else None
        return self.answers[asked]


@dataclass(frozen=True, kw_only=True)
class DatabasePorts(Surroundings, TableReads):
    """The `ExpressionPorts` of one transaction."""

    tx: Session
    app: str
    tables: EntityTables
    key: Callable[[str], str | None]
    own: tuple[str, int | None] = ("", None)
    answers: dict[Any, Any] = field(default_factory=dict)


def live(source: EntityTable) -> ColumnElement[bool]:
    """Return the condition that a row exists for expressions and rules: not deleted, not a draft."""
    c = source.table.c
    return c.s_deleted_at.is_(None) & (c.s_state != RecordState.DRAFT.value)
