"""Edits of any place of any document: what property panels, lists of items and tables of grants need."""

from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.documents import Documents, with_file
from builder.edits.edit import Edit
from builder.edits.forgotten import forgotten, path_of
from builder.edits.place import Place, Step, gone, index_of, value_at, with_value, without
from runtime.language.refusal import Refused
from runtime.language.speech import _, listed


def document_of(documents: Documents, file: str) -> Any:
    """Return a document.

    :raises Conflict: if there is none (any more).
    """
    if file not in documents:
        raise gone((file,))
    return documents[file]


def items_at(documents: Documents, file: str, place: Place) -> list[Any]:
    """Return the list at a place; nothing there is an empty one.

    :raises Refused: if there is something else.
    """
    found = value_at(document_of(documents, file), place)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Refused("not_a_list", _("“%(place)s”不是列表。", place=shown(place)))
    return found


def shown(place: Place) -> str:
    """Return a place as people read it."""
    return " › ".join(str(step) for step in place) or _("整体")


@dataclass(frozen=True)
class SetValue(Edit):
    """Write a value at a place; None takes out what stands there."""

    do: ClassVar[str] = "set"
    place: tuple[Step, ...]
    value: Any

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the value.

        :raises Refused: if there would be nothing in the place of a whole object.
        """
        document = document_of(documents, self.file)
        if self.value is None:
            if len(self.place) <= isinstance(document, list):
                raise Refused("nothing_left", _("内容不能为空；不再需要时请用“删除”。"))
            changed = without(document, self.place)
        elif _same(value_at(document, self.place), self.value):
            return documents
        else:
            changed = with_value(document, self.place, self.value)
        return documents if changed is document else with_file(documents, self.file, changed)

    @property
    def label(self) -> str:
        """What was set."""
        return _("修改 %(what)s", what=shown(self.place))


@dataclass(frozen=True)
class SetValues(Edit):
    """Write several values of the mapping at a place; None takes one out."""

    do: ClassVar[str] = "set_many"
    place: tuple[Step, ...]
    values: dict[str, Any]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the values."""
        for name, value in self.values.items():
            documents = SetValue(self.file, (*self.place, name), value).apply(documents)
        return documents

    @property
    def label(self) -> str:
        """What was set."""
        return _("修改 %(what)s", what=shown((*self.place, listed(self.values))))


@dataclass(frozen=True)
class InsertItem(Edit):
    """Put an item into the list at a place, before number `at`; without it at the end."""

    do: ClassVar[str] = "insert"
    place: tuple[Step, ...]
    value: Any
    at: int | None = None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the item."""
        items = items_at(documents, self.file, self.place)
        at = len(items) if self.at is None else max(0, min(self.at, len(items)))
        made = [*items[:at], self.value, *items[at:]]
        document = with_value(document_of(documents, self.file), self.place, made)
        return with_file(documents, self.file, document)

    @property
    def label(self) -> str:
        """Where something was put in."""
        return _("在 %(place)s 中添加", place=shown(self.place))


@dataclass(frozen=True)
class RemoveItem(Edit):
    """Take out what stands at a place; of a field or column also what is said of it elsewhere."""

    do: ClassVar[str] = "remove"
    place: tuple[Step, ...]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents without it."""
        document = document_of(documents, self.file)
        if not self.place or value_at(document, self.place, default=documents) is documents:
            raise gone(self.place)
        path = path_of(documents, self.file, self.place)
        smaller = with_file(documents, self.file, without(document, self.place))
        return forgotten(smaller, self.file, path) if path else smaller

    @property
    def label(self) -> str:
        """What was taken out."""
        return _("删除 %(what)s", what=shown(self.place))


@dataclass(frozen=True)
class MoveItem(Edit):
    """Move an item inside its list to number `to`, counted without it."""

    do: ClassVar[str] = "move"
    place: tuple[Step, ...]
    to: int

    def apply(self, documents: Documents) -> Documents:
        """Return the documents in the new order."""
        *around, step = self.place or ("",)
        items = items_at(documents, self.file, tuple(around))
        at = index_of(items, step)
        if at is None:
            raise gone(self.place)
        rest = [*items[:at], *items[at + 1 :]]
        to = max(0, min(self.to, len(rest)))
        if to == at:
            return documents
        made = [*rest[:to], items[at], *rest[to:]]
        document = with_value(document_of(documents, self.file), tuple(around), made)
        return with_file(documents, self.file, document)

    @property
    def label(self) -> str:
        """What was moved."""
        return _("移动 %(what)s", what=shown(self.place))


@dataclass(frozen=True)
class CopyItem(Edit):
    """Put a copy of an item behind it, with a code of its own."""

    do: ClassVar[str] = "copy"
    place: tuple[Step, ...]
    #: The new item's code; not for items that have none.
    code: str | None = None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the copy."""
        *around, step = self.place or ("",)
        items = items_at(documents, self.file, tuple(around))
        at = index_of(items, step)
        if at is None:
            raise gone(self.place)
        made = {**items[at], "code": self.code} if self.code and isinstance(items[at], dict) else items[at]
        return InsertItem(self.file, tuple(around), made, at + 1).apply(documents)

    @property
    def label(self) -> str:
        """What was copied."""
        return _("复制 %(what)s", what=shown(self.place))


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
