"""Expressions with a field renamed: by the tree, so that texts and other entities' names stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from builder.edits.renaming.shapes import Renaming, Shape
from runtime.language.expressions import FUNCTIONS, ExpressionError, parse, parse_template
from runtime.language.expressions.tree import Call, Expression, Literal, Name, Node

#: From where to where, and what comes there.
Place = tuple[int, int, str]

_ROW_FUNCTIONS = frozenset(name for name, one in FUNCTIONS.items() if one.family == "重复表")
_TABLE_FUNCTIONS = frozenset(name for name, one in FUNCTIONS.items() if "tables" in one.reads)
_PEOPLE = ("initiator", "current_user", "record", "flow")
_WORD = re.compile(r"[^\W\d]\w*")
_CONDITION = re.compile(r"([^\W\d]\w*)\s*=(?!=)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean where an expression stands; None where nothing of the app is meant."""

    #: Bare names.
    of: Shape | None = None
    #: `row.x`: the entity and its sub-table.
    row: tuple[Shape, str] | None = None
    #: `form.x` in the filter of a look-up.
    form: Shape | None = None
    #: `old.x` in a rule.
    old: Shape | None = None


def in_expression(source: Any, scope: Scope, renaming: Renaming) -> Any:
    """Return an expression with the field renamed; one that cannot be read is left as it is."""
    if not isinstance(source, str):
        return source
    try:
        tree = parse(source)
    except ExpressionError:
        return source
    return _written(source, _places(tree, scope, renaming))


def in_template(source: Any, scope: Scope, renaming: Renaming) -> Any:
    """Return a text with `{…}` in it with the field renamed there; one that cannot be read as it is."""
    if not isinstance(source, str):
        return source
    try:
        template = parse_template(source)
    except ExpressionError:
        return source
    places = [
        (start + hole.start, end + hole.start, text)
        for hole in template.holes
        for start, end, text in _places(hole.tree, scope, renaming)
    ]
    return _written(source, places)


def _written(source: str, places: list[Place]) -> str:
    for start, end, text in sorted(set(places), reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _places(tree: Expression, scope: Scope, renaming: Renaming) -> list[Place]:
    return list(_found(tree.root, tree.source, scope, renaming))


def _found(node: Node, source: str, scope: Scope, renaming: Renaming) -> Iterator[Place]:
    if isinstance(node, Name):
        for number in _segments(node.path, scope, renaming):
            words = list(_WORD.finditer(source, node.start, node.end))
            yield words[number].start(), words[number].end(), renaming.new
        return
    if isinstance(node, Call) and node.name in _ROW_FUNCTIONS and len(node.args) > 1:
        yield from _found(node.args[0], source, scope, renaming)
        rows = _rows(node.args[0], scope)
        inside = replace(scope, row=rows) if rows else scope
        for part in node.parts()[1:]:
            yield from _found(part, source, inside, renaming)
        return
    skipped: tuple[Node, ...] = ()
    if isinstance(node, Call) and node.name in _TABLE_FUNCTIONS and node.args:
        skipped = _columns(node)
        yield from _of_table(node, skipped, source, renaming)
    for part in node.parts():
        if not any(part is one for one in skipped):
            yield from _found(part, source, scope, renaming)


def _segments(path: tuple[str, ...], scope: Scope, renaming: Renaming) -> Iterator[int]:
    """Yield which words of a dotted name are the renamed field."""
    head = path[0]
    if head in _PEOPLE:
        return
    if head == "row":
        if scope.row is None or len(path) < 2:
            return
        shape, subtable = scope.row
        if renaming.is_of(shape) and (subtable, path[1]) == (renaming.subtable, renaming.old):
            yield 1
        yield from _onward(shape.subtables.get(subtable, {}).get(path[1]), path, 2, renaming)
    elif head in ("old", "form"):
        yield from _of_entity(scope.old if head == "old" else scope.form, path, 1, renaming)
    else:
        yield from _of_entity(scope.of, path, 0, renaming)


def _of_entity(shape: Shape | None, path: tuple[str, ...], at: int, renaming: Renaming) -> Iterator[int]:
    if shape is None or len(path) <= at:
        return
    code, after = path[at], path[at + 1] if len(path) > at + 1 else None
    if renaming.is_of(shape):
        if not renaming.subtable and code == renaming.old:
            yield at
        if renaming.subtable and (code, after) == (renaming.subtable, renaming.old):
            yield at + 1
    yield from _onward(shape.fields.get(code), path, at + 1, renaming)


def _onward(source: str | None, path: tuple[str, ...], at: int, renaming: Renaming) -> Iterator[int]:
    """Yield the word after a look-up, if it is the renamed field of the look-up's source."""
    if source == renaming.entity and not renaming.subtable and len(path) > at and path[at] == renaming.old:
        yield at


def _rows(node: Node, scope: Scope) -> tuple[Shape, str] | None:
    """Return the sub-table whose rows a function runs over."""
    if not isinstance(node, Name):
        return None
    head, code = (node.path[0], node.path[1]) if len(node.path) == 2 else ("", node.path[-1])
    shape = {"": scope.of, "old": scope.old, "form": scope.form}.get(head)
    return (shape, code) if shape is not None and code in shape.subtables else None


def _columns(call: Call) -> tuple[Node, ...]:
    """Return the arguments that spell columns of the table asked, by a bare name or a text."""
    numbers = (1, 3, 4) if call.name == "overlap" else (1,)
    found = (call.args[one] for one in numbers if len(call.args) > one)
    return tuple(
        one for one in found if isinstance(one, Literal) or (isinstance(one, Name) and one.path[1:] == ())
    )


def _of_table(call: Call, columns: tuple[Node, ...], source: str, renaming: Renaming) -> Iterator[Place]:
    table = call.args[0].value if isinstance(call.args[0], Literal) else None
    if renaming.subtable or renaming.full(table) != renaming.entity:
        return
    for one in columns:
        if isinstance(one, Name) and one.path[0] == renaming.old:
            yield one.start, one.end, renaming.new
        elif isinstance(one, Literal) and one.value == renaming.old:
            yield one.start + 1, one.end - 1, renaming.new
    end = call.args[-1].end
    for code, value in call.named:
        found = _CONDITION.search(source, end, value.start)
        if found and code == renaming.old:
            yield found.start(1), found.end(1), renaming.new
        end = value.end
