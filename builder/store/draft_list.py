"""The drafts of all apps, as a list of them needs them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from builder.store.draft_tables import draft, draft_object
from runtime.language.dump import from_json
from runtime.language.parts import MANIFEST
from runtime.store.session import Session


def all_drafts(tx: Session) -> Sequence[tuple[str, int | None, datetime, int, int]]:
    """Return app, base release, last change, by whom, and count of changes of every draft.

    Changed documents count one each, changed data files one together.
    """
    count = (
        select(func.count())
        .select_from(draft_object)
        .where(draft_object.c.app == draft.c.app)
        .scalar_subquery()
    )
    counted = count + case((draft.c.data_hash.is_(None), 0), else_=1)
    columns = (draft.c.app, draft.c.base_release_id, draft.c.updated_at, draft.c.updated_by, counted)
    return [tuple(row) for row in tx.execute(select(*columns).order_by(draft.c.app))]


def manifest_of(tx: Session, app: str) -> Mapping[str, Any]:
    """Return the manifest of a draft if it was changed there, else nothing."""
    here = (draft_object.c.app == app, draft_object.c.file == MANIFEST)
    text = tx.scalar(select(draft_object.c.content).where(*here))
    found: Mapping[str, Any] = from_json(text) if text else {}
    return found
