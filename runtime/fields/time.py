"""Times of day."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from datetime import time
from typing import Any, ClassVar

from runtime.fields.field_type import Reading, Storage
from runtime.fields.moment import Moment
from runtime.language.expressions.types import TIME, Type
from runtime.language.field import Field

_CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]([0-9]{2}))?", re.ASCII)


class Time(Moment):
    """A time of day, to the second."""

    code = "time"
    label = "时间"
    icon = "clock"
    messages: ClassVar[Mapping[str, str]] = {"not_time": "应为时间，如 09:30，现为“%(found)s”。"}

    def storage(self, field: Field) -> Storage:
        """Keep a time of day."""
        return Storage("time")

    def type(self, field: Field) -> Type | None:
        """A time of day."""
        return TIME

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the time of day."""
        if isinstance(raw, time):
            return raw
        found = _CLOCK.fullmatch(raw.strip()) if isinstance(raw, str) else None
        try:
            if found:
                hour, minute, second = (int(part or 0) for part in found.groups())
                return time(hour, minute, second)
        except ValueError:
            pass
        raise self.wrong("not_time", found=raw)

    def dump(self, field: Field, value: Any) -> Any:
        """Return 09:30, with seconds only where there are some."""
        return None if value is None else value.strftime("%H:%M:%S" if value.second else "%H:%M")

    def fit(self, field: Field, value: Any) -> Any:
        """Only a time of day is one."""
        return value if isinstance(value, time) else None
