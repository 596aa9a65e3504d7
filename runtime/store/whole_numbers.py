"""Comparisons on axes of whole numbers: scaled decimals, days, microseconds.

Whatever a column holds stands for a whole number within bounds: money for cents, a date for a day, a moment
for microseconds. What it is compared with may lie between two of them or beyond the bounds; the comparison
that means the same on whole numbers is found here, in Python, so that no database rounds or overflows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, Dialect, false, literal, true
from sqlalchemy.types import TypeEngine

from runtime.language.expressions.values import CONTEXT, Number
from runtime.store.column_types import Exact, UtcDateTime

#: Nine numbers of eighteen digits, and what a 64-bit number holds.
_MOST = 9 * 10**18
_MICROSECOND = timedelta(microseconds=1)
_FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Axis:
    """A kind of column as whole numbers from `low` to `high`."""

    low: int
    high: int
    #: The number a value stands for, possibly with a fraction.
    number: Callable[[Any], Decimal]
    #: The value, bound for SQL, that a whole number stands for.
    bound: Callable[[int], ColumnElement[Any]]


def compared(expression: ColumnElement[Any], sign: str, limit: Decimal, axis: Axis) -> ColumnElement[bool]:
    """Return the condition that a whole number compares so with `limit`; the number is not NULL."""
    floor = int(limit.to_integral_value(ROUND_FLOOR))
    whole = floor == limit
    if floor > axis.high or (floor == axis.high and not whole):
        return true() if sign in ("<", "<=", "!=") else false()
    if floor < axis.low:
        return true() if sign in (">", ">=", "!=") else false()
    if not whole and sign in ("==", "!="):
        return false() if sign == "==" else true()
    if not whole:  # between two numbers: below it means up to its floor
        sign = "<=" if sign in ("<", "<=") else ">"
    value = axis.bound(floor)
    return OPERATORS[sign](expression, value)


OPERATORS: dict[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


class _Limit(Exact):
    """An exact decimal to compare with: a sum of columns may be larger than a column can be."""

    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | int | None:
        """Return the number as columns of this scale hold it."""
        if value is None or dialect.name != "sqlite":
            return value
        return int(CONTEXT.scaleb(Decimal(value), self.scale))


def decimals(scale: int) -> Axis:
    """Return the axis of numbers with `scale` digits after the point."""
    kind = _Limit(scale)

    def number(value: Number) -> Decimal:
        with localcontext(prec=100):  # a literal of 34 digits, moved by any scale, stays exact
            return Decimal(value).scaleb(scale)

    def bound(value: int) -> ColumnElement[Any]:
        with localcontext(prec=100):
            return literal(Decimal(value).scaleb(-scale), kind)

    return Axis(-_MOST, _MOST, number, bound)


INTEGERS = Axis(-_MOST, _MOST, Decimal, lambda value: literal(value, BigInteger()))

DAYS = Axis(
    date.min.toordinal(),
    date.max.toordinal(),
    lambda value: Decimal(value.toordinal()),
    lambda value: literal(date.fromordinal(value), Date()),
)

MOMENTS = Axis(
    0,
    (datetime.max.replace(tzinfo=UTC) - _FIRST_MOMENT) // _MICROSECOND,
    lambda value: Decimal((value.astimezone(UTC) - _FIRST_MOMENT) // _MICROSECOND),
    lambda value: literal(_FIRST_MOMENT + timedelta(microseconds=value), UtcDateTime()),
)


def axis_of(kind: str, column: TypeEngine[Any]) -> Axis:
    """Return the axis on which columns of an expression's `kind` and of this SQL type are compared."""
    if kind == "date":
        return DAYS
    if kind == "datetime":
        return MOMENTS
    return decimals(column.scale) if isinstance(column, Exact) else INTEGERS


def steps_of(kind: str, days: Number) -> int | None:
    """Return `days` in steps of the axis of dates or moments; None if no calendar is so long."""
    if kind == "date":
        return int(days)
    try:
        return timedelta(days=float(days)) // _MICROSECOND
    except OverflowError:
        return None
