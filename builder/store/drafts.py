"""Drafts: the documents of an app as they are being worked on, and the edits that made them so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, case, delete, func, literal, select, update

from builder.edits.documents import Documents, changed_files
from builder.edits.history import lost
from builder.edits.patch import difference, patch_from_plain, patch_to_plain, patched, reversed_patch
from builder.store.draft_edits import entries, forget, forget_old
from builder.store.draft_tables import (
    draft,
    draft_change,
    draft_edit,
    draft_file,
    draft_floor,
    draft_object,
)
from runtime.language.dump import from_json, to_json
from runtime.language.yaml_text import read_yaml
from runtime.store import releases
from runtime.store.session import Session
from runtime.store.tables import app as app_table
from runtime.store.tables import app_release
from runtime.store.upsert import insert

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
    #: Revision of the documents that were not changed here: higher than any that the app has had before.
    floor: int = 0
    #: Hash of the data files that an import brought; empty: they are those of the release.
    data: str = ""
    #: Somebody works on it; else it only says what the release says.
    begun: bool = False

    def rev(self, file: str) -> int:
        """Return the revision of a document; it never comes again with another content."""
        changed = self.changes.get(file)
        return changed.rev if changed else self.floor

    @property
    def stamp(self) -> str:
        """Return what changes with all that is done to the draft; pages with the same one show the same."""
        told = (f"{file}:{one.rev}" for file, one in sorted(self.changes.items()))
        shown = "\n".join((str(self.base), str(self.floor), self.data, *told))
        return sha256(shown.encode()).hexdigest()[:16]

    @property
    def touched(self) -> tuple[str, ...]:
        """Return the files that say something else than the release."""
        names = self.changes.keys()
        return tuple(sorted(one for one in names if self.documents.get(one) != self.released.get(one)))

    @property
    def waiting(self) -> int:
        """Return how many changes wait to be published: documents, and the data files as one."""
        return len(self.touched) + bool(self.data)


def read(tx: Session, app: str, *, lock: bool = False) -> Draft | None:
    """Return an app's draft; of an installed app without one, what its release says. None: no such app.

    `lock` holds the draft, if there is one, until the commit.
    """
    # The lock in a statement of its own: what is read after it is what stands while it is held.
    held = lock and tx.scalar(select(draft.c.app).where(draft.c.app == app).with_for_update()) is not None
    head = tx.execute(_head(app)).one()
    if lock and head.begun and not held:
        return read(tx, app, lock=True)  # begun by somebody between the two statements
    if not head.begun and head.base is None:
        return None
    released: Documents = {}
    if head.base is not None:
        released = _RELEASED.of_content(head.content_hash, partial(releases.content, tx, head.base))
    floor = (head.floor or 0) + max((head.number or 0) - 1, 0)
    if not head.begun:
        return Draft(app, released, head.base, {}, released, floor)
    documents, changes = dict(released), {}
    for one in tx.execute(select(draft_object).where(draft_object.c.app == app)):
        changes[one.file] = Changed(floor + one.rev, one.updated_at, one.updated_by)
        if one.content is None:
            documents.pop(one.file, None)
        else:
            documents[one.file] = from_json(one.content)
    return Draft(app, documents, head.base, changes, released, floor, head.data_hash or "", begun=True)


def of_release(tx: Session, release_id: int) -> Documents:
    """Return the documents of a release, read once per process; they are not to be changed.

    :raises NotFound: if there is no such release.
    """
    return _RELEASED.of(tx, release_id)


def begin(tx: Session, app: str, *, base: int | None, by: int, at: datetime) -> bool:
    """Enter a draft of an app, if it has none; return whether it had none."""
    row = {"app": app, "base_release_id": base, "created_at": at, "created_by": by}
    made = insert(tx, draft).values(**row, updated_at=at, updated_by=by)
    entered = made.on_conflict_do_nothing(index_elements=["app"]).returning(draft.c.app)
    return tx.execute(entered).first() is not None


def keep(
    tx: Session, before: Draft, after: Documents, *, label: str, by: int, at: datetime
) -> tuple[str, ...]:
    """Keep what an edit made of a locked draft, as one revision; return the files it changed."""
    files = changed_files(before.documents, after)
    if not files:
        return ()
    forget(tx, lost(entries(tx, before.app), files))
    values = {"app": before.app, "label": label[:200], "at": at, "by": by, "undone": False}
    number = tx.execute(draft_edit.insert().values(**values).returning(draft_edit.c.id)).scalar_one()
    for file in files:
        patch = difference(before.documents.get(file), after.get(file))
        row = {"edit_id": number, "file": file, "patch": to_json(patch_to_plain(patch))}
        tx.execute(draft_change.insert().values(**row))
    _write(tx, before, {file: after.get(file) for file in files}, by=by, at=at)
    forget_old(tx, before.app)
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


def rebase(tx: Session, before: Draft, after: Documents, *, base: int, by: int, at: datetime) -> None:
    """Go on with a locked draft as one of release `base`, with the documents `after`.

    What was done before cannot be undone any more: it was done to other documents.
    """
    forget(tx, (one.number for one in entries(tx, before.app)))
    written = {file: after.get(file) for file in changed_files(before.documents, after)}
    _write(tx, before, written, by=by, at=at)
    tx.execute(update(draft).where(draft.c.app == before.app).values(base_release_id=base))


def drop(tx: Session, app: str) -> None:
    """Throw a draft away; the release stays as it is, and no revision that the draft gave out comes again."""
    used = tx.scalar(select(func.max(draft_object.c.rev)).where(draft_object.c.app == app)) or 0
    raised = insert(tx, draft_floor).values(app=app, rev=used + 1)
    values = {"rev": draft_floor.c.rev + used + 1}
    tx.execute(raised.on_conflict_do_update(index_elements=["app"], set_=values))
    edits = select(draft_edit.c.id).where(draft_edit.c.app == app)
    tx.execute(delete(draft_change).where(draft_change.c.edit_id.in_(edits)))
    for table in (draft_edit, draft_object, draft_file, draft):
        tx.execute(delete(table).where(table.c.app == app))


def let_go(tx: Session, before: Draft) -> None:
    """Take away the row of a locked draft in which nothing was changed: it would only fall behind."""
    if not before.changes and not before.data and before.base is not None:
        tx.execute(delete(draft).where(draft.c.app == before.app))


def _head(app: str) -> Select[Any]:
    """Return what is read of an app first: its draft, the release that it stands on, and its revisions."""
    asked = select(literal(app).label("app")).subquery("asked")
    begun = draft.c.app.is_not(None)
    base = case((begun, draft.c.base_release_id), else_=app_table.c.current_release_id)
    columns = (
        begun.label("begun"),
        draft.c.data_hash,
        draft_floor.c.rev.label("floor"),
        app_release.c.id.label("base"),
        app_release.c.number,
        app_release.c.content_hash,
    )
    return select(*columns).select_from(
        asked.outerjoin(draft, draft.c.app == asked.c.app)
        .outerjoin(draft_floor, draft_floor.c.app == asked.c.app)
        .outerjoin(app_table, app_table.c.code == asked.c.app)
        .outerjoin(app_release, app_release.c.id == base)
    )


def _write(tx: Session, before: Draft, documents: Mapping[str, Any], *, by: int, at: datetime) -> None:
    for file, document in documents.items():
        content = None if document is None else to_json(document)
        rev = before.rev(file) + 1 - before.floor
        row = {"content": content, "rev": rev, "updated_at": at, "updated_by": by}
        made = insert(tx, draft_object).values(app=before.app, file=file, **row)
        tx.execute(made.on_conflict_do_update(index_elements=["app", "file"], set_=row))
    tx.execute(update(draft).where(draft.c.app == before.app).values(updated_at=at, updated_by=by))
