"""Postal addresses."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Mapping
from typing import Any, ClassVar

from runtime.fields.field_type import JSON, Reading, Storage
from runtime.fields.text import Text, TextOptions
from runtime.language.expressions.types import OBJECT, Type
from runtime.language.field import Field

#: Keys of the value, from large to small.
PARTS = ("province", "city", "district", "detail")


class Address(Text):
    """Province, city, district and the rest; plain text is the rest."""

    code = "address"
    label = "地址"
    icon = "map-pin"
    wide = True
    options = TextOptions
    properties = frozenset({"formula", "default", "mask"})
    messages: ClassVar[Mapping[str, str]] = {"not_address": "应为地址：省、市、区和详细地址。"}

    def storage(self, field: Field) -> Storage:
        """Keep JSON."""
        return JSON

    def type(self, field: Field) -> Type | None:
        """A value of several parts."""
        return OBJECT

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the parts that are given."""
        if isinstance(raw, str):
            raw = {"detail": raw}
        if not isinstance(raw, dict) or not set(raw) <= set(PARTS):
            raise self.wrong("not_address")
        parts = {part: self._part(field, raw[part]) for part in PARTS if raw.get(part) is not None}
        return {part: text for part, text in parts.items() if text} or None

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the parts in one line; a municipality is province and city at once."""
        parts = [value[part] for part in PARTS if part in value] if value else []
        return "".join(dict.fromkeys(parts))

    def mask(self, field: Field, value: Any) -> str:
        """Province and city only."""
        return "" if value is None else "".join((*(value.get(part, "") for part in PARTS[:2]), "***"))

    def fit(self, field: Field, value: Any) -> Any:
        """Computed text is the detail."""
        if isinstance(value, str):
            return {"detail": value} if value else None
        return value if isinstance(value, dict) and value else None

    def _part(self, field: Field, raw: Any) -> str | None:
        return self.fitting(field, self.plain(raw).replace("\n", " ").strip())
