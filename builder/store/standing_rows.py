"""Rows that stand in the tables of an app, counted for what a publication would mean to them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, func, or_, select

from runtime.language.refusal import NotFound
from runtime.store import entity_tables
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session
from runtime.store.states import CaseState, RecordState
from runtime.store.tables import app_release, flow_case

#: Cases that still have a way to go; drafts and withdrawn ones keep their release, too.
_RUNNING = (CaseState.RUNNING, CaseState.SUSPENDED)


#: Columns of one statement; PostgreSQL takes 1664.
_MOST_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Count:
    """What to count in one table."""

    there: EntityTable
    number: ColumnElement[int]


#: The sum of them answers one question; nothing for fields that are not there.
Counts = tuple[Count, ...]


class StandingRows:
    """The rows of one app's tables: questions, and their answers with one statement for each table."""

    def __init__(self, tx: Session, app: str) -> None:
        self._tx = tx
        self._app = app
        self._tables = entity_tables.today(tx)

    def all(self, entity: str) -> Counts:
        """Return what counts the records."""
        there = self._there(entity)
        return (Count(there, func.count()),) if there is not None else ()

    def filled(self, path: str) -> Counts:
        """Return what counts the records, or rows of a sub-table, with a value of `contract.items.qty`.

        Of a sub-table as a whole: its rows.
        """
        entity, _, rows = path.partition(".")
        there = self._there(entity)
        if there is not None and rows in there.rows:
            return (Count(there.rows[rows], func.count()),)
        return self._where(path, lambda column: column.is_not(None))

    def empty(self, path: str) -> Counts:
        """Return what counts those without a value of a field."""
        return self._where(path, lambda column: column.is_(None))

    def twice(self, path: str) -> Counts:
        """Return what counts the values of a field that stand in more than one record in force."""
        found = self._column(path)
        if not found or found[0].kind == "subtable":
            return ()
        there, column = found
        live = there.table.c.s_state == RecordState.LIVE.value
        groups = (
            select(column)
            .where(column.is_not(None), live, there.table.c.s_deleted_at.is_(None))
            .group_by(column)
            .having(func.count() > 1)
            .subquery()
        )
        # Beside other counts of the table it must be an aggregate; a table without rows has none.
        repeated = select(func.count()).select_from(groups).scalar_subquery()
        return (Count(there, func.coalesce(func.max(repeated), 0)),)

    def using(self, paths: Iterable[str], values: Iterable[str]) -> Counts:
        """Return what counts the records, or rows, that have any of these values in one of the fields."""
        wanted = tuple(values)
        if not wanted:
            return ()
        return tuple(one for path in paths for one in self._where(path, lambda column: _has(column, wanted)))

    def answers(self, asked: Sequence[Counts]) -> list[int]:
        """Return the answer to each question."""
        told = [0] * len(asked)
        tables: dict[int, list[tuple[int, Count]]] = {}
        for at, counts in enumerate(asked):
            for one in counts:
                tables.setdefault(one.there.number, []).append((at, one))
        for counted in tables.values():
            for first in range(0, len(counted), _MOST_COLUMNS):
                part = counted[first : first + _MOST_COLUMNS]
                for (at, _), number in zip(part, self._counted([one for _, one in part]), strict=True):
                    told[at] += number
        return told

    def _counted(self, counts: Sequence[Count]) -> Sequence[int]:
        there = counts[0].there
        asked = select(*(one.number for one in counts)).select_from(there.table)
        if there.kind != "subtable":
            asked = asked.where(there.table.c.s_deleted_at.is_(None))
        return tuple(self._tx.execute(asked).one())

    def _where(self, path: str, holds: Callable[[ColumnElement[Any]], ColumnElement[bool]]) -> Counts:
        found = self._column(path)
        return (Count(found[0], func.count(case((holds(found[1]), 1)))),) if found else ()

    def _there(self, entity: str) -> EntityTable | None:
        path = entity if "/" in entity else f"{self._app}/{entity}"
        try:
            return self._tables.get(path)
        except NotFound:
            return None

    def _column(self, path: str) -> tuple[EntityTable, ColumnElement[Any]] | None:
        entity, _, field = path.partition(".")
        there = self._there(entity)
        holder, _, column = field.rpartition(".")
        if there is not None and holder:
            there = there.rows.get(holder)
        if there is None or column not in there.columns:
            return None
        return there, there.columns[column]


def _has(column: ColumnElement[Any], values: tuple[str, ...]) -> ColumnElement[bool]:
    if isinstance(column.type, Text):
        return column.in_(values)
    # A list of values: its text names each of them in quotation marks.
    written = cast(column, Text)
    return or_(*(written.contains(f'"{one}"', autoescape=True) for one in values))


def running_cases(tx: Session, app: str) -> Mapping[int, int]:
    """Return how many cases of an app are under way, by the number of the release they began with."""
    asked = (
        select(app_release.c.number, func.count())
        .select_from(flow_case.join(app_release, flow_case.c.release_id == app_release.c.id))
        .where(flow_case.c.app == app, flow_case.c.state.in_([one.value for one in _RUNNING]))
        .group_by(app_release.c.number)
    )
    return {int(row[0]): int(row[1]) for row in tx.execute(asked)}
