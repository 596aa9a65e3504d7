"""Marks."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import fields, validate

from runtime.fields.field_type import Options, Reading, Storage
from runtime.fields.integer import Integer
from runtime.language.field import Field
from runtime.language.speech import _

#: A mark the same for all readers.
_MARK = "%(n)s 分"


class RatingOptions(Options):
    """Options of a mark."""

    stars = fields.Integer(validate=validate.Range(min=2, max=10), metadata={"label": "满分"})


class Rating(Integer):
    """A mark from 1 to the number of stars."""

    code = "rating"
    label = "评分"
    icon = "star"
    options = RatingOptions
    messages: ClassVar[Mapping[str, str]] = {"out_of_range": "应为 1 到 %(stars)s 分，现为 %(found)s。"}

    def stars(self, field: Field) -> int:
        """Return the best mark: `stars`, else `max`, else 5."""
        return int(field.options.get("stars") or field.max or 5)

    def storage(self, field: Field) -> Storage:
        """Keep an integer."""
        return Storage("integer")

    def within(self, field: Field, value: Decimal) -> Any:
        """Return the mark if it is one."""
        mark = super().within(field, value)
        if not 1 <= mark <= self.stars(field):
            raise self.wrong("out_of_range", stars=self.stars(field), found=mark)
        return mark

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return 4 分."""
        return "" if value is None else _MARK % {"n": value}

    def say(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the mark with its unit."""
        return "" if value is None else _("%(n)s 分", n=value)
