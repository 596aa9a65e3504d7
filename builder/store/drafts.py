"""Drafts: the documents of an app as they are being worked on, and the edits that made them so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from builder.edits.documents import Documents, changed_files
from builder.edits.history import Entry, lost
from builder.edits.patch import difference, patch_from_plain, patch_to_plain, patched, reversed_patch
from builder.store.draft_tables import (
    draft,
    draft_change,
    draft_edit,
    draft_file,
    draft_object,
    draft_presence,
)
from runtime.language.dump import from_json, to_json
from runtime.language.yaml_text import read_yaml
from runtime.store import releases
from runtime.store.session import Session
from runtime.store.upsert import insert

#: Edits that can be undone; older ones are forgotten.
MOST_EDITS = 300
#: Who has not asked for this long has gone.
GONE_AFTER = timedelta(seconds=40)

_RELEASED: releases.Compiled[Documents] = releases.Compiled(
    lambda files: {file: read_yaml(text).value for file, text in files.items()}
)


@dataclass(frozen=True, slots=True)
class Changed:
    """Who changed a document last, when, and to which revision."""

    rev: int
    at: datetime
    by: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An app as it is being worked on; without edits it is what its release says."""

    app: str
    documents: Documents
    #: Release that it was begun on, None for a new app.
    base: int | None
    #: By file, those that were changed here.
    changes: Mapping[str, Changed] = field(default_factory=dict)
    #: Documents of the release it was begun on.
    released: Documents = field(default_factory=dict)

    def rev(self, file: str) -> int:
        """Return the revision of a document; 0 is as released."""
        changed = self.changes.get(file)
        return changed.rev if changed else 0

    @property
    def stamp(self) -> str:
        """Return what changes with every edit, undo and redo: two pages with the same one show the same."""
        told = (f"{file}:{one.rev}" for file, one in sorted(self.changes.items()))
        return sha256("\n".join((str(self.base), *told)).encode()).hexdigest()[:16]

    @property
    def touched(self) -> tuple[str, ...]:
        """Return the files that say something else than the release."""
        names = self.changes.keys()
        return tuple(sorted(one for one in names if self.documents.get(one) != self.released.get(one)))


def read(tx: Session, app: str, *, lock: bool = False) -> Draft | None:
    """Return an app's draft; of an installed app without one, what its release says. None: no such app.

    `lock` holds the draft until the commit; it must exist for that (`begin`).
    """
    query = select(draft.c.base_release_id).where(draft.c.app == app)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        current = releases.current(tx, app)
        if current is None:
            return None
        released = of_release(tx, current.id)
        return Draft(app, released, current.id, {}, released)
    released = of_release(tx, row.base_release_id) if row.base_release_id is not None else {}
    documents = dict(released)
    changes = {}
    for one in tx.execute(select(draft_object).where(draft_object.c.app == app)):
        changes[one.file] = Changed(one.rev, one.updated_at, one.updated_by)
        if one.content is None:
            documents.pop(one.file, None)
        else:
            documents[one.file] = from_json(one.content)
    return Draft(app, documents, row.base_release_id, changes, released)


def of_release(tx: Session, release_id: int) -> Documents:
    """Return the documents of a release, read once per process; they are not to be changed.

    :raises NotFound: if there is no such release.
    """
    return _RELEASED.of(tx, release_id)


def begin(tx: Session, app: str, *, base: int | None, by: int, at: datetime) -> None:
    """Enter a draft of an app, if it has none."""
    row = {"app": app, "base_release_id": base, "created_at": at, "created_by": by}
    made = insert(tx, draft).values(**row, updated_at=at, updated_by=by)
    tx.execute(made.on_conflict_do_nothing(index_elements=["app"]))


def keep(
    tx: Session, before: Draft, after: Documents, *, label: str, by: int, at: datetime
) -> tuple[str, ...]:
    """Keep what an edit made of a locked draft, as one revision; return the files it changed."""
    files = changed_files(before.documents, after)
    if not files:
        return ()
    _forget(tx, lost(entries(tx, before.app), files))
    values = {"app": before.app, "label": label[:200], "at": at, "by": by, "undone": False}
    number = tx.execute(draft_edit.insert().values(**values).returning(draft_edit.c.id)).scalar_one()
    for file in files:
        patch = difference(before.documents.get(file), after.get(file))
        row = {"edit_id": number, "file": file, "patch": to_json(patch_to_plain(patch))}
        tx.execute(draft_change.insert().values(**row))
    _write(tx, before, {file: after.get(file) for file in files}, by=by, at=at)
    _forget_old(tx, before.app)
    return files


def turn(tx: Session, before: Draft, number: int, *, undo: bool, by: int, at: datetime) -> tuple[str, ...]:
    """Take an edit of a locked draft back, or make it again; return the files that changed."""
    found = tx.execute(select(draft_change).where(draft_change.c.edit_id == number)).all()
    written = {}
    for one in found:
        patch = patch_from_plain(from_json(one.patch))
        made = patched(before.documents.get(one.file), reversed_patch(patch) if undo else patch)
        written[one.file] = made
    _write(tx, before, written, by=by, at=at)
    tx.execute(update(draft_edit).where(draft_edit.c.id == number).values(undone=undo))
    return tuple(sorted(written))


