"""Edits of the sections of a form, and of what it checks as a whole."""

from dataclasses import dataclass, replace
from typing import ClassVar

from builder.edits.anywhere import InsertItem, document_of, items_at
from builder.edits.documents import Documents, with_file
from builder.edits.edit import ENTITIES, Edit
from builder.edits.layout import Section, sections_of, with_sections
from builder.edits.new_field import fresh_code
from builder.edits.place import gone
from runtime.language.refusal import Refused
from runtime.language.speech import _


@dataclass(frozen=True)
class AddSection(Edit):
    """Put a new section on the form; what stands from `section` and `line` on goes into it."""

    do: ClassVar[str] = "add_section"
    of: ClassVar[frozenset[str]] = ENTITIES
    #: Its heading; None: one that says nothing yet.
    title: str | None = None
    section: int | None = None
    line: int = 0

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the section.

        :raises Conflict: if there is no such section to divide.
        """
        document = document_of(documents, self.file)
        sections = sections_of(document)
        title = _fresh(self._wanted, sections)
        if self.section is None or self.section >= len(sections):
            made = [*sections, Section(title, [], {})]
        else:
            split = _known(sections, self.section)[self.section]
            above, below = split.lines[: self.line], split.lines[self.line :]
            parts = [replace(split, lines=above), Section(title, below, {})]
            made = [*sections[: self.section], *parts, *sections[self.section + 1 :]]
        return with_file(documents, self.file, with_sections(document, made))

    @property
    def label(self) -> str:
        """What was added."""
        return _("添加分组 %(title)s", title=self._wanted)

    @property
    def _wanted(self) -> str:
        return _("分组") if self.title is None else self.title


@dataclass(frozen=True)
class NameSection(Edit):
    """Give a section another title."""

    do: ClassVar[str] = "name_section"
    of: ClassVar[frozenset[str]] = ENTITIES
    section: int
    title: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the title."""
        document = document_of(documents, self.file)
        sections = _known(sections_of(document), self.section)
        sections[self.section] = replace(sections[self.section], title=self.title.strip())
        return with_file(documents, self.file, with_sections(document, sections))

    @property
    def label(self) -> str:
        """What it is called now."""
        return _("分组改名 %(title)s", title=self.title)


@dataclass(frozen=True)
class MoveSection(Edit):
    """Put a section with all it holds elsewhere."""

    do: ClassVar[str] = "move_section"
    of: ClassVar[frozenset[str]] = ENTITIES
    section: int
    to: int

    def apply(self, documents: Documents) -> Documents:
        """Return the documents in the new order."""
        document = document_of(documents, self.file)
        sections = _known(sections_of(document), self.section)
        moved = sections.pop(self.section)
        to = max(0, min(self.to, len(sections)))
        if to == self.section:
            return documents
        sections.insert(to, moved)
        return with_file(documents, self.file, with_sections(document, sections))

    @property
    def label(self) -> str:
        """What was moved."""
        return _("移动分组")


@dataclass(frozen=True)
class RemoveSection(Edit):
    """Take a section's heading off; what it holds goes to the section above, or below for the first."""

    do: ClassVar[str] = "remove_section"
    of: ClassVar[frozenset[str]] = ENTITIES
    section: int

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with one section less.

        :raises Refused: if it is the only one and not empty.
        """
        document = document_of(documents, self.file)
        sections = _known(sections_of(document), self.section)
        removed = sections.pop(self.section)
        if not sections:
            if removed.lines:
                raise Refused("only_section", _("这是唯一的分组，请先把其中的字段移走，或直接改名。"))
            return with_file(documents, self.file, {k: v for k, v in document.items() if k != "layout"})
        if self.section > 0:
            above = sections[self.section - 1]
            sections[self.section - 1] = replace(above, lines=[*above.lines, *removed.lines])
        else:
            sections[0] = replace(sections[0], lines=[*removed.lines, *sections[0].lines])
        return with_file(documents, self.file, with_sections(document, sections))

    @property
    def label(self) -> str:
        """What was taken off."""
        return _("删除分组")


@dataclass(frozen=True)
class AddCheck(Edit):
    """Put a new validation on the form, to be filled in."""

    do: ClassVar[str] = "add_check"
    of: ClassVar[frozenset[str]] = ENTITIES

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the validation."""
        listed = items_at(documents, self.file, ("validations",))
        codes = [str(one.get("code")) for one in listed if isinstance(one, dict)]
        made = {"code": fresh_code("check", codes), "check": "", "message": ""}
        return InsertItem(self.file, ("validations",), made).apply(documents)

    @property
    def label(self) -> str:
        """What was added."""
        return _("添加检查")


def _known(sections: list[Section], number: int) -> list[Section]:
    if not 0 <= number < len(sections):
        raise gone(("layout", number))
    return sections


def _fresh(title: str, sections: list[Section]) -> str:
    known = {one.title for one in sections}
    number, fresh = 2, title
    while fresh in known:
        fresh, number = f"{title} {number}", number + 1
    return fresh
