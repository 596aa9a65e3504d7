"""What an edit changed, small enough to keep for each edit, and good in both directions.

Lists and mappings are both read as rows of entries, because the order of keys is part of a document. Where
two rows differ in the middle, that middle is exchanged; where only values inside differ, it goes deeper.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Keys and numbers from the root of a document.
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """At `steps`, the entries from `at` on: `before` becomes `after`.

    Of a list the entries are its items; of a mapping pairs of key and value; without `at` the whole value.
    """

    steps: Steps
    at: int | None
    before: Any
    after: Any


Patch = tuple[Exchange, ...]


def difference(before: Any, after: Any) -> Patch:
    """Return what makes `after` of `before`; empty if they are equal, the order of keys included."""
    return tuple(_differences(before, after, ()))


def patched(document: Any, patch: Patch) -> Any:
    """Return the document with the patch applied; it must be the one that the patch was made from."""
    for one in patch:
        document = _exchanged(document, one.steps, one)
    return document


def reversed_patch(patch: Patch) -> Patch:
    """Return the patch that takes this one back."""
    return tuple(Exchange(one.steps, one.at, one.after, one.before) for one in reversed(patch))


def patch_to_plain(patch: Patch) -> list[Any]:
    """Return the patch as plain values, to be kept as JSON."""
    return [[list(one.steps), one.at, one.before, one.after] for one in patch]


def patch_from_plain(plain: Sequence[Sequence[Any]]) -> Patch:
    """Return what `patch_to_plain` wrote."""
    return tuple(Exchange(tuple(steps), at, before, after) for steps, at, before, after in plain)


def _differences(before: Any, after: Any, steps: Steps) -> Iterator[Exchange]:
    if before is after or (type(before) is type(after) and not _nested(before) and before == after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_rows(_pairs(before), _pairs(after), steps, keyed=True)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_rows(before, after, steps, keyed=False)
    else:
        yield Exchange(steps, None, before, after)


def _of_rows(before: list[Any], after: list[Any], steps: Steps, *, keyed: bool) -> Iterator[Exchange]:
    same = _same_key if keyed else _equal
    first = _common(before, after, same)
    last = _common(before[first:][::-1], after[first:][::-1], same)
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    if keyed:
        common = [*zip(before[:first], after[:first], strict=True)]
        common += [*zip(before[len(before) - last :], after[len(after) - last :], strict=True)]
        for (key, one), (_, other) in common:
            yield from _differences(one, other, (*steps, key))
    elif len(old) == len(new) and all(map(_alike, old, new)):
        for at, (one, other) in enumerate(zip(old, new, strict=True), start=first):
            yield from _differences(one, other, (*steps, at))
        return
    if old or new:
        yield Exchange(steps, first, old, new)


def _exchanged(document: Any, steps: Steps, one: Exchange) -> Any:
    if steps:
        step, rest = steps[0], steps[1:]
        if isinstance(document, Mapping):
            return {
                key: _exchanged(value, rest, one) if key == step else value for key, value in document.items()
            }
        return [_exchanged(value, rest, one) if at == step else value for at, value in enumerate(document)]
    if one.at is None:
        return one.after
    entries = _pairs(document) if isinstance(document, Mapping) else document
    made = [*entries[: one.at], *one.after, *entries[one.at + len(one.before) :]]
    return dict(made) if isinstance(document, Mapping) else made


def _pairs(document: Mapping[str, Any]) -> list[Any]:
    return [[key, value] for key, value in document.items()]


def _common(before: Sequence[Any], after: Sequence[Any], same: Any) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if not same(one, other):
            break
        count += 1
    return count


def _same_key(one: Any, other: Any) -> bool:
    return bool(one[0] == other[0])


def _alike(one: Any, other: Any) -> bool:
    """Tell whether two items are the same thing, changed: then the patch goes into it."""
    return isinstance(one, Mapping) and isinstance(other, Mapping) and one.get("code") == other.get("code")


def _equal(one: Any, other: Any) -> bool:
    """Tell whether two values are the same, also in the order of their keys, and True is not 1."""
    if one is other:
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return len(one) == len(other) and all(map(_equal, _pairs(one), _pairs(other)))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return type(one) is type(other) and bool(one == other)


def _nested(value: Any) -> bool:
    return isinstance(value, Mapping | list)
