"""Values in a condition for the database: columns, sums, moved dates, and what is computed first."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace

from runtime.language.expressions.check import Checked
from runtime.language.expressions.compile import Compiled, compile_expression
from runtime.language.expressions.filter import Column, Computed, DaysBetween, Moved, Operand, Sum
from runtime.language.expressions.flaw import ExpressionError, flaw
from runtime.language.expressions.names import Names
from runtime.language.expressions.tree import Call, Chain, Expression, Minus, Name, Node, walk
from runtime.language.expressions.types import TEXTUAL
from runtime.language.speech import _

_DATES = ("date", "datetime")
_COMPARED = TEXTUAL | {"number", "boolean", "date", "datetime", "time"}


@dataclass
class Operands:
    """Reads operands of one checked condition; collects the columns and the expressions computed first."""

    tree: Expression
    checked: Checked
    names: Names
    #: The scope that is the row: "record" or "old".
    over: str
    #: The columns there are; None means all.
    stored: Container[str] | None
    values: list[Compiled] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)

    def operand(self, node: Node) -> Operand:
        """Return a value that SQL can compute.

        :raises ExpressionError: if it cannot.
        """
        if not self.reads_row(node):
            return self.computed(node)
        match node:
            case Name():
                column = self.column(node)
                if column.type.kind not in _COMPARED:
                    raise self.refused(node, _("%(kind)s在数据库里只能判断是否为空", kind=column.type.label))
                if column.type.kind == "number" and column.type.scale is None:
                    raise self.refused(node, _("小数位数不定的数字不能在数据库里比较"))
                return column
            case Call(name="days_between"):
                return self._days(node, node.args[0], node.args[1])
            case Call(name="add_days"):
                return self._moved(node, node.args[0], ((1, node.args[1]),))
            case Chain() if self.kind(node) in _DATES:
                return self._moved(node, node.first, _signed(node))
            case Chain() if self.kind(node.first) in _DATES and len(node.rest) == 1:
                return self._days(node, node.rest[0][1], node.first)
        return Sum(tuple(self._terms(node)))

    def _terms(self, node: Node) -> Iterator[tuple[int, Column | Computed]]:
        """Yield the numbers that `node` adds up."""
        if isinstance(node, Name) or not self.reads_row(node):
            term = self.operand(node)
            if isinstance(term, Column | Computed):
                yield 1, term
        elif isinstance(node, Minus):
            for sign, term in self._terms(node.operand):
                yield -sign, term
        elif isinstance(node, Chain) and self.kind(node.first) == "number":
            for outer, part in ((1, node.first), *_signed(node)):
                if not outer:
                    raise self.refused(node)
                for sign, term in self._terms(part):
                    yield outer * sign, term
        else:
            raise self.refused(node)

    def _moved(self, node: Node, start: Node, steps: Sequence[tuple[int, Node]]) -> Operand:
        """Return a date column moved by computed days, as `column + 3`."""
        column = self.operand(start)
        if not isinstance(column, Column) or any(self.reads_row(step) for _sign, step in steps):
            raise self.refused(node)
        return Moved(column, tuple((sign, self.computed(step)) for sign, step in steps))

    def _days(self, node: Node, first: Node, last: Node) -> Operand:
        one, two = self.operand(first), self.operand(last)
        for side in (one, two):
            if not isinstance(side, Column | Computed) or side.type.kind != "date":
                raise self.refused(node, _("在数据库里只能计算两个日期相差的天数"))
        assert isinstance(one, Column | Computed)
        assert isinstance(two, Column | Computed)
        return DaysBetween(one, two)

    def column(self, node: Node) -> Column:
        """Return the column that `node` names.

        :raises ExpressionError: if it is no column of the row.
        """
        meaning = self.checked.meanings.get(id(node))
        if (
            meaning is None
            or meaning.column
            or meaning.person
            or meaning.lookup
            or meaning.type.kind == "rows"
        ):
            raise self.refused(node)
        if meaning.code is None or meaning.scope not in ("record", "system", "old"):
            raise self.refused(node)
        name = f"record.{meaning.code}" if meaning.scope == "system" else meaning.code
        if self.stored is not None and name not in self.stored:
            raise self.refused(node, _("%(name)s 没有存成数据库的列", name=name))
        self.columns.add(name)
        return Column(name, meaning.type)

    def computed(self, node: Node) -> Computed:
        """Return the place at which the value of `node` will be, computed before the row is read."""
        # Whatever it reads is at hand before the row is: compiled on its own, with the same names.
        compiled = compile_expression(replace(self.tree, root=node), names=self.names)
        self.values.append(compiled)
        return Computed(len(self.values) - 1, compiled.type)

    def reads_row(self, node: Node) -> bool:
        """Tell whether the value of `node` depends on the row."""
        rows = ("record", "system", "flow") if self.over == "record" else ("old",)
        meanings = self.checked.meanings
        return any(id(one) in meanings and meanings[id(one)].scope in rows for one in walk(node))

    def kind(self, node: Node) -> str:
        """Return the kind of value that `node` has."""
        return self.checked.types[id(node)].kind

    def refused(self, node: Node, message: str = "") -> ExpressionError:
        message = message or _(
            "这部分不能在数据库里筛选；可用字段的比较、and、or、not、in、空值判断、加减和日期加减天数"
        )
        found = self.tree.text_of(node)
        return ExpressionError(
            flaw(code="not_in_sql", start=node.start, end=node.end, found=found, message=message)
        )


def _signed(node: Chain) -> tuple[tuple[int, Node], ...]:
    """Return the further operands of a sum with their signs; sign 0 for anything but + and −."""
    return tuple(({"+": 1, "-": -1}.get(sign, 0), operand) for sign, operand in node.rest)
