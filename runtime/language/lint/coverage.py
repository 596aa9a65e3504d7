"""Whether a branch without a default edge always has a way on.

Decided exactly where every condition compares fields of the record with constants: between two neighbouring
constants all values behave alike, so it is enough to try the constants, a value between each two, one below
and one above, every value of a dictionary, true and false, and empty. Anything else needs a default edge.
(Dates can only be tested for being empty: expressions know no constant dates.)
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, pairwise, product
from typing import Any

from runtime.language.expressions import Expression, Names, Type
from runtime.language.expressions.tree import Compare, ListOf, Literal, Logic, Minus, Name, Node, Not
from runtime.language.lint.spot import Spot
from runtime.language.speech import _, listed

#: Most combinations of values that are tried.
MOST_POINTS = 20_000


class _Undecided(Exception):
    """The conditions say more than comparisons of fields with constants."""


def check_coverage(
    name: str, conditions: Sequence[Expression | None], names: Names, filled: frozenset[str], spot: Spot
) -> None:
    """Note a problem if the branch called `name` may have no way on: with the values that show it.

    `filled` are the fields that are never empty when a token comes here.
    """
    if any(tree is None for tree in conditions):
        return  # told before
    roots = [tree.root for tree in conditions if tree is not None]
    try:
        gap = _gap(roots, names, filled)
    except _Undecided:
        message = _(
            "条件分支“%(name)s”需要一条 default: true 的连线：无法证明这些条件覆盖了所有情况", name=name
        )
        spot.problem("flow.no_default", message)
        return
    if gap is not None:
        message = _(
            "%(values)s 走不到任何分支（条件分支“%(name)s”），请补上条件或 default: true 的连线",
            values=listed(f"{code} = {_shown(value)}" for code, value in gap.items()),
            name=name,
        )
        spot.problem("flow.not_covered", message)


def _gap(roots: Sequence[Node], names: Names, filled: frozenset[str]) -> dict[str, Any] | None:
    """Return values for which no condition holds, None if there are none."""
    constants: dict[str, set[Any]] = {}
    for root in roots:
        _collect(root, names, constants)
    points = {code: tuple(_points(names.fields[code], found)) for code, found in sorted(constants.items())}
    points = {code: found if code in filled else (None, *found) for code, found in points.items()}
    size = 1
    for tried in points.values():
        size *= len(tried)
    if size > MOST_POINTS:
        raise _Undecided
    for combination in islice(product(*points.values()), MOST_POINTS):
        values = dict(zip(points, combination, strict=True))
        if not any(_holds(root, values) for root in roots):
            return values
    return None


def _collect(node: Node, names: Names, constants: dict[str, set[Any]]) -> None:
    """Note with which constants each field is compared."""
    match node:
        case Logic():
            for operand in node.operands:
                _collect(operand, names, constants)
        case Not():
            _collect(node.operand, names, constants)
        case Name():
            _field(node, names, constants)
        case Literal(value=bool()):
            pass
        case Compare():
            parts = [node.first, *(part for _sign, part in node.rest)]
            fields = [_field(part, names, constants) for part in parts if isinstance(part, Name)]
            found = [one for part in parts if not isinstance(part, Name) for one in _constants(part)]
            for code in fields:
                constants[code] |= set(found)
            if len(fields) != 1:
                raise _Undecided
        case _:
            raise _Undecided


def _field(node: Name, names: Names, constants: dict[str, set[Any]]) -> str:
    code = node.path[0]
    kind = names.fields.get(code)
    if len(node.path) > 1 or kind is None:
        raise _Undecided
    constants.setdefault(code, set())
    return code


def _constants(node: Node) -> Iterator[Any]:
    match node:
        case Literal():
            yield node.value
        case Minus(operand=Literal(value=Decimal() as value)):
            yield -value
        case ListOf():
            for item in node.items:
                yield from _constants(item)
        case _:
            raise _Undecided


def _points(kind: Type, constants: set[Any]) -> Iterator[Any]:
    """Yield values, besides empty, such that every possible value behaves like one of them."""
    found = constants - {None}
    if kind.kind == "boolean":
        yield from (True, False)
    elif kind.kind == "number":
        yield from _around(sorted(found), None if kind.scale is None else Decimal(1).scaleb(-kind.scale))
    elif kind.choices is not None:
        yield from sorted(kind.choices)
    elif found:
        raise _Undecided
    else:
        yield _SOMETHING


#: Stands for any value of a field that is only tested for being empty.
_SOMETHING = "…"


def _around(ordered: list[Decimal], step: Decimal | None) -> Iterator[Decimal]:
    """Yield the constants and a value on each side; `step` is the smallest difference that can be stored."""
    if not ordered:
        yield Decimal(0)
        return
    yield ordered[0] - (step or 1)
    for low, high in pairwise(ordered):
        yield low
        if step is None:
            yield (low + high) / 2
        elif high - low > step:
            yield low + step
    yield ordered[-1]
    yield ordered[-1] + (step or 1)


def _holds(node: Node, values: dict[str, Any]) -> bool:
    match node:
        case Logic():
            results = (_holds(operand, values) for operand in node.operands)
            return all(results) if node.operator == "and" else any(results)
        case Not():
            return not _holds(node.operand, values)
        case Name():
            return values[node.path[0]] is True
        case Literal():
            return node.value is True
        case Compare():
            left = _value(node.first, values)
            for sign, part in node.rest:
                right = _value(part, values)
                if not _compares(sign, left, right):
                    return False
                left = right
            return True
    raise _Undecided


def _value(node: Node, values: dict[str, Any]) -> Any:
    if isinstance(node, Name):
        return values[node.path[0]]
    found = list(_constants(node))
    return found if isinstance(node, ListOf) else found[0]


def _compares(sign: str, left: Any, right: Any) -> bool:
    """Compare as expressions do: with empty only `== null` and `!= null` can be true."""
    if sign in ("in", "not in"):
        return left is not None and (left in right) == (sign == "in")
    if sign in ("==", "!=") and (left is None or right is None):
        # `x == null` asks for emptiness; two constants or fields never meet here.
        return (left is right) == (sign == "==")
    if left is None or right is None:
        return False
    return bool(_OPERATORS[sign](left, right))


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _shown(value: Any) -> str:
    if value is None:
        return _("空")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return format(value, "f") if isinstance(value, Decimal) else str(value)
