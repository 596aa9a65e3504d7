"""Conditions as rows of a builder – field, comparison, value – and as the expressions that they are.

A group is `{"join": "and" | "or", "not": bool, "rows": […]}`; a row is a group, or
`{"field": <name>, "of": <function or "">, "op": <word>, "value": <value or null>}`. A value is
`{"kind": "text" | "number", "text": …}`, `{"kind": "boolean", "value": …}`, `{"kind": "list", "items": […]}`,
`{"kind": "name", "field": …, "of": …}`, `{"kind": "today" | "now", "days": …}` or
`{"kind": "formula", "text": <expression>}`.
"""

from collections.abc import Mapping
from typing import Any

from builder.edits.condition_values import field_of, read_value, written_field, written_value
from builder.edits.expression_source import source_of
from runtime.language.expressions import parse
from runtime.language.expressions.tree import Call, Compare, ListOf, Literal, Logic, Name, Node, Not
from runtime.language.refusal import Refused
from runtime.language.speech import _

#: Groups inside groups, and rows of all groups together.
DEEPEST = 8
MOST_ROWS = 200

#: Comparison signs by the word of a row.
SIGNS: Mapping[str, str] = {
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "ge": ">=",
    "lt": "<",
    "le": "<=",
    "in": "in",
    "not_in": "not in",
}
_WORDS = {sign: word for word, sign in SIGNS.items()}
#: The same comparison with its sides exchanged.
_TURNED = {"==": "==", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}
#: Words of rows without a value.
ALONE = frozenset({"empty", "filled", "true", "false"})


class NoRows(Exception):
    """An expression is no condition of rows; the message says which part is not."""


def rows_of(source: str) -> dict[str, Any]:
    """Return the group that an expression is; nothing written is a group without rows.

    :raises ExpressionError: if it is no expression.
    :raises NoRows: if it is one that the builder cannot show.
    """
    if not source.strip():
        return {"join": "and", "not": False, "rows": []}
    found = _part(parse(source).root)
    return found if "join" in found else {"join": "and", "not": False, "rows": [found]}


def text_of(group: Mapping[str, Any]) -> str:
    """Return the expression of a group as a page posted it, "" if there are no rows.

    :raises Refused: if a row is unfinished or makes no sense.
    """
    counted = [0]
    text, _several = _written_group(group, 1, counted)
    return text


def _part(node: Node) -> dict[str, Any]:
    match node:
        case Logic():
            rows = [_part(one) for one in node.operands]
            return {"join": node.operator, "not": False, "rows": rows}
        case Not(operand=Call(name="contains", args=(subject, wanted))):
            return _row(subject, "not_contains", read_value(wanted), node)
        case Not():
            inside = _part(node.operand)
            if "join" in inside and not inside["not"]:
                return {**inside, "not": True}
            return {"join": "and", "not": True, "rows": [inside]}
        case Compare(rest=((sign, right),)):
            return _comparison(node, sign, right)
        case Call(name="contains", args=(subject, wanted)):
            return _row(subject, "contains", read_value(wanted), node)
        case Name():
            return _row(node, "true", None, node)
    raise NoRows(source_of(node))


def _comparison(node: Compare, sign: str, right: Node) -> dict[str, Any]:
    left = node.first
    if sign in ("in", "not in"):
        if isinstance(right, Name) and not isinstance(left, Name):
            return _row(right, "has" if sign == "in" else "not_has", read_value(left), node)
        if isinstance(right, ListOf) and not right.items:
            raise NoRows(source_of(node))
        return _row(left, _WORDS[sign], read_value(right), node)
    if field_of(left) is None and field_of(right) is not None:
        left, right, sign = right, left, _TURNED[sign]
    if isinstance(right, Literal) and right.value is None:
        if sign not in ("==", "!="):
            raise NoRows(source_of(node))
        return _row(left, "empty" if sign == "==" else "filled", None, node)
    if isinstance(right, Literal) and isinstance(right.value, bool) and sign == "==":
        return _row(left, "true" if right.value else "false", None, node)
    return _row(left, _WORDS[sign], read_value(right), node)


def _row(left: Node, word: str, value: dict[str, Any] | None, node: Node) -> dict[str, Any]:
    field = field_of(left)
    if field is None:
        raise NoRows(source_of(node))
    return {**field, "op": word, "value": value}


def _written_group(group: Mapping[str, Any], depth: int, counted: list[int]) -> tuple[str, bool]:
    """Return a group's text, and whether it is a list of parts that needs brackets inside another group."""
    rows, join = group.get("rows"), group.get("join")
    if not isinstance(rows, list) or join not in ("and", "or") or depth > DEEPEST:
        raise Refused("bad_rows", _("条件组最多 %(most)s 层，由“且”或“或”连接。", most=DEEPEST))
    parts = []
    for row in rows:
        counted[0] += 1
        if counted[0] > MOST_ROWS:
            raise Refused("too_many_rows", _("最多 %(most)s 个条件。", most=MOST_ROWS))
        parts.append(_written_part(row, depth, counted))
    parts = [part for part in parts if part]
    text = f" {join} ".join(parts)
    if group.get("not") is True and parts:
        return f"not ({text})", False
    return text, len(parts) > 1


def _written_part(row: Any, depth: int, counted: list[int]) -> str:
    if not isinstance(row, Mapping):
        raise Refused("bad_rows", _("不认识的条件。"))
    if "rows" not in row:
        return _written_row(row)
    text, several = _written_group(row, depth + 1, counted)
    return f"({text})" if several else text


def _written_row(row: Mapping[str, Any]) -> str:
    left, word, value = written_field(row), row.get("op"), row.get("value")
    match word:
        case "empty":
            return f"{left} == null"
        case "filled":
            return f"{left} != null"
        case "true" | "false":
            return f"{left} == {word}"
        case "has":
            return f"{written_value(value)} in {left}"
        case "not_has":
            return f"{written_value(value)} not in {left}"
        case "contains":
            return f"contains({left}, {written_value(value)})"
        case "not_contains":
            return f"not contains({left}, {written_value(value)})"
    if not isinstance(word, str) or word not in SIGNS:
        raise Refused("no_operator", _("请选择比较方式。"))
    if word in ("in", "not_in") and not (
        isinstance(value, Mapping) and value.get("kind") in ("list", "name", "formula")
    ):
        raise Refused("no_list", _("“属于”后面应是几个值。"))
    return f"{left} {SIGNS[word]} {written_value(value)}"
