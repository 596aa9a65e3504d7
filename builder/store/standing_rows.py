"""Rows that stand in the tables of an app, counted for what a publication would mean to them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from runtime.language.refusal import NotFound
from runtime.store import entity_tables
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session
from runtime.store.states import CaseState, RecordState
from runtime.store.tables import app_release, flow_case

#: Cases that still have a way to go; drafts and withdrawn ones keep their release, too.
_RUNNING = (CaseState.RUNNING, CaseState.SUSPENDED)


class StandingRows:
    """The rows of one app's tables; each question is one statement, fields that are not there count 0."""

    def __init__(self, tx: Session, app: str) -> None:
        self._tx = tx
        self._app = app
        self._tables = entity_tables.today(tx)

    def all(self, entity: str) -> int:
        """Return how many records there are."""
        there = self._there(entity)
        return self._count(there, None) if there is not None else 0

    def filled(self, path: str) -> int:
        """Return how many records, or rows of a sub-table, have a value of a field: `contract.items.qty`.

        Of a sub-table as a whole: how many rows it has.
        """
        entity, _, rows = path.partition(".")
        there = self._there(entity)
        if there is not None and rows in there.rows:
            return self._count(there.rows[rows], None)
        found = self._column(path)
        return self._count(found[0], found[1].is_not(None)) if found else 0

    def empty(self, path: str) -> int:
        """Return how many have no value of a field."""
        found = self._column(path)
        return self._count(found[0], found[1].is_(None)) if found else 0

    def twice(self, path: str) -> int:
        """Return how many values of a field stand in more than one record in force."""
        found = self._column(path)
        if not found or found[0].kind == "subtable":
            return 0
        there, column = found
        live = there.table.c.s_state == RecordState.LIVE.value
        groups = (
            select(column)
            .where(column.is_not(None), live, there.table.c.s_deleted_at.is_(None))
            .group_by(column)
            .having(func.count() > 1)
            .subquery()
        )
        return int(self._tx.scalar(select(func.count()).select_from(groups)) or 0)

    def using(self, paths: Iterable[str], values: Iterable[str]) -> int:
        """Return how many records, or rows, have any of these values in one of the fields."""
        return sum(self._using(path, tuple(values)) for path in paths)

    def _using(self, path: str, values: tuple[str, ...]) -> int:
        found = self._column(path)
        if not found or not values:
            return 0
        there, column = found
        if isinstance(column.type, Text):
            return self._count(there, column.in_(values))
        # A list of values: its text names each of them in quotation marks.
        written = cast(column, Text)
        return self._count(there, or_(*(written.contains(f'"{one}"', autoescape=True) for one in values)))

    def _count(self, there: EntityTable, condition: ColumnElement[bool] | None) -> int:
        conditions = [] if condition is None else [condition]
        if there.kind != "subtable":
            conditions.append(there.table.c.s_deleted_at.is_(None))
        asked = select(func.count()).select_from(there.table).where(and_(True, *conditions))
        return int(self._tx.scalar(asked) or 0)

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


def running_cases(tx: Session, app: str) -> Mapping[int, int]:
    """Return how many cases of an app are under way, by the number of the release they began with."""
    asked = (
        select(app_release.c.number, func.count())
        .select_from(flow_case.join(app_release, flow_case.c.release_id == app_release.c.id))
        .where(flow_case.c.app == app, flow_case.c.state.in_([one.value for one in _RUNNING]))
        .group_by(app_release.c.number)
    )
    return {int(row[0]): int(row[1]) for row in tx.execute(asked)}
