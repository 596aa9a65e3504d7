"""Moments: a day and a time of day."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from runtime.fields.field_type import Reading, Storage
from runtime.fields.moment import Moment
from runtime.language.expressions.types import DATETIME, Type
from runtime.language.field import Field

_DAY_FIRST = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", re.ASCII)


class DateTime(Moment):
    """A moment, kept in UTC; what people type is meant in the installation's zone."""

    code = "datetime"
    label = "日期时间"
    icon = "calendar-time"
    messages: ClassVar[Mapping[str, str]] = {
        "not_datetime": "应为日期时间，如 2026-11-20 09:30，现为“%(found)s”。"
    }

    def storage(self, field: Field) -> Storage:
        """Keep a moment."""
        return Storage("datetime")

    def type(self, field: Field) -> Type | None:
        """A moment."""
        return DATETIME

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the moment in UTC."""
        moment = raw if isinstance(raw, datetime) else self._written(raw)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=reading.zone)
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            # The first hours of year 1 east of Greenwich lie before the calendar of UTC.
            raise self.wrong("not_datetime", found=raw) from None

    def dump(self, field: Field, value: Any) -> Any:
        """Return ISO text in UTC."""
        return None if value is None else value.astimezone(UTC).isoformat()

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the moment in the installation's zone, to the minute."""
        return "" if value is None else value.astimezone(reading.zone).strftime("%Y-%m-%d %H:%M")

    def fit(self, field: Field, value: Any) -> Any:
        """Only an aware moment is one."""
        aware = isinstance(value, datetime) and value.tzinfo is not None
        return value.astimezone(UTC) if aware else None

    def _written(self, raw: Any) -> datetime:
        text = raw.strip().replace("/", "-") if isinstance(raw, str) else ""
        try:
            if _DAY_FIRST.match(text):
                return datetime.fromisoformat(text)
        except ValueError:
            pass
        raise self.wrong("not_datetime", found=raw)
