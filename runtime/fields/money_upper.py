"""Amounts in the capital characters of Chinese banking."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from typing import Any

from marshmallow import fields

from runtime.fields.field_type import FieldType, Options, Reading, Storage
from runtime.language.expressions.types import TEXT, Type
from runtime.language.field import Field


class MoneyUpperOptions(Options):
    """Options of an amount in capitals."""

    of = fields.String(required=True, metadata={"label": "金额字段"})


class MoneyUpper(FieldType):
    """Another field's amount in capitals (大写), written by the system: nobody types it."""

    code = "money_upper"
    label = "大写金额"
    icon = "coin"
    options = MoneyUpperOptions
    properties = frozenset()
    typed = False

    def storage(self, field: Field) -> Storage:
        """Keep text."""
        return Storage("text", length=100)

    def type(self, field: Field) -> Type | None:
        """Text."""
        return TEXT

    def read(self, field: Field, raw: Any, reading: Reading) -> str:
        """Return the text: how it reads back what it dumped."""
        if not isinstance(raw, str):
            raise self.wrong("not_text")
        return raw

    def fit(self, field: Field, value: Any) -> Any:
        """Only text."""
        return value if isinstance(value, str) and value else None
