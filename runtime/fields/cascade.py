"""Choice from a tree, level by level."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from marshmallow import fields

from runtime.fields.choice import Choice
from runtime.fields.field_type import Options, Reading
from runtime.language.app import Item
from runtime.language.expressions.types import Type, choice
from runtime.language.field import Field


class CascadeOptions(Options):
    """Options of a choice from a tree."""

    dict = fields.String(required=True, metadata={"label": "数据字典（树）"})
    any_level = fields.Boolean(metadata={"label": "可选任意一级"})


class Cascade(Choice):
    """A value of a dictionary's tree: a leaf, or with `any_level` any. Stored is the value, not its path."""

    code = "cascade"
    label = "级联选择"
    icon = "hierarchy-2"
    options = CascadeOptions
    messages: ClassVar[Mapping[str, str]] = {"not_leaf": "请选到最末一级，“%(found)s”下还有细分。"}

    def item(self, field: Field) -> Type:
        """Text with labels."""
        return choice(dictionary=field.options.get("dict", ""))

    def names(self, field: Field, reading: Reading) -> Callable[[str], str | None]:
        """Find the labels from the root down: 电器 / 厨电."""
        found = reading.dictionary(field.options.get("dict", ""))
        return lambda value: _path(found.items, value) if found else None

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the value, a leaf unless any level may be chosen."""
        chosen = super().read(field, raw, reading)
        if not field.options.get("any_level"):
            branches = _branches(reading, field.options.get("dict", ""))
            for value in chosen if isinstance(chosen, list) else [chosen]:
                if value in branches:
                    raise self.wrong("not_leaf", found=reading.labels(field.options["dict"])[value])
        return chosen


def _path(items: tuple[Item, ...], value: str) -> str | None:
    for item in items:
        if item.value == value:
            return item.label
        below = _path(item.children, value)
        if below is not None:
            return f"{item.label} / {below}"
    return None


def _branches(reading: Reading, path: str) -> frozenset[str]:
    found = reading.dictionary(path)
    waiting = list(found.items) if found else []
    branches = set()
    while waiting:
        item = waiting.pop()
        if item.children:
            branches.add(item.value)
            waiting.extend(item.children)
    return frozenset(branches)
