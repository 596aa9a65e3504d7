"""Why something is not done: small exceptions, raised where the reason is known."""

from collections.abc import Iterable

from runtime.language.problem import Problem
from runtime.language.speech import _


class Refused(Exception):
    """The action is not allowed now; nothing has changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotFound(Refused):
    """It does not exist, or the person may not know of it."""


class Forbidden(Refused):
    """The person may see it but not do this; the message says what would allow it."""


class Conflict(Refused):
    """Somebody was faster, or the state has moved on; the message names who or what."""


class InvalidAnswers(Refused):
    """The data given is not acceptable; carries every problem, each with the place it belongs to."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0].message if self.problems else ""
        super().__init__("invalid", _("请更正标出的内容：%(problem)s", problem=first))
