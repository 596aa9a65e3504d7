"""Which expressions a database can test, and the same condition in its terms (definitions §4, SQL subset).

Columns; whatever does not read the row, computed first; comparison, and/or/not, in, null tests; + and − of
equal scale; dates moved by days and the days between dates.
"""

from collections.abc import Container
from typing import Literal as Only

from runtime.language.expressions import types
from runtime.language.expressions.check import Checked, check
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
    Truth,
    columns_of,
)
from runtime.language.expressions.flaw import ExpressionError
from runtime.language.expressions.names import Names
from runtime.language.expressions.operands import Operands
from runtime.language.expressions.tree import Compare, Expression, ListOf, Literal, Logic, Name, Node, Not
from runtime.language.speech import _

#: More 64-bit numbers than this, added up, may not fit into 64 bits.
MOST_COLUMNS_IN_A_SUM = 9
#: System columns that are stored as numbers standing for a text; the store translates.
CODED = frozenset({"record.owner", "record.created_by", "record.state"})


def filter_of(
    tree: Expression,
    *,
    names: Names,
    over: Only["record", "old"] = "record",
    stored: Container[str] | None = None,
) -> Filter:
    """Return the condition `tree` for the database.

    `over` says which scope is the row: bare names, or `old.*` (then bare names are computed first). `stored`
    are the columns there are, by field code or `record.<name>`; None means all.

    :raises ExpressionError: with what is wrong, or with the part that no database can test.
    """
    operands = Operands(tree, _checked(tree, names), names, over, stored)
    root = _Conditions(operands).condition(tree.root)
    return Filter(root, tuple(operands.values), frozenset(operands.columns))


def prefilter_of(
    tree: Expression,
    *,
    names: Names,
    over: Only["record", "old"] = "record",
    stored: Container[str] | None = None,
) -> Filter:
    """Return a condition that every row meets for which `tree` holds: those of its `and` parts SQL can test.

    The rows found must still be tested by `tree` itself.

    :raises ExpressionError: if `tree` has problems of its own.
    """
    operands = Operands(tree, _checked(tree, names), names, over, stored)
    root = tree.root
    parts: list[Condition] = []
    for part in root.operands if isinstance(root, Logic) and root.operator == "and" else (root,):
        values, columns = len(operands.values), set(operands.columns)
        try:
            parts.append(_Conditions(operands).condition(part))
        except ExpressionError:
            del operands.values[values:]
            operands.columns = columns
    return Filter(Every(tuple(parts)), tuple(operands.values), frozenset(operands.columns))


def _checked(tree: Expression, names: Names) -> Checked:
    checked = check(tree, names=names, want=types.BOOLEAN)
    if checked.problems:
        raise ExpressionError(*checked.problems)
    return checked


class _Conditions:
    """Turns parts of one condition into conditions of the database."""

    def __init__(self, operands: Operands) -> None:
        self._read = operands

    def condition(self, node: Node) -> Condition:
        """Return `node` as a condition of the database."""
        if not self._read.reads_row(node):
            return Fixed(self._read.computed(node))
        match node:
            case Logic():
                parts = tuple(self.condition(operand) for operand in node.operands)
                return Every(parts) if node.operator == "and" else Some(parts)
            case Not():
                return Negation(self.condition(node.operand))
            case Name():
                return Truth(self._read.column(node))
            case Compare():
                return self._comparison(node)
        raise self._read.refused(node)

    def _comparison(self, node: Compare) -> Condition:
        left, parts = node.first, []
        for sign, right in node.rest:
            parts.append(self._pair(left, sign, right))
            left = right
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _pair(self, left: Node, sign: str, right: Node) -> Condition:
        if not self._read.reads_row(left) and not self._read.reads_row(right):
            return Fixed(self._read.computed(Compare(left.start, right.end, left, ((sign, right),))))
        if sign in ("in", "not in"):
            return self._membership(left, sign, right)
        if sign in ("==", "!="):
            for one, other in ((left, right), (right, left)):
                if isinstance(one, Literal) and one.value is None:
                    empty = Empty(self._read.column(other))
                    return empty if sign == "==" else Negation(empty)
        return self._matched(left, sign, right)

    def _membership(self, left: Node, sign: str, right: Node) -> Condition:
        operand = self._read.operand(left)
        if not self._read.reads_row(right):
            self._refuse_codes(left, "==", operand, self._read.computed(right))
            return Among(operand, self._read.computed(right), negated=sign == "not in")
        if isinstance(right, ListOf) and sign == "in":
            return Some(tuple(self._pair(left, "==", item) for item in right.items))
        raise self._read.refused(right)

    def _matched(self, left: Node, sign: str, right: Node) -> Condition:
        """Return a comparison, if the database compares its columns as we compare values."""
        one, two = self._read.operand(left), self._read.operand(right)
        columns = [*columns_of(one), *columns_of(two)]
        kinds = {type(one), type(two)}
        if DaysBetween in kinds and Computed not in kinds:
            raise self._read.refused(left, _("相差的天数只能与固定的数比较"))
        if len({column.type.scale for column in columns}) > 1:
            raise self._read.refused(right, _("两边小数位数不同的数字不能在数据库里比较"))
        if len(columns) > MOST_COLUMNS_IN_A_SUM:
            message = _("在数据库里一次最多加减 %(most)s 列", most=MOST_COLUMNS_IN_A_SUM)
            raise self._read.refused(left, message)
        if Moved in kinds and len(columns) > 1 and columns[0].type.kind == "datetime":
            raise self._read.refused(left, _("日期时间加减天数后只能与固定的时间比较"))
        self._refuse_codes(left, sign, one, two)
        return Pair(one, sign, two)

    def _refuse_codes(self, node: Node, sign: str, *sides: Operand) -> None:
        """Refuse what a system column cannot do: it is stored as a number that stands for its text."""
        coded = [_is_coded(side) for side in sides]
        if any(coded) and not (
            sign in ("==", "!=") and (all(coded) or Computed in {type(side) for side in sides})
        ):
            raise self._read.refused(node, _("系统列只能与固定的值比较是否相等"))


def _is_coded(operand: Operand) -> bool:
    return isinstance(operand, Column) and operand.name in CODED
