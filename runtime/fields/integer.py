"""Whole numbers."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from runtime.fields.field_type import Storage
from runtime.fields.number import Number
from runtime.language.field import Field


class Integer(Number):
    """A whole number."""

    code = "integer"
    label = "整数"
    icon = "number-123"
    properties = Number.properties - {"precision"}
    messages: ClassVar[Mapping[str, str]] = {"too_fine": "应为整数，现为 %(found)s。"}

    def scale(self, field: Field) -> int:
        """No digits after the point."""
        return 0

    def storage(self, field: Field) -> Storage:
        """Keep an integer."""
        return Storage("integer")

    def kept(self, value: Decimal) -> Any:
        """An int."""
        return int(value)

    def dump(self, field: Field, value: Any) -> Any:
        """A JSON number: 13 digits are exact in every reader."""
        return value
