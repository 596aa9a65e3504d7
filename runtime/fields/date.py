"""Days of the calendar."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from runtime.fields.field_type import Reading, Storage
from runtime.fields.moment import Moment
from runtime.language.expressions.types import DATE, Type
from runtime.language.field import Field

#: 2026-11-20, 2026/11/20, 2026年11月20日
_DAY = re.compile(r"([0-9]{4})(?:[-/.]|\u5e74)([0-9]{1,2})(?:[-/.]|\u6708)([0-9]{1,2})\u65e5?", re.ASCII)


class Date(Moment):
    """A day."""

    code = "date"
    label = "日期"
    icon = "calendar"
    messages: ClassVar[Mapping[str, str]] = {"not_date": "应为日期，如 2026-11-20，现为“%(found)s”。"}

    def storage(self, field: Field) -> Storage:
        """Keep a date."""
        return Storage("date")

    def type(self, field: Field) -> Type | None:
        """A date."""
        return DATE

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the day; 2026-11-20, 2026/11/20 and 2026年11月20日 are the same."""
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        found = _DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:
            pass  # 2026-02-30 has the form of a date and is none
        raise self.wrong("not_date", found=raw)

    def dump(self, field: Field, value: Any) -> Any:
        """Return 2026-11-20."""
        return None if value is None else value.isoformat()

    def fit(self, field: Field, value: Any) -> Any:
        """The day of a moment is its day; anything else is no date."""
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None
