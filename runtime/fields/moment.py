"""What the types of dates and times share."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from typing import Any

from runtime.fields.field_type import FieldType, Reading
from runtime.language.field import Field


class Moment(FieldType):
    """A point or stretch of the calendar or the clock, ordered, written in one canonical text."""

    properties = frozenset({"formula", "default", "unique", "index", "min", "max"})

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the canonical text."""
        return "" if value is None else str(self.dump(field, value))

    def size(self, field: Field, value: Any) -> Any:
        """Compare canonical texts: they sort as what they mean."""
        return str(self.dump(field, value))

    def bound(self, field: Field, limit: Any) -> Any:
        """Return the limit as text."""
        return str(limit)
