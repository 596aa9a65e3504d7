"""Commit all or nothing, one use case at a time, and try again only what passes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from runtime.language.refusal import Refused
from runtime.store.database import make_engine
from runtime.store.json_text import dump_json
from runtime.store.session import Session, Sessions
from runtime.store.tables import counter, setting
from runtime.store.transaction import (
    MOST_TRIES,
    NestedTransaction,
    OutcomeUnknown,
    passes,
    transaction,
    tried_again,
    with_retry,
)


def _put(session: Session, key: str) -> None:
    session.execute(setting.insert().values(key=key, value=1))


def _fail_after(session: Session, fail: Callable[[], object]) -> None:
    with transaction(session) as tx:
        _put(tx, "a")
        fail()


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(setting)) or 0


def test_what_the_block_did_is_there_afterwards(session: Session, new_session: Sessions) -> None:
    with transaction(session) as tx:
        _put(tx, "a")

    with new_session() as other:
        assert _count(other) == 1


def test_an_exception_leaves_nothing_behind(session: Session) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_after(session, lambda: 1 / 0)

    assert _count(session) == 0


def test_a_use_case_inside_a_use_case_is_refused_and_the_outer_one_undone(session: Session) -> None:
    with pytest.raises(NestedTransaction):
        _fail_after(session, lambda: transaction(session).__enter__())

    assert _count(session) == 0
    with transaction(session) as tx:
        _put(tx, "b")
    assert _count(session) == 1


def test_reading_before_does_not_keep_a_use_case_from_writing(session: Session) -> None:
    assert _count(session) == 0

    with transaction(session) as tx:
        _put(tx, "a")

    assert _count(session) == 1


def test_two_writers_at_once_lose_no_update(new_session: Sessions) -> None:
    with new_session() as first, transaction(first) as tx:
        tx.execute(counter.insert().values(key="n", value=0))

    def count_up() -> None:
        with new_session() as own:
            for _ in range(20):
                with transaction(own) as tx:
                    row = select(counter.c.value).where(counter.c.key == "n").with_for_update()
                    seen = tx.scalar(row) or 0
                    tx.execute(update(counter).values(value=seen + 1))

    threads = [threading.Thread(target=count_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with new_session() as last:
        assert last.scalar(select(counter.c.value)) == 60


def _deadlock() -> DBAPIError:
    class Orig(Exception):
        sqlstate = "40P01"

    return DBAPIError("update", {}, Orig())


def test_a_deadlock_is_tried_again() -> None:
    pauses: list[float] = []
    fails = [_deadlock(), _deadlock()]

    def work() -> str:
        if fails:
            raise fails.pop()
        return "done"

    assert with_retry(work, pause=pauses.append) == "done"
    assert len(pauses) == 2


def test_what_never_passes_is_raised_in_the_end() -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        raise _deadlock()

    with pytest.raises(DBAPIError):
        with_retry(work, pause=lambda _: None)
    assert len(tries) == MOST_TRIES


def test_a_broken_rule_is_not_tried_again(session: Session) -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        with transaction(session) as tx:
            _put(tx, "same")
            _put(tx, "same")

    with pytest.raises(IntegrityError):
        with_retry(work, pause=lambda _: None)
    assert len(tries) == 1


def test_an_unknown_outcome_is_tried_again_only_with_a_token(session: Session) -> None:
    fails: list[OutcomeUnknown] = []

    @tried_again
    def work(*, session: Session, token: str | None) -> str:
        assert session is not None
        if fails:
            raise fails.pop()
        return f"done with {token}"

    fails.append(OutcomeUnknown())
    assert work(session=session, token="t") == "done with t"

    fails.append(OutcomeUnknown())
    with pytest.raises(OutcomeUnknown):
        work(session=session, token=None)


def test_a_refusal_is_not_tried_again_unless_the_same_request_was_answered(session: Session) -> None:
    tries: list[str] = []

    @tried_again
    def work(*, session: Session, token: str) -> str:
        with transaction(session):
            tries.append(token)
            raise Refused("no", "不行")

    with pytest.raises(Refused):
        work(session=session, token="t")

    assert tries == ["t"]


def test_a_busy_database_passes(engine: Engine, session: Session) -> None:
    """A second writer that will not wait fails in a way that counts as passing, on both databases."""
    impatient = make_engine(engine.url, patience=0)
    with Sessions(impatient)() as second, transaction(session) as tx:
        tx.execute(counter.insert().values(key="n", value=0))
        with pytest.raises(DBAPIError) as caught:
            _write_too(second)
    impatient.dispose()
    assert passes(caught.value)


def _write_too(second: Session) -> None:
    with transaction(second) as tx:
        if tx.engine.dialect.name == "postgresql":
            tx.execute(text("SET LOCAL lock_timeout = '10ms'"))
        tx.execute(counter.insert().values(key="n", value=0))


def test_json_keeps_chinese_exact_numbers_and_moments() -> None:
    values = {
        "名": Decimal("1.50"),
        "at": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        "d": date(2026, 1, 2),
        "t": time(8, 30),
        "s": {"b", "a"},
    }

    assert dump_json(values) == (
        '{"名":"1.50","at":"2026-01-02T03:04:00+00:00","d":"2026-01-02","t":"08:30:00","s":["a","b"]}'
    )
    with pytest.raises(TypeError):
        dump_json({"x": object()})
