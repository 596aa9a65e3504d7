"""Text of several lines."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from typing import Any

from marshmallow import fields, validate

from runtime.fields.field_type import Reading
from runtime.fields.text import Text, TextOptions
from runtime.language.field import Field


class TextareaOptions(TextOptions):
    """Options of a text of several lines."""

    max_length = fields.Integer(validate=validate.Range(min=1, max=20000), metadata={"label": "最多字数"})
    rows = fields.Integer(validate=validate.Range(min=1, max=30), metadata={"label": "显示行数"})


class Textarea(Text):
    """Text of several lines; blanks before the first and after the last line are dropped."""

    code = "textarea"
    label = "多行文本"
    icon = "text-wrap"
    wide = True
    options = TextareaOptions
    properties = frozenset({"formula", "default", "min", "max", "mask"})
    length = 4000

    def read(self, field: Field, raw: Any, reading: Reading) -> str | None:
        """Return the text with its line breaks."""
        return self.fitting(field, self.plain(raw).strip())
