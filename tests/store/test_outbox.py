"""Deliveries: written once per key, leased to one at a time, tried again, given up, brought back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from runtime.store import failed_jobs, outbox
from runtime.store.outbox import Delivery, Job, LeaseLost
from runtime.store.session import Session, Sessions
from runtime.store.states import OutboxState
from runtime.store.tables import outbox as table
from runtime.store.transaction import transaction

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=outbox.LEASE_SECONDS + 1)


def write(session: Session, *keys: str, due_at: datetime = NOW) -> int:
    with transaction(session) as tx:
        return outbox.enqueue_all(tx, [Delivery(key, "mail", {"to": key}, due_at) for key in keys], now=NOW)


def claim(session: Session, owner: str = "a", now: datetime = NOW, limit: int = 10) -> list[Job]:
    with transaction(session) as tx:
        return outbox.claim(tx, now=now, owner=owner, limit=limit)


def fail(session: Session, job: Job, now: datetime) -> bool:
    with transaction(session) as tx:
        return outbox.failed(tx, job, error="邮件服务器没有应答", now=now)


def finish(session: Session, job: Job) -> None:
    with transaction(session) as tx:
        outbox.done(tx, job)


def wear_out(session: Session, key: str) -> Job:
    """Let the job fail until it is dead; return its last attempt."""
    write(session, key)
    now = NOW
    while True:
        (job,) = claim(session, now=now)
        if fail(session, job, now):
            return job
        now += timedelta(days=1)


def counts(session: Session) -> dict[OutboxState, int]:
    return {state: count for state, count in failed_jobs.counts(session).items() if count}


def test_a_key_is_written_once(session: Session) -> None:
    assert write(session, "k1", "k2") == 2
    assert write(session, "k2", "k3") == 1

    assert [job.key for job in claim(session)] == ["k1", "k2", "k3"]


def test_what_travels_with_the_commit_is_written_once_and_read_back_the_same(session: Session) -> None:
    for _ in range(2):
        with transaction(session) as tx:
            deliveries = [Delivery(key, "mail", {"收件人": [1]}, LATER) for key in ("k1", "k2")]
            outbox.enqueue_at_commit(tx, deliveries, now=NOW)

    jobs = claim(session, now=LATER)
    assert [(job.key, job.payload, job.due_at) for job in jobs] == [
        ("k1", {"收件人": [1]}, LATER),
        ("k2", {"收件人": [1]}, LATER),
    ]


def test_a_key_stays_known_after_its_delivery(session: Session) -> None:
    write(session, "k")
    finish(session, *claim(session))

    assert write(session, "k") == 0
    assert counts(session) == {OutboxState.DONE: 1}


def test_nothing_is_delivered_that_was_rolled_back(session: Session) -> None:
    def refused() -> None:
        with transaction(session) as tx:
            outbox.enqueue(tx, key="k", kind="mail", payload={}, due_at=NOW, now=NOW)
            raise PermissionError

    with pytest.raises(PermissionError):
        refused()

    assert claim(session) == []


def test_a_job_comes_back_as_it_was_written(session: Session) -> None:
    with transaction(session) as tx:
        assert outbox.enqueue(tx, key="k", kind="mail", payload={"收件人": [1, 2]}, due_at=NOW, now=NOW)

    (job,) = claim(session, "somebody")

    assert (job.key, job.kind, job.payload, job.attempt, job.owner, job.due_at) == (
        "k",
        "mail",
        {"收件人": [1, 2]},
        1,
        "somebody",
        NOW,
    )


def test_what_is_due_longest_goes_first_and_what_is_not_due_waits(session: Session) -> None:
    write(session, "later", due_at=NOW + timedelta(seconds=1))
    write(session, "now")
    write(session, "before", due_at=NOW - timedelta(hours=1))

    assert [job.key for job in claim(session, limit=1)] == ["before"]
    assert [job.key for job in claim(session)] == ["now"]
    assert not outbox.any_due(session, now=NOW)
    assert outbox.any_due(session, now=NOW + timedelta(seconds=1))


def test_a_leased_job_is_given_to_nobody_else_until_the_lease_ends(session: Session) -> None:
    write(session, "k")
    claim(session, "a")

    assert claim(session, "b") == []
    assert not outbox.any_due(session, now=NOW)
    (again,) = claim(session, "b", now=LATER)
    assert (again.owner, again.attempt) == ("b", 2)


def test_who_lost_the_lease_can_record_nothing(session: Session) -> None:
    write(session, "k")
    (lost,) = claim(session, "a")
    (held,) = claim(session, "b", now=LATER)

    with pytest.raises(LeaseLost):
        finish(session, lost)
    with pytest.raises(LeaseLost):
        fail(session, lost, LATER)
    finish(session, held)
    with pytest.raises(LeaseLost):
        finish(session, held)
    assert counts(session) == {OutboxState.DONE: 1}


def test_a_failed_job_waits_longer_each_time_and_then_is_dead(session: Session) -> None:
    write(session, "k")
    now, waits, dead = NOW, [], False
    for attempt in range(1, outbox.MOST_ATTEMPTS + 1):
        (job,) = claim(session, now=now)
        assert job.attempt == attempt
        dead = fail(session, job, now)
        due = session.execute(select(table.c.due_at)).scalar_one()
        waits.append(due - now)
        now = due

    assert dead
    assert waits[:-1] == sorted(waits[:-1])
    assert counts(session) == {OutboxState.DEAD: 1}
    assert claim(session, now=NOW + timedelta(days=365)) == []


def test_a_job_that_kills_its_process_every_time_ends_dead(session: Session) -> None:
    write(session, "k")
    now = NOW
    for _ in range(outbox.MOST_ATTEMPTS):
        assert claim(session, now=now)
        now += timedelta(seconds=outbox.LEASE_SECONDS + 1)

    assert claim(session, now=now) == []
    (line,) = failed_jobs.failures(session)
    assert line.dead
    assert "进程在执行时退出" in line.error


def test_a_dead_job_comes_back_with_all_its_attempts(session: Session) -> None:
    dead = wear_out(session, "k")

    with transaction(session) as tx:
        assert failed_jobs.retry(tx, dead.id, now=LATER)

    (job,) = claim(session, now=LATER)
    assert job.attempt == 1
    finish(session, job)
    assert counts(session) == {OutboxState.DONE: 1}


def test_a_job_that_did_not_fail_cannot_be_brought_back(session: Session) -> None:
    write(session, "k")
    (job,) = claim(session)

    with transaction(session) as tx:
        assert not failed_jobs.retry(tx, job.id, now=LATER)
        assert not failed_jobs.retry(tx, job.id + 1, now=LATER)
    finish(session, job)


def test_failures_show_what_failed_newest_first_and_forget_what_succeeded(session: Session) -> None:
    wear_out(session, "dead")
    write(session, "waiting", "well", "cured")
    waiting, well, cured = claim(session)
    fail(session, waiting, NOW)
    finish(session, well)
    fail(session, cured, NOW)
    finish(session, *(job for job in claim(session, now=NOW + timedelta(days=1)) if job.key == "cured"))

    lines = failed_jobs.failures(session)

    assert [(line.key, line.dead, line.attempts) for line in lines] == [
        ("waiting", False, 2),
        ("dead", True, 8),
    ]
    assert lines[0].error == "邮件服务器没有应答"
    assert [line.key for line in failed_jobs.failures(session, before=lines[0].id)] == ["dead"]
    assert len(failed_jobs.failures(session, limit=1)) == 1


def test_two_drainers_at_the_same_instant_share_the_work(session: Session, new_session: Sessions) -> None:
    write(session, *(f"k{number}" for number in range(6)))
    if session.engine.dialect.name == "sqlite":
        first, second = claim(session, "a", limit=4), claim(session, "b", limit=4)
    else:
        # The first has not committed when the second looks: its rows are skipped, nobody waits.
        with transaction(session) as one, new_session() as other, transaction(other) as two:
            first = outbox.claim(one, now=NOW, owner="a", limit=4)
            second = outbox.claim(two, now=NOW, owner="b", limit=4)

    assert [job.key for job in first] == ["k0", "k1", "k2", "k3"]
    assert [job.key for job in second] == ["k4", "k5"]


@given(key=st.text(min_size=1), attempt=st.integers(min_value=1, max_value=outbox.MOST_ATTEMPTS))
def test_the_wait_doubles_and_spreads_by_a_quarter_at_most(key: str, attempt: int) -> None:
    wait = outbox.back_off(key, attempt=attempt).total_seconds()
    shortest = outbox.FIRST_WAIT_SECONDS * 2 ** (attempt - 1)

    assert shortest <= wait <= shortest * 1.25
    assert outbox.back_off(key, attempt=attempt).total_seconds() == wait


def test_jobs_that_failed_together_do_not_come_back_together() -> None:
    assert len({outbox.back_off(f"k{number}", attempt=3) for number in range(100)}) == 100
