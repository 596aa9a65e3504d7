"""A base table as its designer shows it: fields in a dense list, key and columns, views, validations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.place import Place
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.field_panel import FieldPanel, field_panel
from builder.web.views.inputs import Group
from builder.web.views.labels import default_words
from builder.web.views.sources import mappings, word, words
from builder.web.views.table_inputs import Checks, identity_groups, view_groups
from runtime.fields import FIELDS
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _, listed
from runtime.web.views.common import Link

#: What the page shows, first is what it opens with.
TABS = ("fields", "key", "views", "checks")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field or column in the list."""

    #: `amount`, or of a column `items.qty`.
    path: str
    place: Place
    code: str
    label: str
    type: str
    type_label: str
    icon: str
    #: Value of each switch; None where it means nothing for the type.
    required: bool | None
    unique: bool | None
    index: bool | None
    #: "= 数量 × 单价", "今天", "0"
    filled: str
    selected: bool
    rows: tuple["FieldRow", ...] = ()


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One view in the list."""

    code: str
    name: str
    place: Place
    #: Labels of its columns.
    columns: tuple[str, ...]
    #: "3 列 · 按编号 ↓"
    note: str
    selected: bool


@dataclass(frozen=True, slots=True)
class TableDesign:
    """One tab of the page, and the panel beside it."""

    tab: str
    tabs: tuple[Link, ...]
    code: str
    name: str
    selected: str
    fields: tuple[FieldRow, ...] = ()
    views: tuple[ViewRow, ...] = ()
    groups: tuple[Group, ...] = ()
    checks: Checks | None = None
    panel: FieldPanel | None = None
    #: Of the view that is selected.
    view_groups: tuple[Group, ...] = ()
    view_name: str = ""
    #: Where a new field goes: the list, and behind which.
    adding: Place = ("fields",)
    after: str = ""


def table_design(opened: OpenedDraft, file: str, *, url: str, tab: str, selected: str) -> TableDesign:
    """Return what a tab shows; `selected` is a field's path or a view's code, empty for nothing."""
    found = opened.draft.documents.get(file)
    document: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    tab = tab if tab in TABS else TABS[0]
    code = word(document.get("code"))
    name = word(document.get("name")) or code
    tabs = tuple(_tabs(document, url, tab))
    if tab == "key":
        groups = tuple(identity_groups(document))
        return TableDesign(tab, tabs, code, name, "", groups=groups)
    if tab == "views":
        views = tuple(_views(document, selected))
        chosen = next((one for one in views if one.selected), None)
        if chosen is None:
            return TableDesign(tab, tabs, code, name, "")
        made = tuple(view_groups(document, chosen.place, opened.draft.released.get(file)))
        return TableDesign(
            tab, tabs, code, name, selected, views=views, view_groups=made, view_name=chosen.name
        )
    if tab == "checks":
        return TableDesign(tab, tabs, code, name, "", checks=Checks.of(document))
    rows = tuple(_rows(document.get("fields"), ("fields",), selected, within=""))
    place = next((one.place for row in rows for one in (row, *row.rows) if one.selected), None)
    panel = field_panel(opened, file, place, entity=code) if place else None
    adding, after = _adding(rows, selected)
    return TableDesign(
        tab, tabs, code, name, selected if panel else "", rows, panel=panel, adding=adding, after=after
    )


def _tabs(document: Mapping[str, Any], url: str, tab: str) -> Iterator[Link]:
    labels = (_("字段"), _("主键与索引"), _("视图"), _("校验"))
    lists = (document.get("fields"), None, document.get("views"), document.get("validations"))
    for one, label, rows in zip(TABS, labels, lists, strict=True):
        count = len(rows) if isinstance(rows, list) and one != TABS[0] else None
        yield Link(label, f"{url}?tab={one}", current=one == tab, count=count)


def _rows(found: Any, place: Place, selected: str, *, within: str) -> Iterator[FieldRow]:
    for one in mappings(found):
        code, type_ = word(one.get("code")), word(one.get("type"))
        if not code:
            continue
        path, at = (f"{within}.{code}" if within else code), (*place, code)
        kind = FIELDS.get(type_)
        subtable = type_ == SUBTABLE and not within
        inner = tuple(_rows(one.get("fields"), (*at, "fields"), selected, within=code)) if subtable else ()
        known = kind.properties if kind else frozenset()
        yield FieldRow(
            path,
            at,
            code,
            word(one.get("label")) or code,
            type_,
            _("重复表") if subtable else _(kind.label) if kind else type_ or _("没有类型"),
            "table" if subtable else kind.icon if kind else "forms",
            one.get("required") is True if kind is not None and kind.typed else None,
            one.get("unique") is True if "unique" in known else None,
            one.get("index") is True if "index" in known and not within else None,
            _filled(one),
            path == selected,
            inner,
        )


def _filled(field: Mapping[str, Any]) -> str:
    """Return what stands in a field without anybody typing it."""
    if word(field.get("formula")):
        return f"= {field['formula']}"
    if word(field.get("template")):
        return word(field["template"])
    default = field.get("default")
    if default is None:
        return ""
    if isinstance(default, Mapping):
        return f"= {default.get('expr', '')}"
    if isinstance(default, bool):
        return _("是") if default else _("否")
    if isinstance(default, list):
        return listed(words(default))
    return default_words().get(str(default), str(default))


def _views(document: Mapping[str, Any], selected: str) -> Iterator[ViewRow]:
    labels = {word(one.get("code")): word(one.get("label")) for one in mappings(document.get("fields"))}
    found = [one for one in mappings(document.get("views")) if word(one.get("code"))]
    codes = [word(one.get("code")) for one in found]
    chosen = selected if selected in codes else next(iter(codes), "")
    for one in found:
        code = word(one.get("code"))
        columns = tuple(labels.get(each) or each for each in words(one.get("columns")))
        sort = listed(
            f"{labels.get(each.removeprefix('-')) or each} {'↓' if each.startswith('-') else '↑'}"
            for each in words(one.get("sort"))
        )
        note = _("%(n)s 列", n=len(columns)) + (f" · {sort}" if sort else "")
        yield ViewRow(code, word(one.get("name")) or code, ("views", code), columns, note, code == chosen)


def _adding(rows: tuple[FieldRow, ...], selected: str) -> tuple[Place, str]:
    """Return where a new field goes: behind what is selected, a column into its sub-table."""
    code, dot, column = selected.partition(".")
    if dot and any(one.code == code for one in rows):
        return ("fields", code, "fields"), column
    return ("fields",), code if any(one.code == code for one in rows) else ""
