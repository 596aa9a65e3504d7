"""Housekeeping removes what is old and nothing else, in parts, once an hour in all processes together."""

from __future__ import annotations

import io
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from runtime.commands.tidy import tidy as command
from runtime.jobs import housekeeping
from runtime.jobs.embedded import DrainThread
from runtime.jobs.housekeeping import BATCH, Housekeeper, Tidied, tidy
from runtime.store import accounts, answers, files, outbox
from runtime.store.blobs import Blobs
from runtime.store.outbox import Delivery
from runtime.store.session import Session, Sessions
from runtime.store.tables import login_attempt
from runtime.store.tables import outbox as outbox_table
from runtime.store.transaction import transaction
from tests.store.databases import sqlite_engine

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTHING = Tidied(uploads=0, contents=0, failures=0, deliveries=0, answers=0)


def upload(session: Session, folder: Path, content: bytes, *, at: datetime) -> Path:
    blobs = Blobs(folder)
    with transaction(session) as tx:
        stored = files.add(tx, blobs.keep(io.BytesIO(content)), name="a.txt", by=4, at=at)
    os.utime(blobs.path(stored.sha256), times=(at.timestamp(),) * 2)
    return blobs.path(stored.sha256)


def fail_log_in(session: Session, *, at: datetime, times: int = 1) -> None:
    with transaction(session) as tx:
        for _ in range(times):
            accounts.note_failure(tx, login="sam", ip="x", at=at)


def deliver(session: Session, key: str, *, at: datetime) -> None:
    with transaction(session) as tx:
        outbox.enqueue_all(tx, [Delivery(key, "notice", {}, at)], now=at)
        for job in outbox.claim(tx, now=at, owner="one", limit=1):
            outbox.done(tx, job)


def test_what_is_old_goes_and_what_is_not_stays(new_session: Sessions, tmp_path: Path) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    with new_session() as session:
        old = upload(session, tmp_path, b"old", at=NOW - day - hour)
        fresh = upload(session, tmp_path, b"fresh", at=NOW - day + hour)
        fail_log_in(session, at=NOW - day - hour)
        fail_log_in(session, at=NOW - hour)
        deliver(session, "old", at=NOW - 31 * day)
        deliver(session, "fresh", at=NOW - 29 * day)
        with transaction(session) as tx:
            outbox.enqueue_all(tx, [Delivery("waits", "notice", {}, NOW - 60 * day)], now=NOW)
            answers.begin(tx, token="t", actor=4, at=NOW - 8 * day)

    assert tidy(new_session, files_dir=tmp_path, now=NOW) == Tidied(1, 1, 1, 1, 1)

    assert (old.exists(), fresh.exists()) == (False, True)
    with new_session() as session:
        assert session.scalars(select(outbox_table.c.key).order_by("key")).all() == ["fresh", "waits"]
    assert tidy(new_session, files_dir=tmp_path, now=NOW) == NOTHING


def test_many_rows_go_in_several_transactions(
    new_session: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_session() as session:
        fail_log_in(session, at=NOW - timedelta(days=2), times=BATCH + 7)
    opened: list[Session] = []

    def watched() -> Session:
        opened.append(new_session())
        return opened[-1]

    assert tidy(watched, files_dir=tmp_path, now=NOW).failures == BATCH + 7
    assert len(opened) == 5  # one for each kind of rows, and one more

    monkeypatch.setattr(housekeeping, "MOST_BATCHES", 1)
    with new_session() as session:
        fail_log_in(session, at=NOW - timedelta(days=2), times=BATCH + 7)
    assert tidy(new_session, files_dir=tmp_path, now=NOW).failures == BATCH
    with new_session() as session:
        assert session.scalar(select(func.count()).select_from(login_attempt)) == 7


def test_two_processes_tidy_once_an_hour_together(new_session: Sessions, tmp_path: Path) -> None:
    now = NOW
    here, there = (Housekeeper(new_session, files_dir=tmp_path, clock=lambda: now) for _ in ("here", "there"))

    assert here() == NOTHING
    assert there() is None
    now = NOW + timedelta(minutes=59)
    assert here() is None
    now = NOW + timedelta(minutes=60)
    assert there() == NOTHING
    assert here() is None


def test_between_its_turns_it_asks_the_database_nothing(new_session: Sessions, tmp_path: Path) -> None:
    opened: list[Session] = []

    def watched() -> Session:
        opened.append(new_session())
        return opened[-1]

    keeper = Housekeeper(watched, files_dir=tmp_path, clock=lambda: NOW)
    keeper()
    opened.clear()

    assert keeper() is None
    assert opened == []


def test_the_thread_tidies_and_survives_housekeeping_that_fails(new_session: Sessions) -> None:
    calls = threading.Semaphore(0)

    def broken() -> None:
        calls.release()
        raise OSError("disk is away")

    thread = DrainThread(new_session, clock=lambda: NOW, interval=3600, afterwards=broken)
    thread.start()

    for _ in range(2):
        assert calls.acquire(timeout=30)
        thread.wake()
    assert thread.stop()


def test_the_command_says_what_it_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite_engine(tmp_path) as engine:
        monkeypatch.setenv("VAR_DIR", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        with Sessions(engine)() as session:
            fail_log_in(session, at=NOW - timedelta(days=400))
            upload(session, tmp_path / "files", b"old", at=NOW - timedelta(days=400))

        done = CliRunner().invoke(command, catch_exceptions=False)

    assert "上传 1 个、文件内容 1 个、登录失败记录 1 条、已送达事项 0 条" in done.output
