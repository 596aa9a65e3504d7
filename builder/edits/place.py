"""Places inside a document, and documents with one place changed.

A step is a key of a mapping, the number of a list's item, or the name of an item: what its `code`, `value` or
`name` says. Names stay true while others reorder the list, numbers do not.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from runtime.language.refusal import Conflict
from runtime.language.speech import _

Step = str | int
Place = tuple[Step, ...]

#: Most steps to a place: documents are no deeper.
DEEPEST = 24
#: What names an item of a list, first that is there.
_NAMES = ("code", "value", "name", "section")


def value_at(document: Any, place: Place, *, default: Any = None) -> Any:
    """Return what stands at a place, `default` if nothing does."""
    for step in place:
        key = _key(document, step)
        if key is None:
            return default
        document = document[key]
    return document


def with_value(document: Any, place: Place, value: Any) -> Any:
    """Return the document with `value` at a place; a mapping gets a key it had not.

    :raises Conflict: if the way to the place does not exist (any more).
    """
    if not place:
        return value
    step, *rest = place
    if isinstance(document, Mapping) and isinstance(step, str):
        if rest and step not in document:
            raise gone(place)
        return {**document, step: with_value(document.get(step), tuple(rest), value)}
    key = _key(document, step)
    if key is None:
        raise gone(place)
    return [with_value(one, tuple(rest), value) if at == key else one for at, one in enumerate(document)]


def without(document: Any, place: Place) -> Any:
    """Return the document without what stands at a place; one that is not there is no problem.

    :raises Conflict: if the way to it does not exist (any more).
    """
    *way, step = place
    around = value_at(document, tuple(way))
    key = _key(around, step)
    if key is None:
        if around is None and way:
            raise gone(place)
        return document
    if isinstance(around, Mapping):
        return with_value(document, tuple(way), {name: one for name, one in around.items() if name != key})
    return with_value(document, tuple(way), [one for at, one in enumerate(around) if at != key])


def index_of(items: Sequence[Any], step: Step) -> int | None:
    """Return the number of a list's item, None if there is none."""
    key = _key(list(items), step)
    return key if isinstance(key, int) else None


def gone(place: Place) -> Conflict:
    """Return what to raise when somebody else has taken away what an edit is about."""
    where = " › ".join(str(step) for step in place)
    return Conflict("place_gone", _("“%(place)s”已经不在了，可能刚被别人删除或改名。", place=where))


def _key(around: Any, step: Step) -> Step | None:
    """Return the step as `around` knows it, None if it does not."""
    if isinstance(around, Mapping):
        return step if step in around else None
    if not isinstance(around, list):
        return None
    if isinstance(step, int):
        return step if 0 <= step < len(around) else None
    for at, one in enumerate(around):
        named = next((one[name] for name in _NAMES if name in one), None) if isinstance(one, Mapping) else one
        if named == step:
            return at
    return None
