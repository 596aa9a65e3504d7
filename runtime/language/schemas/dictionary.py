"""Dictionaries."""

from collections.abc import Iterator, Mapping
from typing import Any

from runtime.language.app import Dictionary, Item
from runtime.language.schemas.compound import Listed
from runtime.language.schemas.document import Document, shared
from runtime.language.schemas.items import Code, Text, Truth
from runtime.language.schemas.items import Item as Kind
from runtime.language.schemas.wrong import Wrong, no_mapping
from runtime.language.speech import _


class ItemTree(Kind):
    """An item, with what is below it."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise no_mapping(value)
        return shared(ItemSchema).load(value)

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return shared(ItemSchema).dump(value)


class ItemSchema(Document):
    """The document form of an `Item`."""

    builds = Item
    value = Text(required=True, longest=100)
    label = Text(required=True, longest=200)
    colour = Text(longest=30)
    disabled = Truth()
    children = Listed(ItemTree())
    note = Text()


class DictionarySchema(Document):
    """The document form of a `Dictionary`."""

    builds = Dictionary
    code = Code(required=True)
    name = Text(required=True, longest=200)
    note = Text()
    items = Listed(ItemTree(), required=True, least=1)

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the whole, such as a value that stands twice in the tree."""
        seen: set[str] = set()
        found = super().faults(original)
        if items := _repeated(original.get("items"), seen):
            found["items"] = items
        return found


def _repeated(items: object, seen: set[str]) -> dict[str | int, Any]:
    found: dict[str | int, Any] = {}
    for index, item in _mappings(items):
        value = item.get("value")
        below = _repeated(item.get("children"), seen)
        fault: dict[str | int, Any] = {"children": below} if below else {}
        if isinstance(value, str):
            if value in seen:
                fault["value"] = [Wrong("duplicate", _("字典值 %(value)s 重复", value=value))]
            seen.add(value)
        if fault:
            found[index] = fault
    return found


def _mappings(items: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, Mapping):
            yield index, item
