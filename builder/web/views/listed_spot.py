"""Which object of a file of several a page is about, also after it was renamed, moved or taken out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from builder.edits.documents import Documents, Standing, standing

#: How often a name stands, by file and name.
Counts = Counter[tuple[str, str]]


def rule_key(one: Standing, names: Counts) -> str:
    """Return what names a rule in an address: its code, or file and number where that is not enough."""
    return one.name if one.name and sum(_of(names, one.name)) == 1 else numbered(one)


def counts(documents: Documents, kind: str) -> Counts:
    """Return how often each name stands in each file."""
    return Counter((one.file, one.name) for one in standing(documents, kind))


def numbered(one: Standing) -> str:
    """Return what names any object in an address: file and number."""
    return f"{stem(one.file)}.{one.index or 0}"


def stem(file: str) -> str:
    """Return the name of a file without folder and ending."""
    return file.rpartition("/")[2].removesuffix(".yaml")


def find_listed(documents: Documents, kind: str, key: str) -> Standing | None:
    """Return the object that an address names, None if there is none."""
    return next((one for one in standing(documents, kind) if key in _keys(one)), None)


def shown_in(documents: Documents, kind: str, view: Mapping[str, Any]) -> Standing | None:
    """Return the object that a page shows: by its key, else what stands where it stood."""
    key, file, at = view.get("key"), view.get("file"), view.get("at")
    rules = list(standing(documents, kind))
    here = [one for one in rules if one.file == file]
    for one in (*here, *rules):
        if isinstance(key, str) and key and key in _keys(one):
            return one
    if not here or not isinstance(at, int):
        return rules[0] if rules else None
    return here[max(0, min(at, len(here) - 1))]


def place_of(one: Standing, names: Counts) -> list[str | int]:
    """Return the place of an object in its file: by its name, which stays true while others reorder."""
    if one.index is None:
        return []
    return [one.name] if one.name and names[one.file, one.name] == 1 else [one.index]


def _of(names: Counts, name: str) -> Iterator[int]:
    return (count for (_file, known), count in names.items() if known == name)


def _keys(one: Standing) -> Iterator[str]:
    if one.name:
        yield one.name
    yield numbered(one)
