"""Functions that are chosen by the kind of their first argument: the engine's tables.

`functools.singledispatch` does the same for whole families of classes; here every kind has its own entry, and
looking that up is all it costs, a dozen times an action.
"""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints

P = ParamSpec("P")
R = TypeVar("R")


class ByKind(Generic[P, R]):
    """A function with an entry for each kind; `otherwise` takes the kinds without one."""

    __slots__ = ("_entries", "_otherwise")

    def __init__(self, otherwise: Callable[P, R]) -> None:
        self._otherwise = otherwise
        self._entries: dict[type[Any], Callable[..., R]] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._entries.get(type(args[0]), self._otherwise)(*args, **kwargs)

    def register(self, entry: Callable[..., R]) -> Callable[..., R]:
        """Take the entry of the kind that its first argument names."""
        hints = get_type_hints(entry)
        self._entries[next(iter(hints.values()))] = entry
        return entry

    def knows(self, first: object) -> bool:
        """Say whether the kind of an argument has an entry."""
        return type(first) in self._entries

    @property
    def kinds(self) -> frozenset[type[Any]]:
        """The kinds that have an entry."""
        return frozenset(self._entries)
