"""Rows of uploaded files: what they are called, who brought them, which record they hang on.

The content is on disk (`store/blobs.py`) before the row is written; a row without a record after a day is
removed, and a content without rows with it. Who may download is the record's affair (`store/access.py`).
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath, PureWindowsPath
from uuid import uuid4

from sqlalchemy import delete, select, update

from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers, NotFound
from runtime.language.speech import _
from runtime.store.blobs import Blob
from runtime.store.session import Session
from runtime.store.tables import file

#: How long an upload may wait for its form to be saved.
LOOSE_FOR = timedelta(hours=24)
#: Media types that a browser may show; everything else is a download.
INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
_LONGEST_NAME = 120
_NAMELESS = "文件"
_MOST_IDS = 500


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An uploaded file."""

    id: str
    sha256: str
    size: int
    name: str
    content_type: str
    #: Person's number.
    uploaded_by: int
    created_at: datetime
    #: Number of the entity, id of the record and path of the field it hangs on; None while it is loose.
    entity: int | None
    record_id: int | None
    field: str | None


_COLUMNS = [file.c[name] for name in StoredFile.__slots__]


def add(tx: Session, blob: Blob, *, name: str, by: int, at: datetime) -> StoredFile:
    """Write the row of a content that is on disk; it hangs on nothing yet."""
    stored = StoredFile(
        id=str(uuid4()),
        sha256=blob.sha256,
        size=blob.size,
        name=clean_name(name),
        content_type=blob.content_type,
        uploaded_by=by,
        created_at=at,
        entity=None,
        record_id=None,
        field=None,
    )
    tx.execute(file.insert().values({name: getattr(stored, name) for name in StoredFile.__slots__}))
    return stored


def find(tx: Session, file_id: str) -> StoredFile:
    """Return the file.

    :raises NotFound: if there is none with this id.
    """
    row = tx.execute(select(*_COLUMNS).where(file.c.id == file_id)).one_or_none()
    if row is None:
        raise NotFound("no_such_file", _("这个文件不存在，或已被清理。"))
    return StoredFile(*row)


def find_many(tx: Session, ids: Iterable[str]) -> dict[str, StoredFile]:
    """Return the files by id; what does not exist is not there."""
    wanted, found = sorted(set(ids)), dict[str, StoredFile]()
    for start in range(0, len(wanted), _MOST_IDS):
        part = file.c.id.in_(wanted[start : start + _MOST_IDS])
        found |= {row.id: StoredFile(*row) for row in tx.execute(select(*_COLUMNS).where(part))}
    return found


def attach(tx: Session, ids: Sequence[str], *, by: int, entity: int, record_id: int, field: str) -> None:
    """Hang files on a field of a record: loose ones that this person uploaded, or ones that hang there.

    :raises InvalidAnswers: if a file is neither; whoever knows an id must not get at another record's file.
    """
    found, here = find_many(tx, ids), (entity, record_id)
    known = all(one in found and _may_hang(found[one], by, here) for one in ids)
    loose = [one for one in found if found[one].entity is None]
    if known and loose:
        # Somebody may have hung one elsewhere, or the clock removed it, since it was read.
        hung = update(file).where(file.c.id.in_(loose), file.c.entity.is_(None)).returning(file.c.id)
        done = tx.execute(hung.values(entity=entity, record_id=record_id, field=field)).all()
        known = len(done) == len(loose)
    if not known:
        raise InvalidAnswers(
            [Problem("no_such_file", f"$.{field}", _("有文件不存在或已被清理，请重新上传。"))]
        )


def remove(tx: Session, file_id: str) -> None:
    """Remove the row of one file; its content goes when nothing else holds it."""
    tx.execute(delete(file).where(file.c.id == file_id))


def remove_loose(tx: Session, *, now: datetime, limit: int = _MOST_IDS) -> int:
    """Remove the rows of at most `limit` uploads that nobody saved within `LOOSE_FOR`; return how many."""
    loose = file.c.entity.is_(None)  # again outside: somebody may just have hung one on a record
    old = select(file.c.id).where(loose, file.c.created_at < now - LOOSE_FOR).limit(limit)
    gone = delete(file).where(file.c.id.in_(old.scalar_subquery()), loose)
    return len(tx.execute(gone.returning(file.c.id)).all())


def unused(tx: Session, contents: Iterable[str]) -> list[str]:
    """Return those of the contents (SHA-256) that no row holds."""
    asked = list(contents)
    held: set[str] = set()
    for start in range(0, len(asked), _MOST_IDS):
        part = file.c.sha256.in_(asked[start : start + _MOST_IDS])
        held |= set(tx.execute(select(file.c.sha256).where(part)).scalars())
    return [one for one in asked if one not in held]


def clean_name(name: str) -> str:
    """Return a name that is one on every system: no folders, no control or direction characters, not long."""
    last = PureWindowsPath(name.replace("\0", "")).name
    shown = "".join(one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one)[0] != "C")
    path = PurePath(shown.strip(" ."))
    suffix = path.suffix if len(path.suffix) <= 12 else ""
    stem = path.name.removesuffix(suffix)[: _LONGEST_NAME - len(suffix)]
    return f"{stem or _NAMELESS}{suffix}"


def _may_hang(one: StoredFile, by: int, here: tuple[int, int]) -> bool:
    return one.uploaded_by == by if one.entity is None else (one.entity, one.record_id) == here
