"""A turn is taken once in its time, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from runtime.store.session import Session
from runtime.store.transaction import transaction
from runtime.store.turns import take_turn

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def taken(session: Session, name: str = "tidy", *, after: timedelta = timedelta()) -> bool:
    with transaction(session) as tx:
        return take_turn(tx, name, now=NOW + after, every=HOUR)


def test_a_turn_is_taken_once_an_hour_and_each_by_its_own_name(session: Session) -> None:
    assert taken(session)
    assert not taken(session, after=timedelta(minutes=59))
    assert taken(session, "count")
    assert taken(session, after=HOUR)
    assert not taken(session, after=HOUR)
