"""What a form of a draft reads from tables while it is only looked at: what its designer may see.

A published formula computes on true values, and whoever published it stands for that. A draft is nobody's
word yet: it finds only rows that the person at work may pick or view, and reads of them only columns that are
open to them throughout. Whatever else it asks for is empty, and that something was withheld is remembered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, or_

from runtime.language.expressions import EvaluationError
from runtime.language.refusal import NotFound
from runtime.records.fill import Source, Wanted
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.running.form import Form
from runtime.store.access import ADMINISTRATORS, Access
from runtime.store.entity_tables import EntityTable
from runtime.store.table_reads import DatabasePorts


@dataclass(frozen=True)
class Sight:
    """What the acting person may see of the tables that are installed."""

    context: Context
    #: Columns that were asked for and not shown, as `pack/table.column`.
    withheld: set[str] = field(default_factory=set)
    _known: dict[str, Access | None] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether nothing is withheld from the person."""
        return self.context.actor_code in self.context.directory.members(ADMINISTRATORS)

    def access(self, path: str) -> Access | None:
        """Return what the person may do with a table; None if it is not published."""
        if path not in self._known:
            try:
                self._known[path] = access_to(self.context, path)
            except NotFound:
                self._known[path] = None
        return self._known[path]

    def opens(self, path: str, column: str) -> bool:
        """Say whether a draft may read a column, and remember it if not."""
        access = self.access(path)
        if access is None or column not in access.there.names:
            return False  # not published yet: nothing stands in it
        if self.whole or access.is_open(column):
            return True
        self.withheld.add(f"{path}.{column}")
        return False


@dataclass(frozen=True, kw_only=True)
class SeenReads(DatabasePorts):
    """The ports of a form that is looked at."""

    sight: Sight

    def _table(self, name: str) -> EntityTable:
        access = self.sight.access(self._path(name))
        if access is None:
            raise EvaluationError(f"{name} is not published")
        return access.there

    def _column(self, source: EntityTable, name: str) -> ColumnElement[Any]:
        if not self.sight.opens(source.path, name):
            raise EvaluationError(f"{source.path}.{name} is not open")
        return super()._column(source, name)

    def _limits(self, source: EntityTable) -> Iterable[ColumnElement[bool]]:
        access = self.sight.access(source.path)
        if access is not None and not self.sight.whole:
            yield or_(access.rows_clause("pick"), access.rows_clause("view"))


@dataclass(frozen=True)
class SeenForm(Form):
    """A form whose lookups bring along only what the person may see."""

    sight: Sight = field(kw_only=True)

    def sources(self, asked: Iterable[Wanted]) -> dict[Wanted, Source | None]:
        """Return the rows that lookups refer to, cut to what is open; one is not found by what is not."""
        given = tuple(asked)
        found = super().sources(one for one in given if self.sight.opens(one.table, one.key))
        return {one: self._cut(one.table, found.get(one)) for one in given}

    def _cut(self, table: str, source: Source | None) -> Source | None:
        access = self.sight.access(table)
        if source is None or access is None or self.sight.whole:
            return source
        values: Mapping[str, Any] = source.values
        return Source(source.id, {name: one for name, one in values.items() if access.is_open(name)})
