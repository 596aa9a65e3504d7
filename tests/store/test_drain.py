"""Draining: each job delivered once, whatever fails, whoever else drains."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from runtime.jobs.drain import DrainReport, drain, drain_all
from runtime.jobs.embedded import DrainThread
from runtime.jobs.handlers import HANDLERS
from runtime.jobs.wake import wake_after_commit
from runtime.store import failed_jobs, notices, outbox
from runtime.store.outbox import Delivery, Job
from runtime.store.session import Session, Sessions
from runtime.store.states import OutboxState
from runtime.store.tables import notice
from runtime.store.transaction import transaction

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def write(sessions: Sessions, *deliveries: Delivery) -> None:
    with sessions() as session, transaction(session) as tx:
        outbox.enqueue_all(tx, deliveries, now=NOW)


def note(key: str, *people: int) -> Delivery:
    return notices.delivery(key=key, people=people, kind="task", title=f"待办 {key}", case_id=7, due_at=NOW)


def recipients(sessions: Sessions) -> list[tuple[str, int]]:
    with sessions() as session:
        rows = session.execute(select(notice.c.title, notice.c.person).order_by(notice.c.id))
        return [(title, person) for title, person in rows]


def states(sessions: Sessions) -> dict[OutboxState, int]:
    with sessions() as session:
        return {state: count for state, count in failed_jobs.counts(session).items() if count}


def refuse(_tx: Session, _job: Job, *, now: datetime) -> None:
    raise ConnectionError(f"无法连接 {now:%H:%M}")


def test_a_notice_reaches_each_person_once(new_session: Sessions) -> None:
    write(new_session, note("a", 3, 5, 3), note("b", 5))

    assert drain(new_session, HANDLERS, now=NOW) == DrainReport(done=2)

    assert recipients(new_session) == [("待办 a", 3), ("待办 a", 5), ("待办 b", 5)]
    assert drain(new_session, HANDLERS, now=NOW + timedelta(days=1)) == DrainReport()


def test_a_handler_that_fails_leaves_nothing_and_fails_only_its_own_job(
    new_session: Sessions,
) -> None:
    def half(tx: Session, job: Job, *, now: datetime) -> None:
        notices.write(tx, {**job.payload, "people": [9]}, now=now)
        refuse(tx, job, now=now)

    write(new_session, Delivery("bad", "half", note("bad").payload, NOW), note("good", 1))

    assert drain(new_session, {**HANDLERS, "half": half}, now=NOW) == DrainReport(done=1, failed=1)

    assert recipients(new_session) == [("待办 good", 1)]
    with new_session() as session:
        (line,) = failed_jobs.failures(session)
    assert (line.key, line.error) == ("bad", "ConnectionError: 无法连接 09:00")


def test_a_failed_job_is_delivered_when_the_trouble_is_over(new_session: Sessions) -> None:
    write(new_session, note("a", 1))
    assert drain(new_session, {"notice": refuse}, now=NOW) == DrainReport(failed=1)
    assert drain(new_session, HANDLERS, now=NOW) == DrainReport()

    assert drain(new_session, HANDLERS, now=NOW + timedelta(hours=1)) == DrainReport(done=1)
    assert recipients(new_session) == [("待办 a", 1)]


def test_a_job_that_never_succeeds_ends_dead(new_session: Sessions) -> None:
    write(new_session, note("a", 1))
    reports = [
        drain(new_session, {"notice": refuse}, now=NOW + timedelta(days=day))
        for day in range(outbox.MOST_ATTEMPTS)
    ]

    assert reports[-1] == DrainReport(dead=1)
    assert set(reports[:-1]) == {DrainReport(failed=1)}
    assert states(new_session) == {OutboxState.DEAD: 1}


def test_a_kind_this_version_does_not_know_waits_for_one_that_does(
    new_session: Sessions,
) -> None:
    write(new_session, Delivery("a", "telegram", {}, NOW))

    assert drain(new_session, HANDLERS, now=NOW) == DrainReport(failed=1)
    with new_session() as session:
        (line,) = failed_jobs.failures(session)
    assert "telegram" in line.error


def test_a_slow_drainer_that_lost_its_lease_delivers_nothing(new_session: Sessions) -> None:
    late = NOW + timedelta(seconds=outbox.LEASE_SECONDS + 1)
    write(new_session, note("a", 1), note("b", 2))

    def overtaken(tx: Session, job: Job, *, now: datetime) -> None:
        # While this one holds "a", the other finds the lease ended. SQLite: it must not wait for our lock.
        tx.rollback()
        assert drain(new_session, HANDLERS, now=late) == DrainReport(done=2)
        notices.write(tx, job.payload, now=now)

    assert drain(new_session, {"notice": overtaken}, now=NOW) == DrainReport(lost=2)
    assert sorted(recipients(new_session)) == [("待办 a", 1), ("待办 b", 2)]


def test_many_drainers_at_once_deliver_each_job_once(new_session: Sessions) -> None:
    write(new_session, *(note(f"{number:02}", number) for number in range(40)))
    reports: list[DrainReport] = []
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait()
        reports.append(drain_all(new_session, HANDLERS, clock=lambda: NOW, limit=3))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(reports, DrainReport()) == DrainReport(done=40)
    assert sorted(person for _, person in recipients(new_session)) == list(range(40))


def test_draining_all_takes_batch_after_batch(new_session: Sessions) -> None:
    write(new_session, *(note(str(number), number) for number in range(7)))

    assert drain_all(new_session, HANDLERS, clock=lambda: NOW, limit=3) == DrainReport(done=7)
    assert states(new_session) == {OutboxState.DONE: 7}


class _Bell:
    """A handler that tells the test when it was called."""

    def __init__(self) -> None:
        self.rung = threading.Semaphore(0)

    def __call__(self, _tx: Session, _job: Job, *, now: datetime) -> None:  # noqa: ARG002
        self.rung.release()

    def wait(self) -> bool:
        return self.rung.acquire(timeout=30)


@pytest.fixture
def bell() -> _Bell:
    return _Bell()


@pytest.fixture
def thread(new_session: Sessions, bell: _Bell) -> Iterator[DrainThread]:
    """Yield a drainer that looks by itself once an hour only."""
    thread = DrainThread(new_session, clock=lambda: NOW, handlers={"bell": bell}, interval=3600)
    yield thread
    assert thread.stop()


def test_the_thread_delivers_what_waits_when_it_starts(
    new_session: Sessions, thread: DrainThread, bell: _Bell
) -> None:
    write(new_session, Delivery("a", "bell", {}, NOW))

    thread.start()

    assert bell.wait()


def test_a_commit_that_wrote_a_delivery_wakes_the_thread(
    new_session: Sessions, thread: DrainThread, bell: _Bell
) -> None:
    wake_after_commit(new_session, thread.wake)
    thread.start()

    for key in ("a", "b"):
        write(new_session, Delivery(key, "bell", {}, NOW))
        assert bell.wait()


def test_the_thread_looks_by_itself_when_nobody_wakes_it(new_session: Sessions, bell: _Bell) -> None:
    thread = DrainThread(new_session, clock=lambda: NOW, handlers={"bell": bell}, interval=0.01)
    thread.start()
    write(new_session, Delivery("a", "bell", {}, NOW))

    assert bell.wait()
    assert thread.stop()


def test_the_thread_survives_a_database_that_is_away(new_session: Sessions, bell: _Bell) -> None:
    write(new_session, Delivery("a", "bell", {}, NOW))
    failures = iter([True, False])

    def sometimes() -> Session:
        if next(failures, False):
            raise ConnectionError
        return new_session()

    thread = DrainThread(sometimes, clock=lambda: NOW, handlers={"bell": bell}, interval=0.01)
    thread.start()

    assert bell.wait()
    assert thread.stop()


def test_only_a_commit_that_wrote_a_delivery_wakes(new_session: Sessions) -> None:
    woken: list[str] = []
    wake_after_commit(new_session, lambda: woken.append("!"))

    def refused(session: Session) -> None:
        with transaction(session) as tx:
            outbox.enqueue_all(tx, [note("a", 1)], now=NOW)
            raise PermissionError

    with new_session() as session:
        with pytest.raises(PermissionError):
            refused(session)
        with transaction(session):
            pass
        assert woken == []

        with transaction(session) as tx:
            outbox.enqueue_all(tx, [note("a", 1)], now=NOW)
    assert woken == ["!"]


def test_a_wake_that_fails_does_not_fail_the_commit(new_session: Sessions) -> None:
    def broken() -> None:
        raise RuntimeError

    wake_after_commit(new_session, broken)

    write(new_session, note("a", 1))
    assert states(new_session) == {OutboxState.WAITING: 1}
