"""Comparisons of text columns with texts that a database may be unable to hold."""

from sqlalchemy import ColumnElement, Text, false, literal, true

from runtime.store.sql_elements import by_code_point
from runtime.store.whole_numbers import OPERATORS


def text_compared(column: ColumnElement[str], sign: str, value: str) -> ColumnElement[bool]:
    """Return the comparison of a text column with a text that a database may be unable to hold.

    No stored text has a NUL or half a surrogate pair: such a value equals nothing, and is ordered after the
    texts before that character and before those after it.
    """
    bad = _first_unholdable(value)
    if bad is not None and sign in ("==", "!="):
        return false() if sign == "==" else true()
    if bad is not None:
        below = sign in ("<", "<=")
        value, sign = (
            (value[:bad], "<=" if below else ">")
            if value[bad] == "\0"
            else (value[:bad] + "\ue000", "<" if below else ">=")
        )
    ordered = column if sign in ("==", "!=") else by_code_point(column)
    return OPERATORS[sign](ordered, literal(value, Text()))


def holdable(value: str) -> bool:
    """Tell whether both databases can hold `value`."""
    return _first_unholdable(value) is None


def _first_unholdable(value: str) -> int | None:
    bad = (place for place, one in enumerate(value) if one == "\0" or "\ud800" <= one <= "\udfff")
    return next(bad, None)
