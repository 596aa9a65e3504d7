"""The syntax tree of an expression: frozen values that know where in the source they stand.

Sums, products, comparisons and and/or are flat, so that adding up forty fields is one node, not forty levels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of an expression; `start` and `end` are character offsets into its source."""

    start: int
    end: int

    def parts(self) -> tuple["Node", ...]:
        """Return the nodes directly below, in source order."""
        return ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, true, false or null. The empty text is null: there is one emptiness."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name, possibly dotted: `amount`, `row.qty`, `form.contract.amount`."""

    path: tuple[str, ...]

    @property
    def dotted(self) -> str:
        """Return the name as written."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """A sign before a value."""

    operand: Node

    def parts(self) -> tuple[Node, ...]:
        """Return the operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Negation of a condition."""

    operand: Node

    def parts(self) -> tuple[Node, ...]:
        """Return the operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Arithmetic of one rank, from left to right: `+ -` or `* / %`."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    def parts(self) -> tuple[Node, ...]:
        """Return the operands."""
        return (self.first, *(node for _, node in self.rest))


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A comparison chain: `a < b <= c` holds if each neighbouring pair does."""

    first: Node
    #: Operators: `== != < <= > >= in` and `not in`.
    rest: tuple[tuple[str, Node], ...]

    def parts(self) -> tuple[Node, ...]:
        """Return the operands."""
        return (self.first, *(node for _, node in self.rest))


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`and` or `or` of two or more conditions."""

    operator: str
    operands: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        """Return the operands."""
        return self.operands


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`(a, b)` or `[a, b]`."""

    items: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        """Return the items."""
        return self.items


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function with its arguments; `named` are the `field=value` conditions."""

    name: str
    args: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...] = ()

    def parts(self) -> tuple[Node, ...]:
        """Return the arguments, then the values of the conditions."""
        return (*self.args, *(node for _, node in self.named))


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression with the text it came from."""

    source: str
    root: Node

    def text_of(self, node: Node) -> str:
        """Return the piece of source that `node` was read from."""
        return self.source[node.start : node.end]


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it, parents first, in source order."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.parts()))
