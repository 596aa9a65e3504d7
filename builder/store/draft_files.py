"""Files that come with an app without being definitions: rows and fixtures, as its draft has them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, delete, insert, select

from builder.store.draft_tables import draft_file
from builder.store.drafts import Draft
from runtime.store import releases
from runtime.store.session import Session


def read(tx: Session, draft: Draft) -> dict[str, bytes]:
    """Return the files by path: those of its release, except where an import brought others."""
    found = releases.data_of(tx, draft.base) if draft.base is not None else {}
    for path, data in tx.execute(_of(draft.app)):
        if data is None:
            found.pop(path, None)
        else:
            found[path] = data
    return found


def replace(tx: Session, draft: Draft, data: Mapping[str, bytes]) -> None:
    """Give a locked draft exactly these files."""
    there = releases.data_of(tx, draft.base) if draft.base is not None else {}
    tx.execute(delete(draft_file).where(draft_file.c.app == draft.app))
    rows = [
        {"app": draft.app, "path": path, "data": data.get(path)}
        for path in sorted(there.keys() | data.keys())
        if there.get(path) != data.get(path)
    ]
    if rows:
        tx.execute(insert(draft_file), rows)


def are_changed(tx: Session, app: str) -> bool:
    """Say whether a draft has other files than its release."""
    return tx.scalar(_of(app).limit(1)) is not None


def _of(app: str) -> Select[Any]:
    return select(draft_file.c.path, draft_file.c.data).where(draft_file.c.app == app)
