"""A draft as the edits see it: the documents of one app by file, as plain values that may be incomplete.

Documents are never changed in place: an edit returns new ones, and what it left alone is the same object.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.parts import PARTS, Part, part_of

Documents = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an object stands in a draft."""

    kind: str
    file: str
    #: Its number in a file of several; None if it has the file for itself.
    index: int | None
    document: Mapping[str, Any]

    @property
    def place(self) -> tuple[int, ...]:
        """Return the place of the object in its file."""
        return () if self.index is None else (self.index,)

    @property
    def name(self) -> str:
        """Return its code (of a walk-through: its name), empty if it has none."""
        return name_in(part_named(self.kind), self.document)


def part_named(kind: str) -> Part:
    """Return the part of this kind: "form", "flow" …

    :raises KeyError: if there is none.
    """
    return _PARTS[kind]


def name_in(part: Part, document: Mapping[str, Any]) -> str:
    """Return the name of an object, empty where it has none (yet)."""
    found = document.get(part.name) if part.name else None
    return found if isinstance(found, str) else ""


def standing(documents: Documents, *kinds: str) -> Iterator[Standing]:
    """Yield the objects of these kinds, file by file in the order of their names; without kinds all."""
    for file in sorted(documents):
        part = part_of(file)
        if part is None or (kinds and part.kind not in kinds):
            continue
        document = documents[file]
        if isinstance(document, Mapping):
            yield Standing(part.kind, file, None, document)
        elif isinstance(document, list):
            for index, one in enumerate(document):
                if isinstance(one, Mapping):
                    yield Standing(part.kind, file, index, one)


def find(documents: Documents, kind: str, name: str) -> Standing | None:
    """Return the object of this kind and name, None if there is none."""
    return next((one for one in standing(documents, kind) if one.name == name), None)


def with_file(documents: Documents, file: str, document: Any) -> dict[str, Any]:
    """Return the documents with this one; None takes the file out."""
    kept = {name: one for name, one in documents.items() if name != file or document is not None}
    return kept if document is None else {**kept, file: document}


def changed_files(before: Documents, after: Documents) -> tuple[str, ...]:
    """Return the files that differ, by identity: an edit returns what it left alone as it was."""
    names = sorted(before.keys() | after.keys())
    return tuple(name for name in names if before.get(name) is not after.get(name))


_PARTS = {part.kind: part for part in PARTS}
