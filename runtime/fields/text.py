"""Text of one line, and what other texts share."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from runtime.fields.field_type import FieldType, Options, Reading, Storage
from runtime.language.expressions.types import TEXT, Type
from runtime.language.field import Field

#: Control characters and lone surrogates: no person types them, and no database keeps them all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class TextOptions(Options):
    """Options of a text field."""

    max_length = fields.Integer(validate=validate.Range(min=1, max=4000), metadata={"label": "最多字数"})
    placeholder = fields.String(metadata={"label": "输入提示"})


class Text(FieldType):
    """Single-line text; surrounding blanks are not part of the answer."""

    code = "text"
    label = "单行文本"
    icon = "letter-case"
    options: ClassVar[type[Schema]] = TextOptions
    properties = frozenset({"formula", "default", "unique", "index", "min", "max", "mask"})
    messages: ClassVar[Mapping[str, str]] = {
        "too_long": "最多 %(most)s 个字，现有 %(length)s 个字。",
        "below_min": "至少 %(limit)s 个字。",
        "above_max": "最多 %(limit)s 个字。",
    }
    #: Characters, where `max_length` is not given.
    length = 200

    def storage(self, field: Field) -> Storage:
        """Keep text."""
        return Storage("text", length=self._most(field))

    def type(self, field: Field) -> Type | None:
        """Text."""
        return TEXT

    def read(self, field: Field, raw: Any, reading: Reading) -> str | None:
        """Return the trimmed text; line breaks become blanks."""
        return self.fitting(field, self.plain(raw).replace("\n", " ").strip())

    def plain(self, raw: Any) -> str:
        """Return text without characters that nobody can type.

        :raises InvalidValue: if it is neither text nor a number (Excel reads text of digits as one).
        """
        if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
            raise self.wrong("not_text")
        return _UNPRINTABLE.sub("", str(raw).replace("\r\n", "\n").replace("\r", "\n"))

    def fitting(self, field: Field, text: str) -> str | None:
        """Return `text`, None if nothing is left of it.

        :raises InvalidValue: if it is longer than the field.
        """
        if len(text) > self._most(field):
            raise self.wrong("too_long", most=self._most(field), length=len(text))
        return text or None

    def fit(self, field: Field, value: Any) -> Any:
        """Cut computed text to the column; empty text is no value."""
        return None if value is None else str(value)[: self._most(field)] or None

    def _most(self, field: Field) -> int:
        most: int = field.options.get("max_length", self.length)
        return most
