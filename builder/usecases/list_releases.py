"""The releases of an app, and two states of it side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from builder.compare.change import Change
from builder.compare.lines import FileChange, compared
from builder.compare.objects import changes
from builder.edits.documents import Documents
from builder.packs.texts import texts_of
from builder.store import drafts
from builder.store.standing_rows import running_cases
from builder.usecases.designing import designer
from builder.usecases.open_draft import OpenedDraft, opened
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.store import releases
from runtime.store.reading import reading
from runtime.store.releases import Release
from runtime.store.session import Session

#: How a page names the draft among the numbers of releases.
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release."""

    release: Release
    by: str
    #: Cases under way that began with it.
    running: int
    current: bool


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases of an app, newest first, and its draft."""

    opened: OpenedDraft
    lines: tuple[ReleaseLine, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of an app; each is named by the number of its release, or is the draft."""

    opened: OpenedDraft
    before: str
    after: str
    #: All that may be chosen: numbers, newest first.
    numbers: tuple[int, ...]
    files: tuple[FileChange, ...]
    changes: tuple[Change, ...]


def list_releases(*, session: Session, actor: int, app: str) -> Releases:
    """Return the releases of an app.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        who = designer(tx, actor=actor)
        found = opened(tx, actor=actor, app=app)
        running = running_cases(tx, app)
        current = found.current.id if found.current else None
        lines = tuple(
            ReleaseLine(one, who.name_of(one.created_by), running.get(one.number, 0), one.id == current)
            for one in releases.releases(tx, app)
        )
        return Releases(found, lines)


def compare_releases(*, session: Session, actor: int, app: str, before: str, after: str) -> Comparison:
    """Return what differs between two releases of an app, or between a release and the draft.

    An empty name stands for the newest release (before) and the draft (after).

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app or release.
    """
    with reading(session) as tx:
        found = opened(tx, actor=actor, app=app)
        known = {one.number: one.id for one in releases.releases(tx, app)}
        before = before or (str(max(known)) if known else DRAFT)
        after = after or DRAFT
        old, new = (_documents(tx, found, known, one) for one in (before, after))
        return Comparison(
            opened=found,
            before=before,
            after=after,
            numbers=tuple(known),
            files=compared(texts_of(old), texts_of(new)),
            changes=changes(old, new),
        )


def _documents(tx: Session, found: OpenedDraft, known: Mapping[int, int], name: str) -> Documents:
    if name == DRAFT:
        return found.draft.documents
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 10 else 0
    if number not in known:
        raise NotFound("no_such_release", _("没有这个版本。"))
    return drafts.of_release(tx, known[number])
