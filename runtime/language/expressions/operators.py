"""What arithmetic gives, by the types of its operands."""

from runtime.language.expressions import types
from runtime.language.expressions.tree import Literal
from runtime.language.expressions.types import Type

#: (left, operator, right) → kind of the result. Numbers among numbers are all legal.
DATED = {
    ("date", "+", "number"): "date",
    ("date", "-", "number"): "date",
    ("number", "+", "date"): "date",
    ("datetime", "+", "number"): "datetime",
    ("datetime", "-", "number"): "datetime",
    ("number", "+", "datetime"): "datetime",
    ("date", "-", "date"): "number",
}


def result_kind(left: str, sign: str, right: str) -> str | None:
    """Return the kind of `left sign right`, None if it makes no sense. Empty beside a date is some days."""
    left, right = (_numeric(left), _numeric(right))
    if left == right == "number":
        return "number"
    return DATED.get((left, sign, right))


def _numeric(kind: str) -> str:
    return "number" if kind in ("null", "any") else kind


def type_of_literal(node: Literal) -> Type:
    """Return the type of a literal; of a text, with the text itself."""
    value = node.value
    if value is None:
        return types.NULL
    if isinstance(value, bool):
        return types.BOOLEAN
    if isinstance(value, str):
        return Type("text", literals=frozenset({value}))
    exponent = value.as_tuple().exponent
    return types.number(scale=-exponent if isinstance(exponent, int) else None)


def summed(left: Type, right: Type) -> Type:
    """Return the number that a sum of two numbers is; it keeps the way they are shown."""
    both = left.style == right.style or not right.style
    return types.number(style=left.style if both else "")
