"""Functions of dates and times, as the language offers them."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from runtime.language.expressions import types
from runtime.language.expressions.dates import (
    add_days,
    add_months,
    days_between,
    month_end,
    now,
    of_day,
    span,
    today,
    workdays_between,
    written_date,
    written_moment,
    year_or_month,
)
from runtime.language.expressions.function import Checking, Function, Param
from runtime.language.expressions.tree import Call, Literal
from runtime.language.expressions.types import TEXTUAL, Type
from runtime.language.speech import _

FAMILY = "日期"
_DATE = Param("日期", ("date", "datetime"))
_FROM = Param("起", ("date", "datetime"))
_TO = Param("止", ("date", "datetime"))
_WHOLE = types.number(scale=0)


def _same_kind(arguments: Sequence[Type]) -> Type:
    return arguments[0] if arguments[0].kind == "datetime" else types.DATE


def _part(
    name: str, help_: str, example: str, gives: str, run: Callable[..., Any], result: Type = _WHOLE
) -> Function:
    params = (Param("日期", ("date", "datetime", "text")),) if name in ("year", "month") else (_DATE,)
    return Function(name, FAMILY, params, help_, example, gives, result, run=run, wants_env=True)


def _between(
    name: str, help_: str, example: str, gives: str, run: Callable[..., Any], result: Type
) -> Function:
    return Function(name, FAMILY, (_FROM, _TO), help_, example, gives, result, run=run, wants_env=True)


def _written(result: Type, example: str, pattern: re.Pattern[str]) -> Callable[[Call, Checking], Type]:
    """Return a check of a date that is written out: a text that can be none is a mistake."""

    def check(call: Call, checking: Checking) -> Type:
        (text,) = call.args
        kind = checking.visit(text)
        if not kind.is_a(*TEXTUAL):
            message = _("这里应是文字，如 %(example)s，而不是%(kind)s", example=example, kind=kind.label)
            checking.refuse(text, "wrong_type", message)
        elif isinstance(text, Literal) and isinstance(text.value, str):
            day = text.value[:10]
            if not pattern.fullmatch(text.value) or written_date(day) is None:
                checking.refuse(text, "bad_date", _("应写作 %(example)s", example=example))
        return result

    return check


_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = frozenset({"clock"})
DATES = (
    Function(
        "today",
        FAMILY,
        (),
        "今天（按系统时区）。",
        "today()",
        "2026-04-01",
        types.DATE,
        run=today,
        wants_env=True,
        total=True,
        reads=_CLOCK,
    ),
    Function(
        "now",
        FAMILY,
        (),
        "此刻。",
        "now()",
        "2026-04-01 09:00",
        types.DATETIME,
        run=now,
        wants_env=True,
        total=True,
        reads=_CLOCK,
    ),
    Function(
        "date",
        FAMILY,
        (Param("文字", ("text",)),),
        "写明的一天；不是日期则为空。",
        "date('2026-04-01')",
        "2026-04-01",
        types.DATE,
        run=written_date,
        check=_written(types.DATE, "'2026-04-01'", re.compile(_DAY)),
    ),
    Function(
        "datetime",
        FAMILY,
        (Param("文字", ("text",)),),
        "写明的时刻（按系统时区）；不是时刻则为空。",
        "datetime('2026-04-01 09:00')",
        "2026-04-01 09:00",
        types.DATETIME,
        run=written_moment,
        wants_env=True,
        check=_written(
            types.DATETIME, "'2026-04-01 09:00'", re.compile(f"{_DAY} ([01][0-9]|2[0-3]):[0-5][0-9]")
        ),
    ),
    _part("year", "年份。", "year(today())", "2026", year_or_month(0)),
    _part("month", "月份，1 到 12。", "month(today())", "4", year_or_month(1)),
    _part("day", "日，1 到 31。", "day(today())", "1", of_day(lambda day: day.day)),
    _part("weekday", "星期几，星期一为 1，星期日为 7。", "weekday(today())", "3", of_day(date.isoweekday)),
    _part(
        "week",
        "一年中的第几周（ISO 周）。",
        "week(today())",
        "14",
        of_day(lambda day: day.isocalendar().week),
    ),
    _part("quarter", "季度，1 到 4。", "quarter(today())", "2", of_day(lambda day: (day.month + 2) // 3)),
    _part(
        "str_year",
        "年份的文字。",
        "str_year(today())",
        "2026",
        of_day(lambda day: f"{day.year:04d}"),
        types.TEXT,
    ),
    _part(
        "date_part",
        "日期时间中的日期。",
        "date_part(now())",
        "2026-04-01",
        of_day(lambda day: day),
        types.DATE,
    ),
    _part(
        "month_start",
        "当月第一天。",
        "month_start(today())",
        "2026-04-01",
        of_day(lambda day: day.replace(day=1)),
        types.DATE,
    ),
    _part("month_end", "当月最后一天。", "month_end(today())", "2026-04-30", of_day(month_end), types.DATE),
    Function(
        "add_days",
        FAMILY,
        (_DATE, Param("天数", ("number",))),
        "若干天之后；天数为负则之前。",
        "add_days(today(), 30)",
        "2026-05-01",
        _same_kind,
        run=add_days,
    ),
    Function(
        "add_months",
        FAMILY,
        (_DATE, Param("月数", ("number",))),
        "若干个月之后；没有那一天时取月末。",
        "add_months(today(), -2)",
        "2026-02-01",
        _same_kind,
        run=add_months,
        wants_env=True,
    ),
    _between(
        "days_between",
        "从起到止相差的天数（止 − 起）。",
        "days_between(today(), add_days(today(), 7))",
        "7",
        days_between,
        _WHOLE,
    ),
    _between(
        "hours_between",
        "从起到止的小时数，可有小数。",
        "hours_between(now(), add_days(now(), 0.5))",
        "12",
        span(timedelta(hours=1)),
        types.NUMBER,
    ),
    _between(
        "minutes_between",
        "从起到止的分钟数。",
        "minutes_between(now(), add_days(now(), 1))",
        "1440",
        span(timedelta(minutes=1)),
        types.NUMBER,
    ),
    Function(
        "workdays_between",
        FAMILY,
        (_FROM, _TO),
        "从起到止的工作日数，含首尾，按节假日日历；日期时间以中午为界计半天。",
        "workdays_between(today(), add_days(today(), 1))",
        "2",
        types.NUMBER,
        run=workdays_between,
        wants_env=True,
        reads=frozenset({"calendar"}),
    ),
)
