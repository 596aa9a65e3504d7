"""What is wrong with a definition, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it is, and what was expected.

    `path` is `file $.place.in.document` for a pack, `$.place` for a single document.
    """

    #: Stable, snake_case; listed in the reference.
    code: str
    path: str
    #: For people: what was expected and what was found, in the language of who asked.
    message: str
    #: Line in the file, from 1, where it is known; no part of what the problem is.
    line: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Return the one-line form used on a terminal."""
        return f"{self.path}: {self.message} [{self.code}]"


class Problems(Exception):
    """A definition cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
