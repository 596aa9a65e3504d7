"""Administrators see what could not be delivered, and have it tried again."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.jobs.wake import wake_after_commit
from runtime.language.refusal import Forbidden, NotFound
from runtime.store import audit, organisation, outbox
from runtime.store.outbox import WRITTEN, Delivery
from runtime.store.session import Session
from runtime.store.transaction import transaction
from runtime.usecases.list_failed_jobs import list_failed_jobs
from runtime.usecases.retry_job import retry_all_jobs, retry_job
from tests.store.organisation import ORGANISATION
from tests.usecases.house import House


@pytest.fixture
def house(session: Session) -> House:
    """A house with people and no packs."""
    with transaction(session) as tx:
        organisation.load_organisation(tx, ORGANISATION)
    return House(session)


def fail(house: House, *keys: str) -> dict[str, int]:
    """Let deliveries fail once, and return their numbers."""
    now = house.moment
    with transaction(house.session) as tx:
        outbox.enqueue_all(tx, [Delivery(key, "notice", {"title": key}, now) for key in keys], now=now)
        jobs = outbox.claim(tx, now=now, owner="one", limit=10)
        for job in jobs:
            outbox.failed(tx, job, error="没有应答", now=now)
    return {job.key: job.id for job in jobs}


def due(house: House) -> list[str]:
    with transaction(house.session) as tx:
        return sorted(job.key for job in outbox.claim(tx, now=house.moment, owner="two", limit=10))


def test_failures_are_listed_newest_first_page_by_page(house: House) -> None:
    fail(house, "a", "b", "c")
    root = house.person("root")

    first = list_failed_jobs(session=house.session, actor=root, limit=2)
    rest = list_failed_jobs(session=house.session, actor=root, limit=2, before=first.jobs[-1].id)

    assert [job.key for job in first.jobs + rest.jobs] == ["c", "b", "a"]
    assert (first.more, rest.more) == (True, False)
    assert (first.waiting, first.dead) == (3, 0)


def test_one_job_is_tried_again_and_that_is_on_the_record(house: House) -> None:
    jobs = fail(house, "a", "b")

    assert house.run(retry_job, "root", job=jobs["a"], address="10.0.0.7").key == "a"

    assert due(house) == ["a"]
    [line] = audit.entries(house.session)
    assert (line.kind, line.object, line.ip) == ("job.retried", f"job/{jobs['a']}", "10.0.0.7")
    assert line.detail == {"key": "a", "error": "没有应答"}


def test_all_jobs_are_tried_again_together(house: House) -> None:
    fail(house, "a", "b")

    assert house.run(retry_all_jobs, "root") == 2
    assert due(house) == ["a", "b"]
    assert [line.detail for line in audit.entries(house.session)] == [{"count": 2}]

    house.session.rollback()
    assert house.run(retry_all_jobs, "root") == 0
    assert len(audit.entries(house.session)) == 1


def test_a_retry_wakes_the_drainer(house: House) -> None:
    jobs = fail(house, "a")
    woken: list[str] = []
    house.session.info.pop(WRITTEN, None)
    wake_after_commit(house.session.sessions, lambda: woken.append("!"))

    house.run(retry_job, "root", job=jobs["a"])

    assert woken == ["!"]


@pytest.mark.parametrize("act", [retry_job, retry_all_jobs])
def test_only_administrators_try_again(house: House, act: Any) -> None:
    jobs = fail(house, "a")
    given = {"job": jobs["a"]} if act is retry_job else {}

    with pytest.raises(Forbidden):
        house.run(act, "sam", **given)
    with pytest.raises(Forbidden):
        list_failed_jobs(session=house.session, actor=house.person("sam"))

    assert due(house) == []
    assert audit.entries(house.session) == []


def test_a_job_that_is_not_there_or_did_not_fail_is_not_found(house: House) -> None:
    jobs = fail(house, "a")
    house.run(retry_job, "root", job=jobs["a"])

    for job in (jobs["a"], 999):
        with pytest.raises(NotFound):
            house.run(retry_job, "root", job=job)
