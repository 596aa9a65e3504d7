"""What a request was answered with, by its client token: the same request again gets the same answer.

Actions on cases keep theirs with the event. This is for everything else that must not happen twice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from runtime.store.session import Session
from runtime.store.tables import answer
from runtime.store.upsert import insert

#: How long a request may be repeated.
KEPT_FOR = timedelta(days=7)


def begin(tx: Session, *, token: str | None, actor: int, at: datetime) -> Mapping[str, Any] | None:
    """Return what this person's token was answered before; None: it is new, and now ours until the commit.

    Whoever comes with the same token meanwhile waits for this transaction.
    """
    if token is None:
        return None
    key = _key(token, actor)
    entered = insert(tx, answer).values(token=key, at=at).on_conflict_do_nothing(index_elements=["token"])
    if tx.execute(entered.returning(answer.c.token)).first():
        return None
    found: Mapping[str, Any] | None = tx.scalar(select(answer.c.answer).where(answer.c.token == key))
    return found


def keep(tx: Session, *, token: str | None, actor: int, answered: Mapping[str, Any]) -> None:
    """Keep what the request is answered with."""
    if token is not None:
        known = answer.c.token == _key(token, actor)
        tx.execute(update(answer).where(known).values(answer=dict(answered)))


def remove_old(tx: Session, *, now: datetime) -> int:
    """Remove answers that nobody will ask for again; return how many."""
    old = delete(answer).where(answer.c.at < now - KEPT_FOR).returning(answer.c.token)
    return len(tx.execute(old).all())


def _key(token: str, actor: int) -> str:
    """Nobody gets at somebody else's answer by their token."""
    return f"{actor}:{token}"
