"""A place in a pack that is being looked at, and what is found there."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from runtime.language.expressions import (
    Expression,
    ExpressionError,
    Flaw,
    Names,
    Type,
    check,
    check_template,
    parse,
    parse_template,
    references,
)
from runtime.language.expressions.subset import filter_of
from runtime.language.place import written
from runtime.language.problem import Problem
from runtime.language.schemas.wrong import meant
from runtime.language.speech import _


@dataclass(frozen=True)
class Spot:
    """One place; `found` is shared by all places of one run."""

    path: str
    #: Packs that may be named from here.
    packs: frozenset[str] = frozenset()
    found: list[Problem] = field(default_factory=list)

    def at(self, *place: str | int) -> "Spot":
        """Return the place below this one."""
        return replace(self, path=self.path + written(place)[1:])

    def problem(self, code: str, message: str) -> None:
        """Note a problem here."""
        self.found.append(Problem(code, self.path, message))

    def unknown(self, message: str, name: str, known: Iterable[str]) -> None:
        """Note with `message` that there is nothing called `name`, and the nearest that there is."""
        self.problem("unknown_reference", message + meant(name, known))

    def expression(self, source: str, names: Names, *, want: Type | None = None) -> Expression | None:
        """Check an expression; return its tree if it is one without problems."""
        tree = self.parsed(source)
        if tree is None:
            return None
        checked = check(tree, names=names, want=want)
        self.flaws(checked.problems)
        self._packs_of(tree, names)
        return tree if not checked.problems else None

    def parsed(self, source: str) -> Expression | None:
        """Return the tree of an expression, None if it is none."""
        try:
            return parse(source)
        except ExpressionError as error:
            self.flaws(error.problems)
            return None

    def filter(self, source: str, names: Names) -> None:
        """Check a condition that the database must be able to test."""
        tree = self.expression(source, names)
        if tree is None:
            return
        try:
            filter_of(tree, names=names)
        except ExpressionError as error:
            self.flaws(error.problems)

    def template(self, source: str, names: Names) -> None:
        """Check a text with `{expression}` holes."""
        try:
            template = parse_template(source)
        except ExpressionError as error:
            self.flaws(error.problems)
            return
        self.flaws(check_template(template, names=names))

    def flaws(self, flaws: Iterable[Flaw]) -> None:
        """Note what is wrong with the expression that stands here."""
        self.found.extend(one.at(self.path) for one in flaws)

    def _packs_of(self, tree: Expression, names: Names) -> None:
        for table, _column in references(tree, names=names).tables:
            pack = table.partition("/")[0] if "/" in table else ""
            if pack and pack not in self.packs:
                self.problem(
                    "not_required", _("用到包 %(pack)s，请在 pack.yaml 的 requires 中写明", pack=pack)
                )
                return
