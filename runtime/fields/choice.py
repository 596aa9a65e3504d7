"""What the types share whose value is one of several, or with `multiple` several of them."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validates_schema

from runtime.fields.field_type import JSON, FieldType, Options, Reading, Storage
from runtime.language.expressions.types import TEXT, Type, choice, list_of
from runtime.language.field import Field
from runtime.language.speech import _, listed

#: Most values of one answer.
_MOST = 500


class Choice(FieldType):
    """One value, or a list of values without repetition, in the order chosen."""

    properties = frozenset({"formula", "default", "unique", "index", "multiple", "min", "max"})
    messages: ClassVar[Mapping[str, str]] = {
        "unknown": "没有“%(found)s”这一项。",
        "one_only": "只能选一项，现有 %(count)s 项。",
        "too_many": "最多选 %(most)s 项，现有 %(count)s 项。",
        "below_min": "至少选 %(limit)s 项。",
        "above_max": "最多选 %(limit)s 项。",
    }

    def many(self, field: Field) -> bool:
        """Tell whether the value is a list."""
        return field.multiple

    def item(self, field: Field) -> Type:
        """Return the expression type of one value."""
        return TEXT

    def storage(self, field: Field) -> Storage:
        """Keep text, or a JSON list."""
        return JSON if self.many(field) else Storage("text", length=100)

    def type(self, field: Field) -> Type | None:
        """One value, or a list of them."""
        return list_of(self.item(field)) if self.many(field) else self.item(field)

    def names(self, field: Field, reading: Reading) -> Callable[[str], str | None]:
        """Return what finds the name of a value, None for an unknown one."""
        raise NotImplementedError

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the known value, or the list of them."""
        name_of = self.names(field, reading)
        if not self.many(field):
            if isinstance(raw, list | tuple):
                raise self.wrong("one_only", count=len(raw))
            return self._known(raw, name_of)
        # A list of one is also written as a single value, and in a sheet with 、 between.
        parts = raw if isinstance(raw, list | tuple) else list(_apart(str(raw), name_of))
        if len(parts) > _MOST:
            raise self.wrong("too_many", most=_MOST, count=len(parts))
        found = [self._known(part, name_of) for part in parts if part not in (None, "")]
        return list(dict.fromkeys(found)) or None

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the names; a value that is not known any more is shown itself."""
        name_of = self.names(field, reading)
        values = value if isinstance(value, list) else [] if value is None else [value]
        return "、".join(name_of(one) or one for one in values)

    def say(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the names, one after the other."""
        if not isinstance(value, list):
            return self.show(field, value, reading)
        name_of = self.names(field, reading)
        return listed(name_of(one) or one for one in value)

    def fit(self, field: Field, value: Any) -> Any:
        """A computed list becomes a list of text, a computed single value text."""
        if value is None or value == "":
            return None
        if self.many(field):
            parts = value if isinstance(value, list | tuple) else [value]
            return [str(part) for part in parts if part is not None] or None
        return None if isinstance(value, list | tuple) else str(value)

    def size(self, field: Field, value: Any) -> Any:
        """Count what is chosen."""
        return len(value) if isinstance(value, list) else 1

    def _known(self, raw: Any, name_of: Callable[[str], str | None]) -> str:
        value = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
        if not value or name_of(value) is None:
            raise self.wrong("unknown", found=raw)
        return value


def _apart(text: str, name_of: Callable[[str], str | None]) -> Iterator[str]:
    """Yield the values that a text lists as `say` does; a comma may also belong to a value."""
    for part in text.replace("，", "、").split("、"):
        yield from part.split(", ") if name_of(part.strip()) is None else [part]


class ListedOptions(Options):
    """Where the values come from: a dictionary, or a list in place."""

    dict = fields.String(metadata={"label": "数据字典"})
    options = fields.List(fields.String(), metadata={"label": "选项"})

    @validates_schema
    def _one_of_the_two(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        if ("dict" in data) == ("options" in data):
            raise ValidationError(_("应写 dict（数据字典）或 options（选项）之一"), "dict")


class Listed(Choice):
    """One of a dictionary's values, or of the options in place, which are their own labels."""

    options = ListedOptions

    def item(self, field: Field) -> Type:
        """Text with labels."""
        listed = field.options.get("options")
        values = frozenset(listed) if listed else None
        return choice(values=values, dictionary=field.options.get("dict", ""))

    def labels(self, field: Field, reading: Reading) -> Mapping[str, str]:
        """Return label by value."""
        path = field.options.get("dict")
        return reading.labels(path) if path else {one: one for one in field.options.get("options", ())}

    def names(self, field: Field, reading: Reading) -> Callable[[str], str | None]:
        """Find labels."""
        return self.labels(field, reading).get
