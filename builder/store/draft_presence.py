"""Who has a document of a draft open."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from builder.store.draft_tables import draft_presence
from runtime.store.session import Session
from runtime.store.upsert import insert

#: Who has not asked for this long has gone.
GONE_AFTER = timedelta(seconds=40)


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
