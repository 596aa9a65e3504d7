"""What failed comes back when somebody says so, unless a drainer is at work on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from runtime.store import failed_jobs, outbox
from runtime.store.outbox import WRITTEN, Delivery, Job
from runtime.store.session import Session
from runtime.store.tables import outbox as table
from runtime.store.transaction import transaction

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def fail(session: Session, *keys: str) -> dict[str, Job]:
    with transaction(session) as tx:
        outbox.enqueue_all(tx, [Delivery(key, "notice", {"title": key}, NOW) for key in keys], now=NOW)
        jobs = outbox.claim(tx, now=NOW, owner="one", limit=10)
        for job in jobs:
            outbox.failed(tx, job, error="没有应答", now=NOW)
    return {job.key: job for job in jobs}


def due(session: Session) -> list[tuple[str, int]]:
    with transaction(session) as tx:
        return sorted((job.key, job.attempt) for job in outbox.claim(tx, now=NOW, owner="two", limit=10))


def test_a_job_that_waits_after_a_failure_may_be_tried_at_once(session: Session) -> None:
    jobs = fail(session, "a", "b")

    with transaction(session) as tx:
        was = failed_jobs.retry(tx, jobs["a"].id, now=NOW)
        assert tx.info[WRITTEN]

    assert was is not None
    assert (was.key, was.attempts, was.error) == ("a", 1, "没有应答")
    assert due(session) == [("a", 1)]


def test_everything_that_failed_comes_back_together(session: Session) -> None:
    jobs = fail(session, "a", "b")
    with transaction(session) as tx:
        tx.execute(update(table).where(table.c.id == jobs["a"].id).values(state=2))  # dead
        outbox.enqueue_all(tx, [Delivery("later", "notice", {}, NOW + timedelta(days=1))], now=NOW)

    with transaction(session) as tx:
        assert failed_jobs.retry_all(tx, now=NOW) == 2

    assert due(session) == [("a", 1), ("b", 1)]


def test_a_job_under_way_is_left_to_its_drainer(session: Session) -> None:
    job = fail(session, "a")["a"]
    with transaction(session) as tx:
        failed_jobs.retry_all(tx, now=NOW)
        [leased] = outbox.claim(tx, now=NOW, owner="two", limit=1)
        tx.execute(update(table).values(last_error="没有应答"))

    with transaction(session) as tx:
        assert failed_jobs.retry(tx, job.id, now=NOW) is None
        assert failed_jobs.retry_all(tx, now=NOW) == 0
        outbox.done(tx, leased)


def test_only_what_was_done_long_ago_is_removed_oldest_first(session: Session) -> None:
    fail(session, "failed")
    with transaction(session) as tx:
        deliveries = [Delivery(key, "notice", {}, NOW) for key in ("a", "b", "c")]
        outbox.enqueue_all(tx, deliveries, now=NOW)
        for job in outbox.claim(tx, now=NOW, owner="one", limit=10):
            outbox.done(tx, job)

    with transaction(session) as tx:
        assert outbox.remove_done(tx, before=NOW) == 0
        assert outbox.remove_done(tx, before=NOW + timedelta(seconds=1), limit=2) == 2
        assert outbox.remove_done(tx, before=NOW + timedelta(seconds=1), limit=2) == 1
    assert [one.key for one in failed_jobs.failures(session)] == ["failed"]
