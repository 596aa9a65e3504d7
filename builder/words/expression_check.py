"""Everything that can be said of an expression while it is being written: problems, type, names, words."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.edits.scopes import Standpoint
from builder.words.expression_words import expression_words
from builder.words.name_words import Labels
from runtime.language.expressions import (
    FUNCTIONS,
    Checked,
    Expression,
    ExpressionError,
    Flaw,
    Type,
    check,
    filter_of,
    parse,
    parse_template,
    references,
)
from runtime.language.expressions.flaw import flaw
from runtime.language.expressions.names import Meaning
from runtime.language.expressions.tree import Call, Name, Node
from runtime.language.expressions.types import ANY, LABELS, TEXT, list_of
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class Part:
    """An expression of the text: the whole, or one of its holes; `start` is where its source begins."""

    start: int
    tree: Expression
    checked: Checked


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text, from `start` to `end`, that means something."""

    start: int
    end: int
    path: str
    label: str


@dataclass(frozen=True)
class Report:
    """What was found. Positions are characters of `source`."""

    source: str
    problems: tuple[Flaw, ...]
    #: None if the text cannot be read.
    type: Type | None
    parts: tuple[Part, ...]
    names: tuple[Named, ...]
    words: str

    @property
    def ok(self) -> bool:
        """Whether the place would take it."""
        return not self.problems


def examine(source: str, want: str, at: Standpoint) -> Report:
    """Return the report on a text of a place that asks for `want` ("boolean", "number" …; "" for any)."""
    labels = Labels(at)
    try:
        parts, problems = _parts(source, want, at)
    except ExpressionError as error:
        return Report(source, error.problems, None, (), (), "")
    kind = TEXT if at.template else parts[0].checked.type
    names = tuple(
        Named(part.start + node.start, part.start + node.end, node.dotted, labels.name(meaning, rows=rows))
        for part in parts
        for node, meaning, rows, _loop in names_in(part, at.row or "")
    )
    return Report(source, problems, kind, parts, names, expression_words(source, labels))


def names_in(part: Part, row: str) -> Iterator[tuple[Name, Meaning, str, bool]]:
    """Yield the names that mean something, in order: node, meaning, the sub-table that `row` is of there, and
    whether a function runs over its rows."""
    waiting: list[tuple[Node, str, bool]] = [(part.tree.root, row, False)]
    while waiting:
        node, rows, loop = waiting.pop()
        if isinstance(node, Name) and (meaning := part.checked.meanings.get(id(node))):
            yield node, meaning, rows, loop
        below = [(one, rows, loop) for one in node.parts()]
        if isinstance(node, Call) and len(node.args) > 1 and isinstance(node.args[0], Name):
            function = FUNCTIONS.get(node.name)
            if function is not None and part.checked.types.get(id(node.args[0]), ANY).kind == "rows":
                inside = node.args[0].path[-1]
                below = [below[0], *((one, inside, True) for one in node.parts()[1:])]
        waiting.extend(reversed(below))


def wanted(want: str) -> Type | None:
    """Return the type that a place asks for by its word; None for any."""
    if want not in LABELS or want == "any":
        return None
    return list_of(ANY) if want == "list" else Type(want)


def _parts(source: str, want: str, at: Standpoint) -> tuple[tuple[Part, ...], tuple[Flaw, ...]]:
    if at.template:
        holes = parse_template(source).holes
        parts = tuple(Part(one.start, one.tree, check(one.tree, names=at.names)) for one in holes)
    else:
        tree = parse(source)
        parts = (Part(0, tree, check(tree, names=at.names, want=wanted(want))),)
    problems = [one.moved(part.start) for part in parts for one in part.checked.problems]
    if not problems:
        problems = [one.moved(part.start) for part in parts for one in _beyond_types(part.tree, at)]
    return parts, tuple(problems)


def _beyond_types(tree: Expression, at: Standpoint) -> Iterator[Flaw]:
    """Yield what else keeps the place from taking an expression: no database can test it, no such pack."""
    if at.subset:
        try:
            filter_of(tree, names=at.names)
        except ExpressionError as error:
            yield from error.problems
            return
    packs = {"", at.scope.app.code, *at.scope.app.manifest.requires}
    for table, _column in sorted(references(tree, names=at.names).tables):
        pack = table.rpartition("/")[0]
        if pack not in packs:
            message = _("用到应用 %(app)s，请先在应用的依赖中加上它", app=pack)
            yield flaw(code="not_required", start=0, end=len(tree.source), found="", message=message)
            return
