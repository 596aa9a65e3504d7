"""Edits of a dictionary: items and what stands below them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.anywhere import InsertItem, document_of, items_at
from builder.edits.documents import Documents
from builder.edits.edit import Edit
from builder.edits.place import Place, Step, gone, index_of, value_at
from runtime.language.refusal import Refused
from runtime.language.speech import _

#: Most items that one paste may bring.
MOST_PASTED = 1_000
#: Longest value and label of an item.
_LONGEST = 100
_LONGEST_LABEL = 200


@dataclass(frozen=True)
class AddItem(Edit):
    """Put a new item into a list of items: behind another one, or last."""

    do: ClassVar[str] = "add_item"
    of: ClassVar[frozenset[str]] = frozenset({"dictionary"})
    #: The list: `items`, or `items › a › children`.
    place: tuple[Step, ...]
    after: str = ""

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the item, under a value that nobody has.

        :raises Conflict: if the item above has gone.
        """
        document = document_of(documents, self.file)
        if len(self.place) > 1 and not isinstance(value_at(document, self.place[:-1]), Mapping):
            raise gone(self.place)
        items = items_at(documents, self.file, self.place)
        behind = index_of(items, self.after) if self.after else None
        at = None if behind is None else behind + 1
        made = {"value": fresh_value(_taken(document, self.place)), "label": _("新选项")}
        return InsertItem(self.file, self.place, made, at).apply(documents)

    @property
    def label(self) -> str:
        """What was added."""
        return _("添加字典项")


@dataclass(frozen=True)
class PasteItems(Edit):
    """Put many items into a list of items, one a line: `value<TAB>label`, or labels alone."""

    do: ClassVar[str] = "paste_items"
    of: ClassVar[frozenset[str]] = frozenset({"dictionary"})
    place: tuple[Step, ...]
    text: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the items; a value that is there already is left out.

        :raises Refused: if there is nothing to take, or too much.
        :raises Conflict: if the list has gone.
        """
        document = document_of(documents, self.file)
        taken = _taken(document, self.place)
        lines = [line for line in self.text.replace("\r", "\n").split("\n") if line.strip()]
        if len(lines) > MOST_PASTED:
            told = _("一次最多粘贴 %(most)s 行，现有 %(n)s 行。", most=MOST_PASTED, n=len(lines))
            raise Refused("too_many", told)
        made = list(_pasted(lines, taken))
        if not made:
            told = _("没有可以添加的内容：一行一项，可写“值<Tab>名称”或只写名称。")
            raise Refused("nothing_pasted", told)
        for one in made:
            documents = InsertItem(self.file, self.place, one).apply(documents)
        return documents

    @property
    def label(self) -> str:
        """What was done."""
        return _("粘贴字典项")


def values_of(items: Any) -> Iterator[str]:
    """Yield every value of a tree of items, as far as it is one."""
    for one in items if isinstance(items, list) else ():
        if isinstance(one, Mapping):
            if isinstance(one.get("value"), str):
                yield one["value"]
            yield from values_of(one.get("children"))


def fresh_value(taken: set[str]) -> str:
    """Return a value that no item has: `v1`, `v2` …"""
    number = len(taken) + 1
    while f"v{number}" in taken:
        number += 1
    return f"v{number}"


def _taken(document: Any, place: Place) -> set[str]:
    """Return the values of the dictionary whose list stands at a place, all levels of it.

    :raises Conflict: if there is no such dictionary (any more).
    """
    way = place[: place.index("items")] if "items" in place else place
    dictionary = value_at(document, way)
    if "items" not in place or not isinstance(dictionary, Mapping):
        raise gone(place)
    return set(values_of(dictionary.get("items")))


def _pasted(lines: list[str], taken: set[str]) -> Iterator[dict[str, str]]:
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        value, label = (cells[0], cells[1] or cells[0]) if len(cells) > 1 else ("", cells[0])
        value = value[:_LONGEST] or fresh_value(taken)
        if value in taken or not label:
            continue
        taken.add(value)
        yield {"value": value, "label": label[:_LONGEST_LABEL]}
