"""What every writer of sheets is told of a column, and which values it takes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

#: Moments are naive here: they have been moved to the zone of their readers.
Value = str | int | Decimal | bool | date | datetime | time | None

Style = Literal["text", "number", "money", "percent", "date", "datetime"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet."""

    label: str
    #: How its values are shown; a value of another kind is written as what it is.
    style: Style = "text"
    #: Characters.
    width: int = 14
