"""Which edit undo takes back and redo makes again, file by file.

Undoing on the page of one object takes back what was done to that object. An edit that touched several files
(a renamed field, a copied flow) is undone in all of them, and only if nothing came after it in any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit that was made. Numbers rise with time."""

    number: int
    files: frozenset[str]
    #: Taken back, and may be made again.
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The edit that undo or redo is about; `blocked` names a file in which others must go first."""

    number: int
    blocked: str = ""


def undoable(entries: Sequence[Entry], file: str) -> Step | None:
    """Return the last edit of a file that stands, None if there is none."""
    own = [one for one in entries if file in one.files and not one.undone]
    if not own:
        return None
    last = max(own, key=lambda one: one.number)
    return Step(last.number, _later(entries, last))


def redoable(entries: Sequence[Entry], file: str) -> Step | None:
    """Return the first edit of a file that was taken back, None if there is none."""
    own = [one for one in entries if file in one.files and one.undone]
    if not own:
        return None
    first = min(own, key=lambda one: one.number)
    return Step(first.number, _earlier(entries, first))


def lost(entries: Sequence[Entry], files: Iterable[str]) -> frozenset[int]:
    """Return the undone edits that a new edit of `files` ends for good: what they were made on is gone."""
    #: From which number on the edits of a file are gone.
    since = dict.fromkeys(files, 0)
    gone: set[int] = set()
    for one in sorted(entries, key=lambda one: one.number):
        if one.undone and any(since.get(file, one.number) < one.number for file in one.files):
            gone.add(one.number)
            # An edit made after one that is gone was made on it; one before it was not.
            for file in one.files:
                since.setdefault(file, one.number)
    return frozenset(gone)


def _later(entries: Iterable[Entry], edit: Entry) -> str:
    after = (one for one in entries if not one.undone and one.number > edit.number)
    return next((file for one in after for file in sorted(one.files & edit.files)), "")


def _earlier(entries: Iterable[Entry], edit: Entry) -> str:
    before = (one for one in entries if one.undone and one.number < edit.number)
    return next((file for one in before for file in sorted(one.files & edit.files)), "")
