"""Whose turn it is: work that any process may do, but only one of them every now and then."""

from datetime import datetime, timedelta

from runtime.store.session import Session
from runtime.store.tables import counter
from runtime.store.upsert import insert


def take_turn(tx: Session, name: str, *, now: datetime, every: timedelta) -> bool:
    """Take the turn at `name` if nobody took it within `every`; say whether it was taken.

    One statement: of two that ask at once, one gets it.
    """
    second = int(now.timestamp())
    earliest = second - int(every.total_seconds())
    first = insert(tx, counter).values(key=f"turn:{name}", value=second)
    taken = first.on_conflict_do_update(
        index_elements=[counter.c.key], set_={"value": second}, where=counter.c.value <= earliest
    )
    return tx.execute(taken.returning(counter.c.key)).first() is not None
