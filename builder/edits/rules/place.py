"""Where an object of a file of several stands: rules, walk-throughs."""

from collections.abc import Mapping
from typing import Any

from builder.edits.anywhere import document_of
from builder.edits.documents import Documents, with_file
from builder.edits.place import Place, gone, value_at, without

#: Where no number is taken yet, the first one.
_FIRST = 2


def object_at(documents: Documents, file: str, place: Place) -> Mapping[str, Any]:
    """Return the object at a place of a file: its number or name in a list, none where it stands alone.

    :raises Conflict: if there is none (any more).
    """
    document = document_of(documents, file)
    found = value_at(document, place)
    if not isinstance(found, Mapping) or len(place) != isinstance(document, list):
        raise gone(place or (file,))
    return found


def taken_out_of(documents: Documents, file: str, place: Place) -> Documents:
    """Return the documents without the object at a place; a file goes with its last one.

    :raises Conflict: if it has gone already.
    """
    object_at(documents, file, place)
    left = without(documents[file], place) if place else None
    return with_file(documents, file, left or None)


def put_into(documents: Documents, file: str, value: Mapping[str, Any]) -> Documents:
    """Return the documents with an object at the end of a file, which is made if need be."""
    document = documents.get(file)
    there = document if isinstance(document, list) else [document] if document is not None else []
    return with_file(documents, file, [*there, dict(value)])


def free_name(wanted: str, taken: set[str], *, joint: str = "_") -> str:
    """Return a name like the one wanted that nobody has: `rule`, `rule_2` …"""
    if wanted not in taken:
        return wanted
    number = _FIRST
    while f"{wanted}{joint}{number}" in taken:
        number += 1
    return f"{wanted}{joint}{number}"
