"""A filter as SQL: true, false and never NULL, exactly where the expression in Python holds.

Comparisons with an empty value are false, so `NOT` of them is true: every comparison says that its columns
are not NULL. Works on SQLAlchemy Core; both databases are served by the same clause.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    Time,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    true,
)

from runtime.language.expressions.filter import (
    Among,
    Column,
    Computed,
    Condition,
    DaysBetween,
    Empty,
    Every,
    Filter,
    Fixed,
    Moved,
    Negation,
    Operand,
    Pair,
    Some,
    Sum,
    Truth,
)
from runtime.language.expressions.types import TEXTUAL
from runtime.language.expressions.values import CONTEXT, ZERO
from runtime.store.compared_text import holdable, text_compared
from runtime.store.sql_elements import by_code_point, days_apart, days_later
from runtime.store.whole_numbers import DAYS, INTEGERS, OPERATORS, Axis, axis_of, compared, steps_of

Columns = Mapping[str, ColumnElement[Any]]
#: How a system column that stands for a text stores it: `record.owner` a person's number.
Codes = Mapping[str, Callable[[Any], Any]]

#: No date can be moved further.
_MOST_DAYS = 4_000_000
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def filter_clause(
    condition: Filter, *, columns: Columns, values: Sequence[Any], codes: Codes | None = None
) -> ColumnElement[bool]:
    """Return the WHERE clause of `condition`.

    `columns` are by field code or `record.<name>`; `values` come from `condition.values(env)`; `codes` turns
    the texts of coded system columns (`subset.CODED`) into what is stored, None if there is no such thing.
    """
    return _Clause(columns, values, codes or {}).of(condition.root)


class _Clause:
    def __init__(self, columns: Columns, values: Sequence[Any], codes: Codes) -> None:
        self._columns = columns
        self._values = values
        self._codes = codes

    def of(self, condition: Condition) -> ColumnElement[bool]:
        match condition:
            case Fixed():
                return true() if self._values[condition.value.place] else false()
            case Truth():
                return self._column(condition.column).is_(True)
            case Empty():
                return self._column(condition.column).is_(None)
            case Every():
                return and_(true(), *(self.of(part) for part in condition.parts))
            case Some():
                return or_(false(), *(self.of(part) for part in condition.parts))
            case Negation():
                return not_(self.of(condition.part))
            case Pair():
                return self._pair(condition.left, condition.sign, condition.right)
            case Among():
                return self._among(condition)
        raise TypeError(f"not a condition: {condition!r}")

    def _among(self, condition: Among) -> ColumnElement[bool]:
        listed = [value for value in self._values[condition.values.place] or () if value is not None]
        inside = self._equal_to_one(condition.operand, listed)
        return and_(self._known(condition.operand), not_(inside)) if condition.negated else inside

    def _equal_to_one(self, operand: Operand, listed: Sequence[Any]) -> ColumnElement[bool]:
        if isinstance(operand, Column) and operand.type.kind in TEXTUAL and operand.name not in self._codes:
            column = self._column(operand)
            return and_(column.is_not(None), column.in_([value for value in listed if holdable(value)]))
        return or_(false(), *(self._against(operand, "==", value) for value in listed))

    def _pair(self, left: Operand, sign: str, right: Operand) -> ColumnElement[bool]:
        if isinstance(right, Computed):
            value = self._values[right.place]
            return false() if value is None else self._against(left, sign, value)
        if isinstance(left, Computed):
            return self._pair(right, _FLIPPED.get(sign, sign), left)
        known = and_(self._known(left), self._known(right))
        numeric = isinstance(left, Column) and left.type.kind == "number"
        if numeric or isinstance(left, Sum):
            difference = Sum((*_terms(left), *((-one, term) for one, term in _terms(right))))
            return and_(known, self._against(difference, sign, ZERO))
        return and_(known, OPERATORS[sign](self._written(left, sign), self._written(right, sign)))

    def _against(self, operand: Operand, sign: str, value: Any) -> ColumnElement[bool]:
        """Return the comparison of an operand with a value that is not empty."""
        match operand:
            case Column():
                column = self._column(operand)
                return and_(column.is_not(None), self._column_against(operand, sign, value))
            case Sum():
                return self._sum_against(operand, sign, value)
            case Moved():
                axis, steps = self._axis(operand.column), self._steps(operand)
                if steps is None:
                    return false()
                limit = axis.number(value) - steps[-1]
                moved = compared(self._column(operand.column), sign, limit, axis)
                return and_(self._known(operand), moved)
            case DaysBetween():
                return and_(self._known(operand), self._days_against(operand, sign, Decimal(value)))
        raise TypeError(f"no operand to compare: {operand!r}")

    def _column_against(self, column: Column, sign: str, value: Any) -> ColumnElement[bool]:
        stored = self._column(column)
        if column.name in self._codes:
            code = self._codes[column.name](value)
            if code is None:
                return false() if sign == "==" else true()
            return OPERATORS[sign](stored, code)
        if column.type.kind in TEXTUAL:
            return text_compared(stored, sign, value)
        if column.type.kind == "time":
            return OPERATORS[sign](stored, literal(value, Time()))
        if column.type.kind == "boolean":
            return OPERATORS[sign](stored, bool(value))
        axis = self._axis(column)
        return compared(stored, sign, axis.number(value), axis)

    def _sum_against(self, total: Sum, sign: str, value: Any) -> ColumnElement[bool]:
        limit: Decimal = CONTEXT.plus(value)
        columns: list[tuple[int, Column]] = []
        for one, term in total.terms:
            if isinstance(term, Column):
                columns.append((one, term))
            else:
                known = self._values[term.place] or ZERO
                limit = CONTEXT.subtract(limit, known) if one > 0 else CONTEXT.add(limit, known)
        pieces = [(one, self._zero_filled(column, alone=len(columns) == 1)) for one, column in columns]
        first, piece = pieces[0]
        written = piece if first > 0 else -piece
        for one, piece in pieces[1:]:
            written = written + piece if one > 0 else written - piece
        axis = self._axis(columns[0][1])
        return compared(written, sign, axis.number(limit), axis)

    def _zero_filled(self, column: Column, *, alone: bool) -> ColumnElement[Any]:
        stored = self._column(column)
        filled = func.coalesce(stored, literal(0, stored.type))
        whole = self._axis(column) is INTEGERS and not alone
        # Two 64-bit integers may add up to more than 64 bits hold.
        return cast(filled, Numeric(asdecimal=False)) if whole else filled

    def _days_against(self, between: DaysBetween, sign: str, days: Decimal) -> ColumnElement[bool]:
        first, last = between.first, between.last
        if isinstance(first, Column) and isinstance(last, Column):
            apart = days_apart(self._column(first), self._column(last))
            return compared(apart, sign, days, INTEGERS)
        if isinstance(last, Column) and isinstance(first, Computed):
            start = self._values[first.place]
            limit = days if start is None else CONTEXT.add(DAYS.number(start), days)
            return compared(self._column(last), sign, limit, DAYS)
        assert isinstance(first, Column)
        assert isinstance(last, Computed)
        end = self._values[last.place]
        limit = days if end is None else CONTEXT.subtract(DAYS.number(end), days)
        return compared(self._column(first), _FLIPPED.get(sign, sign), limit, DAYS)

    def _known(self, operand: Operand) -> ColumnElement[bool]:
        """Return the condition that an operand is not empty."""
        match operand:
            case Column():
                return self._column(operand).is_not(None)
            case Computed():
                return false() if self._values[operand.place] is None else true()
            case DaysBetween():
                return and_(self._known(operand.first), self._known(operand.last))
            case Moved():
                return and_(self._known(operand.column), self._within_calendar(operand))
        return true()  # a sum: empty counts as 0

    def _within_calendar(self, moved: Moved) -> ColumnElement[bool]:
        """Return the condition that no step leaves the calendar: past its ends a date is empty."""
        steps = self._steps(moved)
        if steps is None:
            return false()
        column, axis = self._column(moved.column), self._axis(moved.column)
        return and_(
            compared(column, "<=", Decimal(axis.high - max(0, *steps)), axis) if max(steps) > 0 else true(),
            compared(column, ">=", Decimal(axis.low - min(0, *steps)), axis) if min(steps) < 0 else true(),
        )

    def _steps(self, moved: Moved) -> list[int] | None:
        """Return how far the date is after each step, on its axis."""
        places = [0]
        for sign, step in moved.steps:
            days = self._values[step.place] or ZERO
            far = steps_of(moved.column.type.kind, CONTEXT.plus(days) if sign > 0 else CONTEXT.minus(days))
            if far is None:
                return None
            places.append(places[-1] + far)
        return places

    def _written(self, operand: Operand, sign: str) -> ColumnElement[Any]:
        """Return a column, or a moved one, for a comparison with another column."""
        if isinstance(operand, Moved):
            steps = self._steps(operand) or [0]
            far = max(-_MOST_DAYS, min(_MOST_DAYS, steps[-1]))
            return days_later(self._column(operand.column), literal(far, Integer()))
        assert isinstance(operand, Column)
        ordered = operand.type.kind in TEXTUAL and sign not in ("==", "!=")
        return by_code_point(self._column(operand)) if ordered else self._column(operand)

    def _axis(self, column: Column) -> Axis:
        return axis_of(column.type.kind, self._column(column).type)

    def _column(self, column: Column) -> ColumnElement[Any]:
        return self._columns[column.name]


def _terms(operand: Operand) -> tuple[tuple[int, Column | Computed], ...]:
    if isinstance(operand, Sum):
        return operand.terms
    assert isinstance(operand, Column)
    return ((1, operand),)
