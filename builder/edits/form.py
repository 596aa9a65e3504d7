"""Edits of a form as a sheet: fields and sections put on it, moved, copied, taken off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.anywhere import InsertItem, RemoveItem, document_of
from builder.edits.documents import Documents, with_file
from builder.edits.edit import ENTITIES, Edit
from builder.edits.layout import (
    Section,
    Spot,
    code_of,
    fields_of,
    put,
    sections_of,
    spot_of,
    with_sections,
)
from builder.edits.new_field import fresh_code, new_column, new_field
from builder.edits.place import gone
from runtime.fields import FIELDS
from runtime.language.speech import _


@dataclass(frozen=True)
class AddField(Edit):
    """Put a new field or sub-table on the form."""

    do: ClassVar[str] = "add_field"
    of: ClassVar[frozenset[str]] = ENTITIES
    type: str
    section: int = 0
    line: int = 10_000
    at: int | None = None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the field.

        :raises Refused: if there is no such type.
        """
        document = document_of(documents, self.file)
        made = new_field(document, self.type)
        sections = put(sections_of(document), made["code"], Spot(self.section, self.line, self.at))
        grown = {**document, "fields": [*fields_of(document), made]}
        return with_file(documents, self.file, with_sections(grown, sections))

    @property
    def label(self) -> str:
        """What was added."""
        kind = FIELDS.get(self.type)
        return _("添加%(what)s", what=_(kind.label) if kind else _("重复表"))


@dataclass(frozen=True)
class AddColumn(Edit):
    """Put a new column into a sub-table."""

    do: ClassVar[str] = "add_column"
    of: ClassVar[frozenset[str]] = ENTITIES
    subtable: str
    type: str
    at: int | None = None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the column.

        :raises Conflict: if there is no such sub-table (any more).
        """
        sub = _field(document_of(documents, self.file), self.subtable)
        made = new_column(sub, self.type)
        return InsertItem(self.file, ("fields", self.subtable, "fields"), made, self.at).apply(documents)

    @property
    def label(self) -> str:
        """Where something was added."""
        return _("在 %(table)s 中添加列", table=self.subtable)


@dataclass(frozen=True)
class MoveField(Edit):
    """Put a field elsewhere on the form."""

    do: ClassVar[str] = "move_field"
    of: ClassVar[frozenset[str]] = ENTITIES
    code: str
    section: int
    line: int
    at: int | None = None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the field in its new place.

        :raises Conflict: if there is no such field or section (any more).
        """
        document = document_of(documents, self.file)
        _field(document, self.code)
        before = sections_of(document)
        after = put(before, self.code, Spot(self.section, self.line, self.at))
        if _same(before, after):
            return documents
        return with_file(documents, self.file, with_sections(document, after))

    @property
    def label(self) -> str:
        """What was moved."""
        return _("移动 %(what)s", what=self.code)


@dataclass(frozen=True)
class ShiftField(Edit):
    """Move a field one step: within its line, or a line up or down; past a section's edge into the next."""

    do: ClassVar[str] = "shift_field"
    of: ClassVar[frozenset[str]] = ENTITIES
    code: str
    #: left, right, up, down.
    way: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the field one step further; at the edge they stay as they are."""
        document = document_of(documents, self.file)
        sections = sections_of(document)
        spot = spot_of(sections, self.code)
        if spot is None or spot.at is None:
            raise gone((self.code,))
        line = sections[spot.section].lines[spot.line]
        if self.way in ("left", "right"):
            at = spot.at + (1 if self.way == "right" else -1)
            if not 0 <= at < len(line):
                return documents
            target: Spot | None = Spot(spot.section, spot.line, at)
        else:
            target = _beyond(sections, spot, alone=len(line) == 1, down=self.way == "down")
        if target is None:
            return documents
        made = put(sections, self.code, target)
        return with_file(documents, self.file, with_sections(document, made))

    @property
    def label(self) -> str:
        """What was moved."""
        return _("移动 %(what)s", what=self.code)


@dataclass(frozen=True)
class RemoveField(Edit):
    """Take a field off the form, with what is said of it elsewhere."""

    do: ClassVar[str] = "remove_field"
    of: ClassVar[frozenset[str]] = ENTITIES
    code: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents without the field; formulas that read it are told by the check.

        :raises Conflict: if it has gone already.
        """
        return RemoveItem(self.file, ("fields", self.code)).apply(documents)

    @property
    def label(self) -> str:
        """What was taken off."""
        return _("删除字段 %(field)s", field=self.code)


@dataclass(frozen=True)
class CopyField(Edit):
    """Put a copy of a field behind it."""

    do: ClassVar[str] = "copy_field"
    of: ClassVar[frozenset[str]] = ENTITIES
    code: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the copy.

        :raises Conflict: if there is no such field (any more).
        """
        document = document_of(documents, self.file)
        fields, found = fields_of(document), _field(document, self.code)
        made = {
            **found,
            "code": fresh_code(self.code, map(code_of, fields)),
            "label": _("%(name)s 副本", name=found.get("label") or "").strip(),
        }
        at = fields.index(found) + 1
        sections = sections_of(document)
        spot = spot_of(sections, self.code) or Spot(0, 10_000)
        where = Spot(spot.section, spot.line + 1)
        grown = {**document, "fields": [*fields[:at], made, *fields[at:]]}
        return with_file(documents, self.file, with_sections(grown, put(sections, made["code"], where)))

    @property
    def label(self) -> str:
        """What was copied."""
        return _("复制字段 %(field)s", field=self.code)


def _field(document: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    for one in fields_of(document):
        if code_of(one) == code:
            return one
    raise gone(("fields", code))


def _beyond(sections: list[Section], spot: Spot, *, alone: bool, down: bool) -> Spot | None:
    """Return the place a line further: a line of its own first, then into the next section."""
    last = len(sections[spot.section].lines) - 1
    if not alone:
        return Spot(spot.section, spot.line + 1 if down else spot.line)
    if down and spot.line < last:
        return Spot(spot.section, spot.line + 2)
    if not down and spot.line > 0:
        return Spot(spot.section, spot.line - 1)
    section = spot.section + (1 if down else -1)
    if not 0 <= section < len(sections):
        return None
    return Spot(section, 0 if down else len(sections[section].lines))


def _same(before: Iterable[Section], after: Iterable[Section]) -> bool:
    return [(one.title, one.lines) for one in before] == [(one.title, one.lines) for one in after]
