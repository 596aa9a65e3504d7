"""The worker process: rung by Redis where there is one, on its own where there is none or it goes away."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select

from runtime.jobs import wake, worker
from runtime.jobs.wake import RedisAlarm, wake_after_commit
from runtime.store import notices, outbox
from runtime.store.database import make_engine
from runtime.store.session import Sessions
from runtime.store.tables import notice
from runtime.store.transaction import transaction
from tests.needs import needs_redis, redis_url
from tests.redis_database import redis_database
from tests.store.databases import sqlite_engine

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

#: A worker as `biaoliu worker` runs it, with an interval of the test's choice.
_PROGRAM = """
import sys
from datetime import UTC, datetime
from runtime.jobs.worker import work
from runtime.store.database import make_engine
from runtime.store.session import Sessions
url, redis_url, interval = sys.argv[1], sys.argv[2] or None, float(sys.argv[3])
work(Sessions(make_engine(url)), redis_url=redis_url, clock=lambda: datetime.now(UTC), interval=interval)
print("stopped", flush=True)
"""


class _Worker:
    """A running worker process and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def says(self, words: str) -> str:
        """Return its next line with `words` in it; fails if it ends before."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if words in line:
                return line
        raise AssertionError(f"the worker ended without saying {words!r}")

    def stop(self) -> None:
        """Ask it to stop, and see that it does so in its own way."""
        self._process.send_signal(signal.SIGTERM)
        self.says("stopped")
        assert self._process.wait(30) == 0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a new SQLite database that two processes can open."""
    with sqlite_engine(tmp_path) as engine:
        yield engine.url.render_as_string(hide_password=False)


@pytest.fixture
def opened(database: str) -> Iterator[Sessions]:
    """Yield sessions of this process on that database."""
    engine = make_engine(database)
    yield Sessions(engine)
    engine.dispose()


@pytest.fixture
def start(database: str) -> Iterator[Callable[[str, float], _Worker]]:
    """Return a function that starts a worker; what still runs at the end is ended."""
    running: list[subprocess.Popen[str]] = []

    def start(redis: str, interval: float) -> _Worker:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, database, redis, str(interval)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        return _Worker(process)

    yield start
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def redis() -> Iterator[Redis]:
    """Yield a connection to an empty Redis database."""
    with redis_database() as opened:
        yield opened


def write(opened: Sessions, title: str) -> None:
    made = notices.delivery(key=title, people=[1], kind="rule", title=title, due_at=NOW)
    with opened() as session, transaction(session) as tx:
        outbox.enqueue_all(tx, [made], now=NOW)


def titles(opened: Sessions) -> list[str]:
    with opened() as session:
        return list(session.scalars(select(notice.c.title).order_by(notice.c.id)))


@contextmanager
def no_port() -> Iterator[str]:
    """Yield the URL of a Redis that is not there: bound, so that nobody else takes it, but not listening."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{bound.getsockname()[1]}/0"


def test_without_redis_the_worker_looks_by_itself(
    opened: Sessions, start: Callable[[str, float], _Worker]
) -> None:
    running = start("", 0.05)
    write(opened, "一")

    running.says("outbox drained")
    assert titles(opened) == ["一"]
    running.stop()


def test_a_redis_that_is_not_there_stops_nothing(
    opened: Sessions, start: Callable[[str, float], _Worker]
) -> None:
    with no_port() as absent:
        running = start(absent, 0.05)
        running.says("redis cannot be reached")
        write(opened, "一")

        running.says("outbox drained")
        assert titles(opened) == ["一"]
        running.stop()


@needs_redis
def test_a_commit_rings_the_worker_and_a_later_one_rings_again(
    opened: Sessions,
    start: Callable[[str, float], _Worker],
    redis: Redis,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What a request would not wait for on a busy machine: no ring, and nothing for an hour.
    monkeypatch.setattr(wake, "PATIENCE_SECONDS", 10)
    alarm = RedisAlarm(redis_url())
    wake_after_commit(opened, alarm)
    running = start(redis_url(), 3600)  # by itself it would look in an hour

    for title in ("一", "二"):
        write(opened, title)
        running.says("outbox drained")

    assert titles(opened) == ["一", "二"]
    # The first ring may have brought both: then the second is still to be answered.
    until = time.monotonic() + 20
    while redis.exists(wake.UNDER_WAY) and time.monotonic() < until:
        time.sleep(0.05)
    assert not redis.exists(wake.UNDER_WAY)
    running.stop()
    alarm.close()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the URL and the process of a Redis of this test's own."""
    server = tmp_path / "redis.sock"
    with subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", str(server), "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.PIPE,
    ) as process:
        try:
            assert process.stdout is not None
            # In capitals or not, as it listens on a socket or on a port.
            assert any(b"ready to accept connections" in line.lower() for line in process.stdout)
            yield f"unix://{server}", process
        finally:
            process.kill()


@needs_redis
def test_redis_killed_while_the_worker_listens_loses_nothing(
    opened: Sessions,
    start: Callable[[str, float], _Worker],
    own_redis: tuple[str, subprocess.Popen[bytes]],
) -> None:
    url, server = own_redis
    alarm = RedisAlarm(url)
    wake_after_commit(opened, alarm)
    running = start(url, 0.2)
    write(opened, "一")
    running.says("outbox drained")

    server.kill()
    server.wait()
    write(opened, "二")  # neither fails nor waits

    running.says("outbox drained")
    assert titles(opened) == ["一", "二"]
    running.stop()
    alarm.close()


def test_an_alarm_answered_by_a_foreign_worker_says_so() -> None:
    with pytest.raises(worker.StartedElsewhere):
        worker.ring()
