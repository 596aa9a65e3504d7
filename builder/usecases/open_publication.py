"""What publishing a draft would bring: problems, changes, what they mean for rows and running cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from builder.compare.change import Change
from builder.compare.impact import Question, questions
from builder.compare.objects import changes
from builder.compare.three import Meeting, Side, met
from builder.store import draft_files, drafts, standing_rows
from builder.store.checking import checked
from builder.store.drafts import Draft
from builder.store.standing_rows import StandingRows, running_cases
from builder.usecases.open_draft import OpenedDraft, opened
from runtime.language.directory import Directory
from runtime.language.parts import MANIFEST
from runtime.language.problem import Problem
from runtime.packs.world import world
from runtime.running.slots import Filling, fillings
from runtime.store import directory as directories
from runtime.store.reading import reading
from runtime.store.session import Session

#: Counts of one page; changes beyond are told without.
_MOST_QUESTIONS = 200

#: Object, part, what happened → rows.
Counts = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, slots=True)
class Publication:
    """A draft on its way to become a release."""

    opened: OpenedDraft
    #: What the page posts back: another one means that somebody has changed something since.
    stamp: str
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    counts: Counts
    #: Files with rows and fixtures that are others than those of the release.
    data: tuple[str, ...]
    #: Rows and fixtures that have no place any more.
    left_out: tuple[str, ...]
    slots: tuple[Filling, ...]
    directory: Directory
    #: Cases under way by number of their release.
    running: Mapping[int, int]
    version: str
    #: Set if somebody published since the draft was begun.
    meeting: Meeting | None = field(default=None)


def open_publication(*, session: Session, actor: int, app: str) -> Publication:
    """Return what publishing the draft of an app would bring.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        found = opened(tx, actor=actor, app=app)
        draft, meeting = found.draft, meeting_of(tx, found.draft, found.current.id if found.current else None)
        released = draft.released
        if meeting is not None and found.current is not None:
            released = drafts.of_release(tx, found.current.id)
            draft = replace(draft, documents=meeting.documents)
        check = checked(tx, draft)
        told = changes(released, draft.documents)
        directory = directories.today(tx)
        return Publication(
            opened=found,
            stamp=found.stamp,
            problems=check.problems,
            changes=told,
            counts=_counts(tx, app, told),
            data=draft_files.changed(tx, app) if draft.data else (),
            left_out=check.left_out,
            slots=fillings(check.app, directory) if check.app else (),
            directory=directory,
            running=running_cases(tx, app),
            version=next_version(_version(released), _version(draft.documents)),
            meeting=meeting,
        )


def meeting_of(
    tx: Session, draft: Draft, current: int | None, chosen: Mapping[str, str] | None = None
) -> Meeting | None:
    """Return draft and current release brought together, None if the draft was begun on that release."""
    if current is None or draft.base == current:
        return None
    sides: dict[str, Side] = {
        file: "theirs" if side == "theirs" else "mine" for file, side in (chosen or {}).items()
    }
    return met(draft.released, draft.documents, drafts.of_release(tx, current), sides)


def next_version(current: str, drafted: str) -> str:
    """Return the version to propose: what the draft says, or the current one with its last number raised."""
    if not current or drafted != current:
        return drafted
    head, dot, last = current.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isascii() and last.isdigit() else current


def _version(documents: Mapping[str, object]) -> str:
    manifest = documents.get(MANIFEST)
    return str(manifest.get("version") or "") if isinstance(manifest, dict) else ""


def _counts(tx: Session, app: str, told: tuple[Change, ...]) -> Counts:
    rows = StandingRows(tx, app)
    found = questions(told, app=app, apps=world(tx).apps.values())
    asked = [one for one, _ in zip(found, range(_MOST_QUESTIONS), strict=False)]
    answers = rows.answers([_asked(rows, one) for one in asked])
    return {(one.object, one.part, one.do): number for one, number in zip(asked, answers, strict=True)}


def _asked(rows: StandingRows, one: Question) -> standing_rows.Counts:
    if one.ask == "using":
        return rows.using(one.places, one.values)
    counts = {"filled": rows.filled, "empty": rows.empty, "twice": rows.twice, "all": rows.all}
    return counts[one.ask](one.places[0])
