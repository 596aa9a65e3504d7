"""List the records of an entity, page by page, as somebody may see them."""

from dataclasses import dataclass

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.context import Clock, Context, open_context
from runtime.running.list_columns import ListCell, ListColumn, shown
from runtime.running.list_filters import OfferedFilter, offered
from runtime.running.record_listing import ListAsked, Listing
from runtime.store.reading import reading
from runtime.store.record_list import Line, RecordList
from runtime.store.session import Session

#: Verbs that a list offers beside its rows.
_OFFERED = ("create", "import", "export")


@dataclass(frozen=True, slots=True)
class ListLine:
    """A record in the list."""

    id: int
    #: In the order of the columns.
    cells: tuple[ListCell, ...]
    #: Of a form: the case to open.
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListedColumn:
    """A column of the list, and whether one may sort by it."""

    column: ListColumn
    sortable: bool


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """A page of a list; the cursors are None where nothing follows."""

    entity: str
    name: str
    #: form or table.
    kind: str
    #: Code and name of each view, and the code of this one.
    views: tuple[tuple[str, str], ...]
    view: str
    columns: tuple[ListedColumn, ...]
    lines: tuple[ListLine, ...]
    filters: tuple[OfferedFilter, ...]
    #: Labels of what the search box looks into.
    search: tuple[str, ...]
    sort: tuple[str, ...]
    after: str | None
    before: str | None
    #: How many there are; `at_least`: more than were counted.
    count: int
    at_least: bool
    #: What of create, import and export the person may do.
    verbs: frozenset[str]


def list_records(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    asked: ListAsked,
    after: str | None = None,
    before: str | None = None,
    limit: int = 50,
) -> RecordsPage:
    """Return a page of the list.

    :raises NotFound: if there is no such list for this person.
    :raises InvalidAnswers: if a filter is no value of its column.
    :raises Forbidden: if the person may not filter or sort by a column.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        listing = Listing(context, asked)
        access, entity = listing.access, listing.access.entity
        if not access.may("view") and access.there.kind != "form":
            told = _("没有“%(table)s”这张表，或您无权查看。", table=asked.entity)
            raise NotFound("no_such_entity", told)
        found = RecordList(access, listing.query(limit=limit, after=after, before=before))
        page, count = found.page(), found.count()
        return RecordsPage(
            entity=asked.entity,
            name=entity.entity.name,
            kind=access.there.kind,
            views=tuple((one.code, one.name) for one in entity.entity.views),
            view=listing.view.code,
            columns=tuple(
                ListedColumn(one, listing.sortable(one.code) and access.is_open(one.code))
                for one in listing.columns
            ),
            lines=tuple(_line(context, listing, one) for one in page.lines),
            filters=offered(context, access, listing.view.filters, asked.filters),
            search=tuple(
                entity.fields[name].field.label for name in found.query.search if access.is_open(name)
            ),
            sort=listing.sort,
            after=page.after,
            before=page.before,
            count=count.number,
            at_least=count.at_least,
            verbs=frozenset(verb for verb in _OFFERED if access.may(verb)) - _of_flow(access.there.kind),
        )


def _line(context: Context, listing: Listing, line: Line) -> ListLine:
    cells = (shown(context, listing.access.entity, one.code, line.values) for one in listing.columns)
    return ListLine(line.id, tuple(cells), line.values.get("record.case_id"))


def _of_flow(kind: str) -> frozenset[str]:
    return frozenset({"create", "import"}) if kind == "form" else frozenset()
