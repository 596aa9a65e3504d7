"""One list of one person: a view of an entity, with what they search, filter and sort for."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_

from runtime.language.entity import View
from runtime.language.expressions import Env, parse
from runtime.language.refusal import NotFound, Refused
from runtime.language.speech import _
from runtime.records.scope import tables_located
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.running.list_columns import ListColumn, column_of, default_view, is_sortable
from runtime.running.list_filters import Given, conditions
from runtime.running.row_condition import row_condition
from runtime.store.access import Access
from runtime.store.record_list import ListQuery


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What somebody wants to see of an entity."""

    #: `pack/entity`.
    entity: str
    #: Code of the view; empty: the first.
    view: str = ""
    #: Words that must all occur.
    words: str = ""
    filters: tuple[Given, ...] = ()
    #: Columns; a leading "-" sorts from large to small. Empty: as the view does.
    sort: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A list that the acting person may look at, or at least ask for."""

    context: Context
    asked: ListAsked
    #: view, or what they want with the rows.
    verb: str = "view"

    @cached_property
    def access(self) -> Access:
        """What the person may do with the records."""
        return access_to(self.context, self.asked.entity)

    @cached_property
    def view(self) -> View:
        """The view asked for.

        :raises NotFound: if there is none of that code.
        """
        views = self.access.entity.entity.views
        if not self.asked.view:
            return views[0] if views else default_view(self.access.entity)
        found = next((one for one in views if one.code == self.asked.view), None)
        if found is None:
            raise NotFound("no_such_view", _("没有“%(view)s”这个视图。", view=self.asked.view))
        return found

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:
        """The view's columns that the person sees at least in some row."""
        access = self.access
        unseen = access.unseen(self.verb)
        found = (column_of(access.entity, access.there, name) for name in self.view.columns)
        return tuple(one for one in found if one is not None and one.code not in unseen)

    @cached_property
    def sort(self) -> tuple[str, ...]:
        """The order: as asked, else as the view says, as far as the person may know of it.

        :raises Refused: if values of a column asked for have no order.
        """
        access = self.access
        if not self.asked.sort:
            named = ((one, one.removeprefix("-")) for one in self.view.sort)
            return tuple(one for one, name in named if access.is_open(name) and self.sortable(name))
        for one in self.asked.sort:
            if not self.sortable(one.removeprefix("-")):
                raise Refused("cannot_sort", _("不能按“%(column)s”排序。", column=one.removeprefix("-")))
        return self.asked.sort

    def sortable(self, name: str) -> bool:
        """Tell whether values of a column have an order."""
        return is_sortable(self.access.entity, self.access.there, name)

    def query(self, *, limit: int = 50, after: str | None = None, before: str | None = None) -> ListQuery:
        """Return what the store is asked.

        :raises InvalidAnswers: if a filter is no value of its column.
        :raises Forbidden: if the person may not filter or sort by it.
        """
        filters, typed = conditions(self.context, self.access, self.asked.filters)
        extra = ("record.case_id",) if self.access.there.kind == "form" else ()
        return ListQuery(
            columns=tuple(dict.fromkeys((*(one.code for one in self.columns), *extra))),
            words=self.asked.words,
            search=tuple(name for name in self.view.search if name in self.access.there.columns),
            filters=filters,
            sort=self.sort,
            where=_both(typed, self._where()),
            limit=limit,
            after=after,
            before=before,
            verb=self.verb,
        )

    def _where(self) -> ColumnElement[bool] | None:
        if self.view.where is None:
            return None
        entity = self.access.entity
        return row_condition(
            self.context,
            tables_located(entity.pack, parse(self.view.where)),
            there=self.access.there,
            names=entity.names,
            env=Env(ports=self.context.ports(entity.pack)),
        )


def _both(one: ColumnElement[bool] | None, other: ColumnElement[bool] | None) -> ColumnElement[bool] | None:
    if one is None or other is None:
        return other if one is None else one
    return and_(one, other)
