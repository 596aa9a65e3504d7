"""Months of a year."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from runtime.fields.field_type import Reading, Storage
from runtime.fields.moment import Moment
from runtime.language.expressions.types import TEXT, Type
from runtime.language.field import Field

#: 2026-11, 2026/11, 2026年11月
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]|\u5e74)(0?[1-9]|1[0-2])\u6708?", re.ASCII)


class Month(Moment):
    """A month, kept as text "2026-11", which sorts and groups as it should."""

    code = "month"
    label = "月份"
    icon = "calendar-stats"
    messages: ClassVar[Mapping[str, str]] = {"not_month": "应为月份，如 2026-11，现为“%(found)s”。"}

    def storage(self, field: Field) -> Storage:
        """Keep seven characters."""
        return Storage("text", length=7)

    def type(self, field: Field) -> Type | None:
        """Text."""
        return TEXT

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the month."""
        found = _MONTH.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if not found:
            raise self.wrong("not_month", found=raw)
        return f"{found[1]}-{int(found[2]):02d}"

    def fit(self, field: Field, value: Any) -> Any:
        """A date's month is its month; other text must be one."""
        if isinstance(value, date):
            return f"{value:%Y-%m}"
        return value if isinstance(value, str) and _MONTH.fullmatch(value) else None
