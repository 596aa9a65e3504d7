"""The edits of a draft that can be undone, or made again."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from builder.edits.history import Entry
from builder.store.draft_tables import draft_change, draft_edit
from runtime.store.session import Session

#: Edits that can be undone; older ones are forgotten.
MOST_EDITS = 300


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


def forget(tx: Session, numbers: Iterable[int]) -> None:
    """Forget these edits: they cannot be undone any more."""
    listed = sorted(numbers)
    if listed:
        tx.execute(delete(draft_change).where(draft_change.c.edit_id.in_(listed)))
        tx.execute(delete(draft_edit).where(draft_edit.c.id.in_(listed)))


def forget_old(tx: Session, app: str) -> None:
    """Forget the oldest edits beyond `MOST_EDITS`."""
    kept = select(draft_edit.c.id).where(draft_edit.c.app == app).order_by(draft_edit.c.id.desc())
    oldest = tx.scalar(kept.offset(MOST_EDITS).limit(1))
    if oldest is not None:
        old = select(draft_edit.c.id).where(draft_edit.c.app == app, draft_edit.c.id <= oldest)
        forget(tx, tx.scalars(old).all())
