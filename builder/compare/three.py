"""A draft and a release that were both made from the same one, brought together file by file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from builder.edits.documents import Documents

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What came of bringing them together."""

    #: All documents; of a file that both changed, mine as long as nobody has chosen.
    documents: Documents
    #: Files changed only in the draft: carried onto the release.
    carried: tuple[str, ...]
    #: Files changed only in the release: taken over.
    taken: tuple[str, ...]
    #: Files that both changed, each in their own way, and nobody has chosen between.
    conflicts: tuple[str, ...]


def met(
    base: Documents, mine: Documents, theirs: Documents, chosen: Mapping[str, Side] | None = None
) -> Meeting:
    """Return `mine` and `theirs`, both made from `base`, as one; `chosen` decides where both changed a file.

    A file that is missing is a change too: whoever took it out wants it gone.
    """
    decided = chosen or {}
    documents, carried, taken, conflicts = dict[str, object](), list[str](), list[str](), list[str]()
    for file in sorted(base.keys() | mine.keys() | theirs.keys()):
        was, own, other = base.get(file), mine.get(file), theirs.get(file)
        result = own
        if own == other:
            result = other
        elif own == was:
            taken.append(file)
            result = other
        elif other == was:
            carried.append(file)
        elif file in decided:
            result = own if decided[file] == "mine" else other
        else:
            conflicts.append(file)
        if result is not None:
            documents[file] = result
    return Meeting(documents, tuple(carried), tuple(taken), tuple(conflicts))
