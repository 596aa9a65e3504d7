"""Which days are workdays: the official Chinese calendar, overridden by the company's own."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import holidays
from sqlalchemy import select

from runtime.store.entity_tables import EntityTables
from runtime.store.session import Session
from runtime.store.table_reads import live

#: Table that overrides the official calendar, where it is installed.
COMPANY_CALENDAR = "common_base/holiday_calendar"
#: Kinds of day in it that are worked.
WORKED = frozenset({"workday"})
#: Longest span of days that is counted; a longer one is a mistake in the data.
LONGEST_SPAN = 3700


def workdays(tx: Session, tables: EntityTables) -> Callable[[date, date], int]:
    """Return a function that counts workdays from a first to a last day, both included.

    The company's own days are read on the first call. Official days are those of the yearly State Council
    notices, which also turn some weekends into workdays; nothing is assumed of "Monday to Friday".
    """
    own: dict[str, Mapping[date, bool]] = {}

    def count(first: date, last: date) -> int:
        if last < first or (last - first).days > LONGEST_SPAN:
            return 0
        if "days" not in own:
            own["days"] = _company_days(tx, tables)
        days = (first + timedelta(days=step) for step in range((last - first).days + 1))
        return sum(own["days"].get(day, _official(day)) for day in days)

    return count


def _company_days(tx: Session, tables: EntityTables) -> Mapping[date, bool]:
    if COMPANY_CALENDAR not in tables.paths():
        return {}
    source = tables.get(COMPANY_CALENDAR)
    rows = select(source.column("day"), source.column("day_kind")).where(live(source))
    return {row[0]: row[1] in WORKED for row in tx.execute(rows)}  # type: ignore[misc]  # a date column


@lru_cache(maxsize=4096)
def _official(day: date) -> bool:
    return bool(_china().is_working_day(day))


@lru_cache(maxsize=1)
def _china() -> Any:
    return holidays.country_holidays("CN")
