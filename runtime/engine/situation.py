"""What an action sees of a case: its own path, nothing in proportion to the case's size."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from runtime.engine.state import State
from runtime.language.directory import Directory


@dataclass(frozen=True, slots=True)
class Situation:
    """The case row, the acting visit and the scopes on its path, and who acts on which of its tasks.

    `visit` is None for what concerns the case as a whole: a first submission, withdrawing, terminating.
    """

    app: str
    initiator: str
    state: State
    #: Number of the acting task's visit.
    visit: int | None = None
    #: Whose task it is; the actor may act for them.
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A human node that this token or one of its ancestors has completed."""

    visit: int
    node: str
    path: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A moment at which rules may fire."""

    on: str
    path: str
    visit: int
    #: `service` nodes name their rules; None means every rule whose `on` is this moment.
    rules: tuple[str, ...] | None = None
    #: Fields of the moment that rules may want, e.g. who returned.
    detail: Mapping[str, Any] = field(default_factory=dict)


class Ports(Protocol):
    """How the engine asks about the world; whatever is answered goes into the moves."""

    @property
    def directory(self) -> Directory:
        """The organisation as it is now."""

    def holds(self, condition: Any) -> bool:
        """Return whether a compiled condition holds for the record now."""

    def value(self, field: str) -> Any:
        """Return the record's value of a field, `sub.column` as a list."""

    def handlers(self, visit: int) -> tuple[str, ...]:
        """Return who finished a task in this visit in favour, in order."""

    def earlier(self) -> frozenset[str]:
        """Return who approved in this case since the last return or submission."""

    def passed(self, path: str) -> tuple[Passed, ...]:
        """Return the human nodes completed at `path` or above it that still count, oldest first."""

    def fire(self, trigger: Trigger) -> tuple[Any, ...]:
        """Run the rules of this moment, in the same transaction; return a line per effect.

        :raises Refused: if a guard fails; nothing of the action happens then.
        """

    def invert(self, path: str, since_visit: int) -> tuple[Any, ...]:
        """Take back the effects made at or below `path` by visits from `since_visit` on, newest first.

        :raises Refused: if one cannot be taken back; the message shows both values.
        """
