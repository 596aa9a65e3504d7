"""Files that come with an app without being definitions: rows and fixtures, as its draft has them."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from builder.store import draft_tables
from builder.store.draft_tables import draft_file
from builder.store.drafts import Draft
from runtime.store import releases
from runtime.store.session import Session


def read(tx: Session, draft: Draft) -> dict[str, bytes]:
    """Return the files by path: those of its release, except where an import brought others."""
    found = releases.data_of(tx, draft.base) if draft.base is not None else {}
    for path, data in tx.execute(_of(draft.app)) if draft.data else ():
        if data is None:
            found.pop(path, None)
        else:
            found[path] = data
    return found


def replace(tx: Session, draft: Draft, data: Mapping[str, bytes]) -> bool:
    """Give a locked draft exactly these files; return whether it had others before."""
    there = releases.data_of(tx, draft.base) if draft.base is not None else {}
    tx.execute(delete(draft_file).where(draft_file.c.app == draft.app))
    paths = sorted(there.keys() | data.keys())
    own = {path: data.get(path) for path in paths if there.get(path) != data.get(path)}
    if own:
        rows = [{"app": draft.app, "path": path, "data": one} for path, one in own.items()]
        tx.execute(insert(draft_file), rows)
    told = _hash(own) if own else None
    mine = draft_tables.draft.c.app == draft.app
    tx.execute(update(draft_tables.draft).where(mine).values(data_hash=told))
    return (told or "") != draft.data


def changed(tx: Session, app: str) -> tuple[str, ...]:
    """Return the paths of the files that a draft has otherwise than its release, or not at all."""
    asked = select(draft_file.c.path).where(draft_file.c.app == app).order_by(draft_file.c.path)
    return tuple(tx.scalars(asked))


def _hash(files: Mapping[str, bytes | None]) -> str:
    told = (f"{path}:{sha256(data).hexdigest() if data is not None else ''}" for path, data in files.items())
    return sha256("\n".join(told).encode()).hexdigest()


def _of(app: str) -> Select[Any]:
    return select(draft_file.c.path, draft_file.c.data).where(draft_file.c.app == app)