def entries(tx: Session, app: str) -> list[Entry]:
    """Return the edits of a draft that are remembered, oldest first."""
    query = (
        select(draft_edit.c.id, draft_edit.c.undone, draft_change.c.file)
        .join(draft_change, draft_change.c.edit_id == draft_edit.c.id)
        .where(draft_edit.c.app == app)
        .order_by(draft_edit.c.id)
    )
    files: dict[int, set[str]] = {}
    undone: dict[int, bool] = {}
    for number, taken_back, file in tx.execute(query):
        files.setdefault(number, set()).add(file)
        undone[number] = taken_back
    return [Entry(number, frozenset(own), undone[number]) for number, own in files.items()]


def label_of(tx: Session, number: int) -> str:
    """Return what an edit did, as people read it."""
    return str(tx.scalar(select(draft_edit.c.label).where(draft_edit.c.id == number)) or "")


def rebase(tx: Session, before: Draft, after: Documents, *, base: int, by: int, at: datetime) -> None:
    """Go on with a locked draft as one of release `base`, with the documents `after`.

    What was done before cannot be undone any more: it was done to other documents.
    """
    _forget(tx, (one.number for one in entries(tx, before.app)))
    written = {file: after.get(file) for file in changed_files(before.documents, after)}
    _write(tx, before, written, by=by, at=at)
    tx.execute(update(draft).where(draft.c.app == before.app).values(base_release_id=base))


def drop(tx: Session, app: str) -> None:
    """Throw a draft away; the release stays as it is."""
    edits = select(draft_edit.c.id).where(draft_edit.c.app == app)
    tx.execute(delete(draft_change).where(draft_change.c.edit_id.in_(edits)))
    for table in (draft_edit, draft_object, draft_file, draft):
        tx.execute(delete(table).where(table.c.app == app))


def all_drafts(tx: Session) -> Sequence[tuple[str, int | None, datetime, int, int]]:
    """Return app, base release, last change, by whom, and count of changed files of every draft."""
    count = (
        select(func.count())
        .select_from(draft_object)
        .where(draft_object.c.app == draft.c.app)
        .scalar_subquery()
    )
    columns = (draft.c.app, draft.c.base_release_id, draft.c.updated_at, draft.c.updated_by, count)
    return [tuple(row) for row in tx.execute(select(*columns).order_by(draft.c.app))]


def manifest_of(tx: Session, app: str) -> Mapping[str, Any]:
    """Return the manifest of a draft if it was changed there, else nothing."""
    query = _content(app, "pack.yaml")
    text = tx.scalar(query)
    found: Mapping[str, Any] = from_json(text) if text else {}
    return found


def seen(tx: Session, app: str, file: str, *, person: int, at: datetime) -> tuple[int, ...]:
    """Note that somebody has a document open; return who else has."""
    row = {"app": app, "file": file, "person": person, "seen_at": at}
    made = insert(tx, draft_presence).values(**row)
    tx.execute(made.on_conflict_do_update(index_elements=["app", "file", "person"], set_={"seen_at": at}))
    tx.execute(delete(draft_presence).where(draft_presence.c.seen_at < at - GONE_AFTER))
    others = select(draft_presence.c.person).where(
        draft_presence.c.app == app, draft_presence.c.file == file, draft_presence.c.person != person
    )
    return tuple(tx.scalars(others.order_by(draft_presence.c.person)))


def _content(app: str, file: str) -> Select[Any]:
    return select(draft_object.c.content).where(draft_object.c.app == app, draft_object.c.file == file)


def _write(tx: Session, before: Draft, documents: Mapping[str, Any], *, by: int, at: datetime) -> None:
    for file, document in documents.items():
        content = None if document is None else to_json(document)
        row = {"content": content, "rev": before.rev(file) + 1, "updated_at": at, "updated_by": by}
        made = insert(tx, draft_object).values(app=before.app, file=file, **row)
        tx.execute(made.on_conflict_do_update(index_elements=["app", "file"], set_=row))
    tx.execute(update(draft).where(draft.c.app == before.app).values(updated_at=at, updated_by=by))


def _forget(tx: Session, numbers: Iterable[int]) -> None:
    listed = sorted(numbers)
    if listed:
        tx.execute(delete(draft_change).where(draft_change.c.edit_id.in_(listed)))
        tx.execute(delete(draft_edit).where(draft_edit.c.id.in_(listed)))


def _forget_old(tx: Session, app: str) -> None:
    kept = select(draft_edit.c.id).where(draft_edit.c.app == app).order_by(draft_edit.c.id.desc())
    oldest = tx.scalar(kept.offset(MOST_EDITS).limit(1))
    if oldest is not None:
        old = select(draft_edit.c.id).where(draft_edit.c.app == app, draft_edit.c.id <= oldest)
        _forget(tx, tx.scalars(old).all())
