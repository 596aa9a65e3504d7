"""Edits of a base table: fields in their list, columns, and views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.anywhere import InsertItem, RemoveItem, SetValue, document_of, items_at
from builder.edits.documents import Documents, standing, with_file
from builder.edits.edit import ENTITIES, Edit
from builder.edits.layout import (
    Spot,
    code_of,
    fields_of,
    put,
    sections_of,
    spot_of,
    with_sections,
)
from builder.edits.new_field import fresh_code, new_column, new_field
from builder.edits.place import Step, gone, index_of, value_at
from builder.edits.renaming.plain import each, texts, with_keys
from builder.edits.renaming.shapes import app_of
from runtime.fields import FIELDS
from runtime.language.refusal import Refused
from runtime.language.speech import _

#: Columns that a new view shows at first.
_SHOWN = 6


@dataclass(frozen=True)
class AddListed(Edit):
    """Put a new field behind another one in the list of fields, or a new column into a sub-table."""

    do: ClassVar[str] = "add_listed"
    of: ClassVar[frozenset[str]] = ENTITIES
    #: The list: `fields`, or `fields › items › fields`.
    place: tuple[Step, ...]
    type: str
    #: Code of the field it comes behind; empty: at the end.
    after: str = ""

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the field; a layout that there is gets it as well.

        :raises Refused: if there is no such type, or it is none for rows.
        """
        document = document_of(documents, self.file)
        column = len(self.place) > 1
        around = value_at(document, self.place[:-1])
        if not isinstance(around, Mapping):
            raise gone(self.place)
        made = new_column(around, self.type) if column else new_field(document, self.type)
        beside = items_at(documents, self.file, self.place)
        behind = index_of(beside, self.after) if self.after else None
        at = None if behind is None else behind + 1
        grown = InsertItem(self.file, self.place, made, at).apply(documents)
        return grown if column else _laid_out(grown, self.file, made["code"], after=self.after)

    @property
    def label(self) -> str:
        """What was added."""
        kind = FIELDS.get(self.type)
        return _("添加%(what)s", what=_(kind.label) if kind else _("重复表"))


@dataclass(frozen=True)
class CopyListed(Edit):
    """Put a copy of a field or column behind it."""

    do: ClassVar[str] = "copy_listed"
    of: ClassVar[frozenset[str]] = ENTITIES
    place: tuple[Step, ...]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the copy; a layout that there is gets it as well.

        :raises Conflict: if the field has gone.
        """
        beside = items_at(documents, self.file, self.place[:-1])
        at = index_of(beside, self.place[-1]) if self.place else None
        if at is None or not isinstance(beside[at], Mapping):
            raise gone(self.place)
        found = beside[at]
        code = fresh_code(code_of(found) or "field", map(code_of, _mappings(beside)))
        label = _("%(name)s 副本", name=found.get("label") or "").strip()
        made = {**found, "code": code, "label": label}
        grown = InsertItem(self.file, self.place[:-1], made, at + 1).apply(documents)
        if len(self.place) > 2:
            return grown
        return _laid_out(grown, self.file, code, after=code_of(found))

    @property
    def label(self) -> str:
        """What was copied."""
        return _("复制字段 %(field)s", field=self.place[-1] if self.place else "")


@dataclass(frozen=True)
class RemoveListed(Edit):
    """Take a field or column out, with what is said of it elsewhere; one stays."""

    do: ClassVar[str] = "remove_listed"
    of: ClassVar[frozenset[str]] = ENTITIES
    place: tuple[Step, ...]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents without the field; formulas and rules that read it are told by the check.

        :raises Refused: if it is the last one.
        :raises Conflict: if it has gone.
        """
        if len(items_at(documents, self.file, self.place[:-1])) < 2:
            raise Refused("last_field", _("至少要有一个字段。"))
        return RemoveItem(self.file, self.place).apply(documents)

    @property
    def label(self) -> str:
        """What was taken out."""
        return _("删除字段 %(field)s", field=self.place[-1] if self.place else "")


@dataclass(frozen=True)
class AddView(Edit):
    """Make a view of a table, or a copy of one."""

    do: ClassVar[str] = "add_view"
    of: ClassVar[frozenset[str]] = ENTITIES
    like: str = ""

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the view.

        :raises Conflict: if the one to copy has gone.
        """
        document = document_of(documents, self.file)
        views = items_at(documents, self.file, ("views",))
        codes = [code_of(one) for one in _mappings(views)]
        if self.like:
            at = index_of(views, self.like)
            if at is None:
                raise gone(("views", self.like))
            name = _("%(name)s 副本", name=views[at].get("name") or "").strip()
            made = {**views[at], "code": fresh_code(self.like, codes), "name": name}
            return InsertItem(self.file, ("views",), made, at + 1).apply(documents)
        shown = [code_of(one) for one in fields_of(document) if one.get("type") != "subtable"]
        code = fresh_code("view", codes)
        made = {"code": code, "name": _("新视图"), "columns": [one for one in shown if one][:_SHOWN]}
        return InsertItem(self.file, ("views",), made).apply(documents)

    @property
    def label(self) -> str:
        """What was made."""
        return _("复制视图 %(view)s", view=self.like) if self.like else _("添加视图")


@dataclass(frozen=True)
class RenameView(Edit):
    """Give a view another code; the menu opens it by its new one."""

    do: ClassVar[str] = "rename_view"
    of: ClassVar[frozenset[str]] = ENTITIES
    place: tuple[Step, ...]
    code: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the view under its new code.

        :raises Conflict: if the view has gone.
        """
        document = document_of(documents, self.file)
        view = value_at(document, self.place)
        if not isinstance(view, Mapping):
            raise gone(self.place)
        old, app = view.get("code"), app_of(documents)
        table = f"{app}/{document.get('code')}"
        made = SetValue(self.file, (*self.place, "code"), self.code).apply(documents)
        rename = texts(lambda code: self.code if code == old else code)
        for file in {entry.file for entry in standing(documents, "menu")}:
            menu = each(lambda one: with_keys(one, {"view": rename}) if _opens(one, app, table) else one)
            changed = menu(documents[file])
            made = made if changed is documents[file] else with_file(made, file, changed)
        return made

    @property
    def label(self) -> str:
        """What became what."""
        view = self.place[-1] if self.place else ""
        return _("将视图 %(view)s 的编码改为 %(code)s", view=view, code=self.code)


def _opens(entry: Any, app: str, table: str) -> bool:
    ref = str(entry.get("table", "")) if isinstance(entry, Mapping) else ""
    return (ref if "/" in ref else f"{app}/{ref}") == table


def _laid_out(documents: Documents, file: str, code: str, *, after: str) -> Documents:
    """Return the documents with a field in the table's layout, if it has one."""
    document = documents[file]
    if not document.get("layout"):
        return documents
    # What the layout has not yet named stands last: the new field is put where it belongs instead.
    sections = sections_of(
        {**document, "fields": [one for one in fields_of(document) if code_of(one) != code]}
    )
    spot = spot_of(sections, after) if after else None
    where = Spot(spot.section, spot.line + 1) if spot else Spot(max(len(sections) - 1, 0), 10_000)
    return with_file(documents, file, with_sections(document, put(sections, code, where)))


def _mappings(items: Iterable[Any]) -> list[Mapping[str, Any]]:
    return [one for one in items if isinstance(one, Mapping)]
