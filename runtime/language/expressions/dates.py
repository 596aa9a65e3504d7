"""What functions of dates and times compute. Moments are read in the installation's time zone."""

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from runtime.language.expressions.environment import Env
from runtime.language.expressions.values import CONTEXT, Number, shifted

_MICROSECOND = timedelta(microseconds=1)
_NOON = time(12)
_DAY_LENGTH = len("2026-04-01")
_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def local_date(env: Env, value: date) -> date:
    """Return the calendar day of a date or moment."""
    return value.astimezone(env.ports.zone).date() if isinstance(value, datetime) else value


def moment(env: Env, value: date) -> datetime:
    """Return the moment; of a date, its midnight in the installation's time zone."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), env.ports.zone)


def written_date(text: str | None) -> date | None:
    """Return the day that is written as `2026-04-01`; empty for anything else."""
    try:
        # Of all that ISO 8601 allows only what people write: no weeks, nothing without hyphens.
        return date.fromisoformat(text) if text and len(text) == _DAY_LENGTH and text[4] == "-" else None
    except ValueError:
        return None


def written_moment(env: Env, text: str | None) -> datetime | None:
    """Return the moment that is written as `2026-04-01 09:00` in the installation's time zone, else empty."""
    day, _, clock = (text or "").partition(" ")
    found = written_date(day)
    if found is None or not _CLOCK.fullmatch(clock):
        return None
    hour, minute = clock.split(":")
    return datetime.combine(found, time(int(hour), int(minute)), env.ports.zone).astimezone(UTC)


def today(env: Env) -> date:
    return env.ports.today()


def now(env: Env) -> datetime:
    return env.ports.now()


def of_day(read: Callable[[date], Any]) -> Callable[[Env, date | None], Any]:
    """Return a function that reads the calendar day of its argument; empty stays empty."""

    def run(env: Env, value: date | None) -> Any:
        return None if value is None else read(local_date(env, value))

    return run


def year_or_month(position: int) -> Callable[[Env, date | str | None], int | None]:
    def run(env: Env, value: date | str | None) -> int | None:
        if isinstance(value, str):  # a month such as 2026-04
            pieces = value.split("-")
            return int(pieces[position]) if len(pieces) > position and pieces[position].isdecimal() else None
        return None if value is None else local_date(env, value).timetuple()[position]

    return run


def month_end(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_days(value: date | None, days: Number | None) -> date | None:
    return shifted(value, days or 0)


def add_months(env: Env, value: date | None, months: Number | None) -> date | None:
    """Move by months; a day the target month lacks becomes its last day."""
    if value is None:
        return None
    start = value.astimezone(env.ports.zone) if isinstance(value, datetime) else value
    years, month = divmod(start.year * 12 + start.month - 1 + int(months or 0), 12)
    if not date.min.year <= years <= date.max.year:
        return None
    day = min(start.day, calendar.monthrange(years, month + 1)[1])
    moved = start.replace(year=years, month=month + 1, day=day)
    return moved.astimezone(UTC) if isinstance(moved, datetime) else moved


def days_between(env: Env, first: date | None, last: date | None) -> int | None:
    if first is None or last is None:
        return None
    return (local_date(env, last) - local_date(env, first)).days


def span(unit: timedelta) -> Callable[[Env, date | None, date | None], Decimal | None]:
    def run(env: Env, first: date | None, last: date | None) -> Decimal | None:
        if first is None or last is None:
            return None
        between = (moment(env, last) - moment(env, first)) // _MICROSECOND
        return CONTEXT.divide(between, unit // _MICROSECOND)

    return run


def workdays_between(env: Env, first: date | None, last: date | None) -> Decimal | None:
    """Count workdays, both ends included; a moment from noon on, or until noon, makes its day a half."""
    if first is None or last is None:
        return None
    start, end = local_date(env, first), local_date(env, last)
    if end < start or (isinstance(first, datetime) and isinstance(last, datetime) and last < first):
        return Decimal(0)
    ports = env.ports
    days = Decimal(ports.workdays(start, end))
    half = Decimal("0.5")
    if _clock(env, first, time.min) >= _NOON:
        days -= half * ports.workdays(start, start)
    if _clock(env, last, time.max) <= _NOON:
        days -= half * ports.workdays(end, end)
    return max(days, Decimal(0))


def _clock(env: Env, value: date, otherwise: time) -> time:
    return value.astimezone(env.ports.zone).time() if isinstance(value, datetime) else otherwise
