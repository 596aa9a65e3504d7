"""Expressions written out from their trees: one text for one meaning, with as few parentheses as it needs."""

from decimal import Decimal

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

# How tightly a node holds together; an operand that holds less tightly than its place asks for is bracketed.
EITHER, BOTH, NEGATION, COMPARISON, SUM, PRODUCT, SIGNED, ATOM = range(1, 9)


def source_of(node: Node, *, least: int = EITHER) -> str:
    """Return the text of a tree; in parentheses if it holds less tightly than `least`.

    Parsed again it is the same tree, but for positions.
    """
    text = _written(node)
    return text if rank_of(node) >= least else f"({text})"


def rank_of(node: Node) -> int:
    """Return how tightly a node holds together."""
    match node:
        case Logic(operator=operator):
            return EITHER if operator == "or" else BOTH
        case Not():
            return NEGATION
        case Compare():
            return COMPARISON
        case Chain(rest=rest):
            return SUM if rest[0][0] in "+-" else PRODUCT
        case _ if _is_signed(node):
            return SIGNED
    return ATOM


def written_text(value: str) -> str:
    """Return a text as a literal."""
    quote = '"' if "'" in value and '"' not in value else "'"
    pieces = []
    for at, one in enumerate(value):
        follower = value[at + 1 : at + 2]
        escaped = one == quote or (one == "\\" and follower in ("", "\\", "'", '"'))
        pieces.append(f"\\{one}" if escaped else one)
    return f"{quote}{''.join(pieces)}{quote}"


def _is_signed(node: Node) -> bool:
    return isinstance(node, Minus) or (
        isinstance(node, Literal) and isinstance(node.value, Decimal) and node.value < 0
    )


def _written(node: Node) -> str:
    match node:
        case Literal():
            return _literal(node)
        case Name():
            return node.dotted
        case Minus():
            return f"-{source_of(node.operand, least=SIGNED)}"
        case Not():
            return f"not {source_of(node.operand, least=NEGATION)}"
        case Logic():
            inner = rank_of(node) + 1
            return f" {node.operator} ".join(source_of(one, least=inner) for one in node.operands)
        case Compare():
            return _in_a_row(node.first, node.rest, SUM)
        case Chain():
            return _in_a_row(node.first, node.rest, rank_of(node) + 1)
        case ListOf():
            return _listed(node)
        case Call():
            named = (f"{code}={source_of(one)}" for code, one in node.named)
            return f"{node.name}({', '.join([*map(source_of, node.args), *named])})"
    raise TypeError(f"not a node of an expression: {node!r}")


def _in_a_row(first: Node, rest: tuple[tuple[str, Node], ...], least: int) -> str:
    pieces = (f" {sign} {source_of(one, least=least)}" for sign, one in rest)
    return source_of(first, least=least) + "".join(pieces)


def _literal(node: Literal) -> str:
    match node.value:
        case None:
            return "null"
        case bool():
            return "true" if node.value else "false"
        case Decimal():
            return format(node.value, "f")
    return written_text(node.value)


def _listed(node: ListOf) -> str:
    items = [source_of(one) for one in node.items]
    if not items:
        return "[]"
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
