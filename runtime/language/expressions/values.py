"""Arithmetic and plain text, as every expression means them."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

from runtime.language.expressions.flaw import EvaluationError
from runtime.language.speech import _

#: All arithmetic goes through the methods of this context: the thread's own context plays no part, and they
#: take int as well. (The one state in it, the flags, nobody reads.)
CONTEXT = Context(prec=34, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow, DivisionByZero])
#: Digits that arithmetic keeps.
MOST_DIGITS = 34
ZERO = Decimal(0)

#: Characters of a text that an expression makes.
LONGEST_RESULT = 4_000

Number = Decimal | int


def modulo(left: Number, right: Number) -> Decimal | None:
    """Return the remainder, with the sign of the divisor as in a spreadsheet; empty for a divisor of zero."""
    if not right:
        return None
    rest = CONTEXT.remainder(left, right)
    return CONTEXT.add(rest, right) if rest and (rest < 0) != (right < 0) else rest


def shifted(start: date | None, days: Number) -> date | None:
    """Return `start` moved by `days`, a date by whole days only; empty past the calendar's ends."""
    if start is None:
        return None
    try:
        return start + timedelta(days=float(days) if isinstance(start, datetime) else int(days))
    except OverflowError:
        return None


def shifted_back(start: date | None, days: Number) -> date | None:
    """Return `start` moved back by `days`."""
    return shifted(start, CONTEXT.minus(days))


def days_apart(later: date | None, earlier: date | None) -> Decimal | None:
    """Return `later - earlier` in days; both are dates."""
    return None if later is None or earlier is None else Decimal((later - earlier).days)


def plain(value: Any, zone: tzinfo = UTC) -> str:
    """Return `value` as text without labels: what `concat` puts together, "" for empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "".join(plain(one, zone) for one in value.values())
    if isinstance(value, list | tuple):
        return "、".join(plain(one, zone) for one in value)
    raise TypeError(f"no text for {type(value).__name__}")


def plain_number(value: Number) -> str:
    """Return a number without exponent and without zeros that say nothing: 1.50 is 1.5, 100.00 is 100."""
    if isinstance(value, Decimal) and value.adjusted() > LONGEST_RESULT:
        raise EvaluationError(_("数字过大，无法显示"))
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def limited(text: str) -> str | None:
    """Return `text`, None for the empty text: there is one emptiness.

    :raises EvaluationError: if it is longer than a result may be.
    """
    if len(text) > LONGEST_RESULT:
        message = _("结果文字有 %(n)s 个字符，最多 %(most)s 个", n=len(text), most=LONGEST_RESULT)
        raise EvaluationError(message)
    return text or None
