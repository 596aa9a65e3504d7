"""Builds our tree while lark parses: nothing recurses, so no text is too deep to be read.

Each method is called with what its rule matched, tokens included (`keep_all_tokens`): a node starts where
its first piece starts and ends where its last one ends.
"""

from decimal import Decimal
from typing import NamedTuple

from lark import Token, Transformer

from runtime.language.expressions.flaw import ExpressionError, flaw
from runtime.language.expressions.tree import (
    Call,
    Chain,
    Compare,
    ListOf,
    Literal,
    Logic,
    Minus,
    Name,
    Node,
    Not,
)
from runtime.language.speech import _

#: Digits of a number literal: what the arithmetic keeps.
MOST_DIGITS = 34
#: Characters of a text literal.
LONGEST_TEXT = 1_000

#: The functions in which `field=value` is a condition; everywhere else a single `=` is a slip.
WITH_CONDITIONS = frozenset(
    {"exists", "lookup", "lookup_where", "sum_of", "max_of", "min_of", "count_of", "overlap"}
)

#: After a backslash these stand for themselves; before anything else it is a backslash (patterns need it).
_ESCAPED = "'\"\\"


class Condition(NamedTuple):
    """A `field=value` on its way into a call."""

    start: int
    end: int
    name: str
    value: Node
    sign: Token


class Operator(NamedTuple):
    """A comparison sign, of one word or two."""

    start: int
    end: int
    text: str


Piece = Node | Token | Condition | Operator


class Build(Transformer[Token, Node]):
    """One method per rule of the grammar that makes a node."""

    def start(self, pieces: list[Node]) -> Node:
        """Return the whole expression."""
        return pieces[0]

    def group(self, pieces: list[Node]) -> Node:
        """Return what stands between the parentheses."""
        return pieces[1]

    def plus(self, pieces: list[Node]) -> Node:
        """Return the operand: a plus sign says nothing."""
        return pieces[1]

    def minus(self, pieces: list[Piece]) -> Node:
        """Return the negative; of a literal, the negative literal."""
        operand = _nodes(pieces)[0]
        start, end = _span(pieces)
        if isinstance(operand, Literal) and isinstance(operand.value, Decimal):
            return Literal(start, end, -operand.value)
        return Minus(start, end, operand)

    def negated(self, pieces: list[Piece]) -> Node:
        """Return the negation."""
        return Not(*_span(pieces), _nodes(pieces)[0])

    def either(self, pieces: list[Piece]) -> Node:
        """Return the alternatives."""
        return Logic(*_span(pieces), "or", _nodes(pieces))

    def both(self, pieces: list[Piece]) -> Node:
        """Return the conditions that must hold together."""
        return Logic(*_span(pieces), "and", _nodes(pieces))

    def chain(self, pieces: list[Piece]) -> Node:
        """Return arithmetic of one rank."""
        nodes = _nodes(pieces)
        signs = [str(piece) for piece in pieces if isinstance(piece, Token)]
        return Chain(*_span(pieces), nodes[0], tuple(zip(signs, nodes[1:], strict=True)))

    def sign(self, pieces: list[Token]) -> Operator:
        """Return a comparison sign; `not in` is one sign of two words."""
        return Operator(*_span(pieces), " ".join(pieces))

    def compare(self, pieces: list[Piece]) -> Node:
        """Return a comparison chain."""
        nodes = _nodes(pieces)
        signs = [piece.text for piece in pieces if isinstance(piece, Operator)]
        return Compare(*_span(pieces), nodes[0], tuple(zip(signs, nodes[1:], strict=True)))

    def is_null(self, pieces: list[Piece]) -> Node:
        """Return `x == null`: `is` is another way to write it."""
        return _null_test("==", pieces)

    def is_not_null(self, pieces: list[Piece]) -> Node:
        """Return `x != null`."""
        return _null_test("!=", pieces)

    def number(self, pieces: list[Token]) -> Node:
        """Return a number literal.

        :raises ExpressionError: if it has more digits than the arithmetic keeps.
        """
        (token,) = pieces
        if len(token.replace(".", "")) > MOST_DIGITS:
            raise _refused("number_too_long", token, _("数字最多 %(most)s 位", most=MOST_DIGITS))
        return Literal(*_span(pieces), Decimal(str(token)))

    def text(self, pieces: list[Token]) -> Node:
        """Return a text literal.

        :raises ExpressionError: if it is too long.
        """
        (token,) = pieces
        if len(token) > LONGEST_TEXT + 2:
            raise _refused("text_too_long", token, _("文字最多 %(most)s 个字符", most=LONGEST_TEXT))
        return Literal(*_span(pieces), _unescaped(token[1:-1]) or None)

    def true(self, pieces: list[Token]) -> Node:
        """Return the literal."""
        return Literal(*_span(pieces), True)

    def false(self, pieces: list[Token]) -> Node:
        """Return the literal."""
        return Literal(*_span(pieces), False)

    def null(self, pieces: list[Token]) -> Node:
        """Return the literal."""
        return Literal(*_span(pieces), None)

    def name(self, pieces: list[Token]) -> Node:
        """Return a name with its dots."""
        return Name(*_span(pieces), tuple(str(piece) for piece in pieces if piece.type == "NAME"))

    def listed(self, pieces: list[Piece]) -> Node:
        """Return a list."""
        return ListOf(*_span(pieces), _nodes(pieces))

    def named(self, pieces: tuple[Token, Token, Node]) -> Condition:
        """Return a condition for the call around it."""
        name, sign, value = pieces
        return Condition(name.start_pos or 0, value.end, str(name), value, sign)

    def call(self, pieces: list[Piece]) -> Node:
        """Return a call.

        :raises ExpressionError: if `=` stands where no condition can.
        """
        name = str(pieces[0])
        conditions = [piece for piece in pieces if isinstance(piece, Condition)]
        if conditions and name not in WITH_CONDITIONS:
            raise _refused("single_equals", conditions[0].sign, _("比较请写 =="))
        named = tuple((one.name, one.value) for one in conditions)
        return Call(*_span(pieces), name, _nodes(pieces), named)


def _nodes(pieces: list[Piece]) -> tuple[Node, ...]:
    return tuple(piece for piece in pieces if isinstance(piece, Node))


def _span(pieces: list[Piece] | list[Token]) -> tuple[int, int]:
    first, last = pieces[0], pieces[-1]
    start = first.start_pos if isinstance(first, Token) else first.start
    end = last.end_pos if isinstance(last, Token) else last.end
    return start or 0, end or 0


def _null_test(sign: str, pieces: list[Piece]) -> Node:
    last = pieces[-1]
    assert isinstance(last, Token)  # the grammar ends both rules with the word null
    return Compare(*_span(pieces), _nodes(pieces)[0], ((sign, Literal(*_span([last]), None)),))


def _unescaped(text: str) -> str:
    pieces: list[str] = []
    position = 0
    while position < len(text):
        if text[position] == "\\" and text[position + 1] in _ESCAPED:
            position += 1
        pieces.append(text[position])
        position += 1
    return "".join(pieces)


def _refused(code: str, token: Token, message: str) -> ExpressionError:
    start, end = token.start_pos or 0, token.end_pos or 0
    return ExpressionError(flaw(code=code, start=start, end=end, found=str(token), message=message))
