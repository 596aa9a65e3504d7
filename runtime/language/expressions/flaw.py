"""What is wrong with an expression, and where in its text."""

from dataclasses import dataclass, replace
from typing import Self

from runtime.language.problem import Problem
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class Flaw(Problem):
    """A problem inside an expression; `start` and `end` are character offsets into its source."""

    start: int = 0
    end: int = 0

    def at(self, path: str) -> Self:
        """Return the same flaw, of the expression that stands at `path` in a document."""
        return replace(self, path=path)

    def moved(self, offset: int) -> Self:
        """Return the same flaw of a text in which the expression starts `offset` characters later."""
        return replace(self, start=self.start + offset, end=self.end + offset)


def flaw(*, code: str, start: int, end: int, found: str, message: str) -> Flaw:
    """Return a flaw whose message says where, what was found and what was expected.

    Positions count from 1 for people. Long pieces of source are cut.
    """
    piece = found if len(found) <= 40 else found[:39] + "…"
    if piece:
        said = _("第 %(at)s 个字符“%(piece)s”：%(message)s", at=start + 1, piece=piece, message=message)
    else:
        said = _("第 %(at)s 个字符处：%(message)s", at=start + 1, message=message)
    return Flaw(code=f"expression.{code}", path="$", message=said, start=start, end=end)


class ExpressionError(Exception):
    """A text is not an expression, or not one that can be used; carries every flaw found."""

    def __init__(self, *problems: Flaw) -> None:
        super().__init__(_("；").join(one.message for one in problems))
        self.problems = problems

    @property
    def problem(self) -> Flaw:
        """Return the first flaw."""
        return self.problems[0]


class EvaluationError(Exception):
    """An expression met values it cannot work with: stored data of another type, or a result too large."""
