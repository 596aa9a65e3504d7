"""Registries: ordered, explicit, closed at start. Adding a word touches its module and one line."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Generic, TypeVar

from runtime.language.speech import _
from runtime.language.vocabulary import (
    ActionWord,
    FieldKind,
    NodeWord,
    Of,
    SourceWord,
    Vocabulary,
    Word,
)

__all__ = [
    "ActionWord",
    "FieldKind",
    "NodeWord",
    "Of",
    "Registry",
    "SourceWord",
    "UnknownCode",
    "Vocabulary",
    "Word",
]

T = TypeVar("T", bound=Word)


class UnknownCode(KeyError):
    """A code that no entry of a registry has."""

    def __init__(self, registry: str, code: str, nearest: str | None) -> None:
        super().__init__(code)
        self.registry = registry
        self.code = code
        self.nearest = nearest

    def __str__(self) -> str:
        """Return which registry was asked for what, and what was probably meant."""
        registry = _(self.registry)
        if not self.nearest:
            return _("%(registry)s 中没有 %(code)s", registry=registry, code=self.code)
        return _(
            "%(registry)s 中没有 %(code)s，是否想写 %(nearest)s",
            registry=registry,
            code=self.code,
            nearest=self.nearest,
        )


class Registry(Generic[T]):
    """A fixed list of entries, found by their code, in the order given."""

    def __init__(self, name: str, entries: Iterable[T]) -> None:
        """Close the registry over `entries`.

        :raises ValueError: if two entries have the same code.
        """
        self.name = name
        self._entries: dict[str, T] = {}
        for entry in entries:
            if entry.code in self._entries:
                raise ValueError(f"{name}: {entry.code} is registered twice")
            self._entries[entry.code] = entry

    def get(self, code: str) -> T | None:
        """Return the entry named `code`, or None."""
        return self._entries.get(code)

    def require(self, code: str) -> T:
        """Return the entry named `code`.

        :raises UnknownCode: if there is none; it carries the nearest known code.
        """
        entry = self._entries.get(code)
        if entry is None:
            raise UnknownCode(self.name, code, self.nearest(code))
        return entry

    def codes(self) -> tuple[str, ...]:
        """Return all codes, in order."""
        return tuple(self._entries)

    def nearest(self, code: str) -> str | None:
        """Return the known code most like `code`, or None if nothing resembles it."""
        return next(iter(get_close_matches(code, self._entries, n=1)), None)

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, code: object) -> bool:
        return code in self._entries
