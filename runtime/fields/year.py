"""Years of the calendar."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from runtime.fields.field_type import Reading, Storage
from runtime.fields.moment import Moment
from runtime.language.expressions.types import Type, number
from runtime.language.field import Field

#: 2026, 2026年
_YEAR = re.compile(r"([0-9]{4})\u5e74?", re.ASCII)


class Year(Moment):
    """A year, kept as a number."""

    code = "year"
    label = "年份"
    icon = "calendar-event"
    messages: ClassVar[Mapping[str, str]] = {"not_year": "应为四位年份，如 2026，现为“%(found)s”。"}

    def storage(self, field: Field) -> Storage:
        """Keep an integer."""
        return Storage("integer")

    def type(self, field: Field) -> Type | None:
        """A whole number."""
        return number(scale=0)

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the year, 1000 to 9999."""
        text = str(raw).strip() if isinstance(raw, int | str) else ""
        found = _YEAR.fullmatch(text)
        if not found or found[1].startswith("0"):
            raise self.wrong("not_year", found=raw)
        return int(found[1])

    def fit(self, field: Field, value: Any) -> Any:
        """A date's year is its year; other numbers are rounded to none."""
        if isinstance(value, date):
            return value.year
        return int(value) if not isinstance(value, bool) and _is_year(value) else None


def _is_year(value: Any) -> bool:
    try:
        return bool(value == int(value) and 1000 <= value <= 9999)
    except (TypeError, ValueError, OverflowError):
        return False
