"""Find the rows that somebody may choose in a lookup of a form they are filling in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_

from runtime.language.expressions import EvaluationError, Names
from runtime.language.expressions.subset import filter_of
from runtime.language.refusal import Forbidden, NotFound
from runtime.language.speech import _
from runtime.language.whole_number import whole_number
from runtime.records.cells import rows_of
from runtime.records.compiled import CompiledField
from runtime.records.rights import Masked
from runtime.running.access import access_to
from runtime.running.context import Clock, Context, open_context
from runtime.running.form import Form
from runtime.running.form_place import FormPlace, OpenForm, open_form
from runtime.running.list_columns import ListColumn, column_of, shown
from runtime.running.row_condition import row_condition
from runtime.store.access import Access
from runtime.store.reading import reading
from runtime.store.record_list import Line, ListQuery, RecordList
from runtime.store.session import Session
from runtime.store.states import RecordState


@dataclass(frozen=True, slots=True)
class PickRow:
    """A row that may be chosen."""

    key: str
    #: Its id: what is posted beside the key.
    ref: int
    #: In the order of the columns.
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PickPage:
    """Rows to choose from; `after` is None at the end."""

    columns: tuple[ListColumn, ...]
    rows: tuple[PickRow, ...]
    after: str | None


def pick_records(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    place: FormPlace,
    path: str,
    posted: object,
    words: str = "",
    after: str | None = None,
    limit: int = 20,
) -> PickPage:
    """Return the rows for the lookup at `path`: those the person may pick, and its filter lets through.

    The filter sees the answers so far (`posted`), computed. What a row shows are the key and the picker's
    columns, as far as the person may see them.

    :raises NotFound: if there is no such form or lookup for this person.
    :raises Forbidden: if the person may not fill it in.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        opened = open_form(context, place)
        return picked(context, opened, path=path, posted=posted, words=words, after=after, limit=limit)


def picked(
    context: Context,
    opened: OpenForm,
    *,
    path: str,
    posted: object,
    words: str = "",
    after: str | None = None,
    limit: int = 20,
    only_open: bool = False,
) -> PickPage:
    """Return the rows for a lookup of a form that is open; as `pick_records` otherwise.

    `only_open` is for a filter that nobody has published: it may test only columns that are open to the
    person, since which rows it lets through tells their values.
    """
    field, index = _lookup(opened.form, path)
    access = access_to(context, field.field.options["from"])
    picking = _Picking(context, access, field, only_open)
    values = opened.form.draft(posted, opened.before).values
    columns = tuple(dict.fromkeys((picking.key, *(one.code for one in picking.columns))))
    query = ListQuery(
        columns=columns,
        words=words,
        search=columns,
        sort=(picking.key,),
        where=picking.where(opened, values, index),
        limit=limit,
        after=after,
        verb="pick",
    )
    found = RecordList(access, query).page()
    return PickPage(picking.columns, tuple(picking.row(line) for line in found.lines), found.after)


@dataclass(frozen=True)
class _Picking:
    """One lookup of which somebody chooses."""

    context: Context
    access: Access
    field: CompiledField
    #: Whether the filter may test only what is open to the person.
    only_open: bool = False

    @property
    def key(self) -> str:
        """The source's column that the lookup shows.

        :raises Forbidden: if the person sees it of no row, or not of every row.
        """
        key: str = self.field.field.options["key"]
        if not self.access.is_open(key):
            name = self.access.entity.entity.name
            raise Forbidden("not_granted", _("您没有选用“%(name)s”的权限。", name=name))
        return key

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        """What the rows show."""
        entity, there = self.access.entity, self.access.there
        names = self.field.field.options.get("columns") or [self.key]
        unseen = self.access.unseen("pick")
        found = (column_of(entity, there, name) for name in names if name not in unseen)
        return tuple(one for one in found if one is not None)

    def where(self, opened: OpenForm, values: Mapping[str, Any], index: int | None) -> ColumnElement[bool]:
        """Return the condition of the rows that may be chosen, besides the rights."""
        there = self.access.there
        live = and_(there.table.c.s_state == RecordState.LIVE.value, there.column(self.key).is_not(None))
        if self.field.filter is None:
            return live
        form = opened.form
        subtable = form.entity.subtables.get(self.field.path.partition(".")[0])
        rows = rows_of(values, subtable) if subtable else []
        row = rows[index] if index is not None and index < len(rows) else {}
        names = Names(
            fields=self.access.entity.names.fields,
            form=form.entity.names,
            row=subtable.code if subtable else None,
            tables=form.entity.names.tables,
        )
        tested = filter_of(self.field.filter.tree, names=names).columns
        if self.only_open and not all(map(self.access.is_open, tested)):
            told = _("筛选条件用到您无权查看的列，只有系统管理员可以预览。")
            raise Forbidden("filter_not_open", told)
        env = replace(form.env, form=values, row=row, index=(index or 0) + 1)
        try:
            filtered = row_condition(self.context, self.field.filter.tree, there=there, names=names, env=env)
        except EvaluationError as error:
            told = _("根据已填写的内容无法筛选，请先填写其他字段。")
            raise NotFound("no_choice", told) from error
        return and_(live, filtered)

    def row(self, line: Line) -> PickRow:
        """Return a row as the person may see it."""
        key = line.values.get(self.key)
        cells = (shown(self.context, self.access.entity, one.code, line.values).text for one in self.columns)
        return PickRow("" if key is None or isinstance(key, Masked) else str(key), line.id, tuple(cells))


def _lookup(form: Form, path: str) -> tuple[CompiledField, int | None]:
    """Return the lookup at `$.field` or `$.rows[2].field`, and the number of its row.

    :raises NotFound: if there is none, or it is hidden here.
    :raises Forbidden: if it is not to be filled in here.
    """
    holder, _point, code = path.removeprefix("$.").rpartition(".")
    name, _bracket, number = holder.partition("[")
    subtable = form.entity.subtables.get(name)
    field = (subtable.columns if subtable else form.entity.fields).get(code)
    if field is None or field.field.type != "lookup" or (name and subtable is None):
        raise NotFound("no_such_lookup", _("没有“%(path)s”这个关联字段。", path=path))
    if field.path not in form.rights.editable:
        raise Forbidden("not_editable", _("“%(name)s”在这里不能填写。", name=field.field.label))
    return field, whole_number(number.removesuffix("]"))
