"""Counters for serial numbers: given out once, never again, even if the use case then fails to need it.

A rolled-back use case gives its number back with everything else it did; a committed one keeps it. The row
stays locked until the commit, so take a number late.
"""

from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.prepared import Call, Prepared
from runtime.store.send import prepared, send
from runtime.store.session import Session
from runtime.store.tables import counter
from runtime.store.upsert import insert


def _next(dialect: Any) -> Prepared:
    first = dialect.insert(counter).values(key=bindparam("name"), value=1)
    counted = {"value": counter.c.value + 1}
    written = first.on_conflict_do_update(index_elements=[counter.c.key], set_=counted)
    return prepared(written.returning(counter.c.value))


_NEXT = {"sqlite": _next(sqlite), "postgresql": _next(postgresql)}


def next_value(tx: Session, key: str) -> int:
    """Return the next number of the counter `key`, from 1; one statement, and nobody else gets it."""
    [(value,)] = send(tx, _NEXT[tx.engine.dialect.name], name=key)
    return int(value)


def next_call(tx: Session, key: str) -> Call:
    """Return the statement of `next_value`, to be sent together with others; its answer is one row."""
    return Call(_NEXT[tx.engine.dialect.name], {"name": key})


def take_values(tx: Session, key: str, *, count: int) -> range:
    """Return `count` numbers in a row, for imports."""
    first = insert(tx, counter).values(key=key, value=count)
    counted = first.on_conflict_do_update(
        index_elements=[counter.c.key], set_={"value": counter.c.value + count}
    ).returning(counter.c.value)
    last = int(tx.execute(counted).scalar_one())
    return range(last - count + 1, last + 1)


def raise_to(tx: Session, key: str, *, at_least: int) -> None:
    """Let the counter go on after `at_least`, for rows brought in with numbers of their own."""
    next_value(tx, key)
    found = tx.scalar(select(counter.c.value).where(counter.c.key == key)) or 0
    value = max(found - 1, at_least)
    tx.execute(update(counter).where(counter.c.key == key).values(value=value))
