"""Base tables: the list, the record with its history, and where a value comes from (穿透)."""

from dataclasses import dataclass, field

from runtime.web.views.case import ActionView, ChangeView
from runtime.web.views.cell import FIGURES
from runtime.web.views.common import FIRST_PAGE, FilterView, Link, Paging, Tag
from runtime.web.views.form import FormView


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list; `sort_url` is empty where one cannot sort by it."""

    code: str
    type: str
    label: str
    sort_url: str = ""
    #: "ascending", "descending" or "".
    sorted: str = ""

    @property
    def figure(self) -> bool:
        """Whether its values are numbers."""
        return self.type in FIGURES


@dataclass(frozen=True, slots=True)
class ListValue:
    """A value in a list: text, with a tag where a dictionary colours it, a link where it leads somewhere."""

    text: str
    tag: Tag | None = None
    url: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True)
class ListLine:
    """One record."""

    url: str
    values: tuple[ListValue, ...]


@dataclass(frozen=True, slots=True)
class TablePage:
    """The list of a base table."""

    title: str
    columns: tuple[ListColumn, ...]
    lines: tuple[ListLine, ...]
    #: Named views, as tabs; one alone is not shown.
    views: tuple[Link, ...] = ()
    filters: tuple[FilterView, ...] = ()
    q: str = ""
    #: What the search box looks into: "合同编号 / 合同名称"; empty hides it.
    search_hint: str = ""
    #: Arguments that the filter form keeps (view, sort).
    kept: tuple[tuple[str, str], ...] = ()
    paging: Paging = FIRST_PAGE
    new_url: str = ""
    export_url: str = ""
    reset_url: str = ""
    #: Any filter or search is set: an empty list then says so.
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One change of a record."""

    at: str
    who: str
    what: Tag
    changes: tuple[ChangeView, ...]
    #: The case that did it.
    case: Link | None = None


@dataclass(frozen=True, slots=True)
class EffectView:
    """One line of the ledger: what a case did to one field of the record."""

    at: str
    field: str
    #: "+ 40,000.00", "= 已生效"
    what: str
    after: str
    #: None where the reader may not see the case.
    case: Link | None
    rule: str
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class FormerView:
    """A value of a field that the form no longer has."""

    label: str
    text: str
    #: "第 1 版"
    release: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record of a base table."""

    form: FormView
    back: Link
    tags: tuple[Tag, ...] = ()
    edit_url: str = ""
    actions: tuple[ActionView, ...] = ()
    revisions: tuple[RevisionView, ...] = ()
    effects: tuple[EffectView, ...] = ()
    #: Records and cases that point here.
    related: tuple[Link, ...] = field(default_factory=tuple)
    #: Values of fields that the form no longer has.
    former: tuple[FormerView, ...] = ()
