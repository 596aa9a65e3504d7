"""Documents with some of their values rewritten; what did not change stays the same object."""

from collections.abc import Callable, Mapping
from typing import Any

Change = Callable[[Any], Any]


def with_keys(value: Any, changes: Mapping[str, Change]) -> Any:
    """Return a mapping with the values of these keys rewritten; anything else as it is."""
    if not isinstance(value, Mapping):
        return value
    made = {key: changes[key](one) if key in changes else one for key, one in value.items()}
    return value if all(made[key] is value[key] for key in made) else made


def each(change: Change) -> Change:
    """Return what rewrites every item of a list, and leaves anything else alone."""

    def rewrite(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        made = [change(one) for one in value]
        return value if all(one is other for one, other in zip(made, value, strict=True)) else made

    return rewrite


def every_value(change: Change) -> Change:
    """Return what rewrites every value of a mapping, and leaves anything else alone."""

    def rewrite(value: Any) -> Any:
        return with_keys(value, dict.fromkeys(value, change)) if isinstance(value, Mapping) else value

    return rewrite


def every_key(change: Callable[[str], str]) -> Change:
    """Return what rewrites every key of a mapping, in place; anything else is left alone."""
    named = texts(change)

    def rewrite(value: Any) -> Any:
        if not isinstance(value, Mapping) or all(named(key) == key for key in value):
            return value
        return {named(key): one for key, one in value.items()}

    return rewrite


def both(first: Change, second: Change) -> Change:
    """Return what rewrites by one and then by the other."""
    return lambda value: second(first(value))


def texts(change: Callable[[str], str]) -> Change:
    """Return what rewrites a text, and leaves anything else alone."""

    def rewrite(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        made = change(value)
        return value if made == value else made

    return rewrite
