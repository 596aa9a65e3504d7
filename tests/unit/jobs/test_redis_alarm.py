"""Waking the workers through Redis never fails a request, and hardly delays one."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from runtime.jobs import wake
from runtime.jobs.wake import RedisAlarm
from tests.needs import needs_redis, redis_url
from tests.redis_database import redis_database


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """Yield a server that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def url(server: socket.socket) -> str:
    return f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def connections(server: socket.socket) -> int:
    """Return how many connections wait to be taken, and take them."""
    server.setblocking(False)
    found = 0
    try:
        while True:
            server.accept()[0].close()
            found += 1
    except BlockingIOError:
        return found


def test_a_refused_connection_is_no_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = url(server)

    RedisAlarm(closed)()


def test_a_redis_that_hangs_is_given_up_within_its_patience(silent: socket.socket) -> None:
    alarm = RedisAlarm(url(silent))

    before = time.monotonic()
    alarm()
    waited = time.monotonic() - before
    alarm.close()

    # Two waits of PATIENCE_SECONDS; the rest is room for a busy machine. redis-py's own retries would take
    # a second and more.
    assert waited < 0.5


def test_after_a_failure_redis_is_left_alone_for_a_while(silent: socket.socket) -> None:
    clock = _Clock()
    alarm = RedisAlarm(url(silent), clock=clock)

    alarm()
    assert connections(silent) == 1
    alarm()
    assert connections(silent) == 0
    clock.now += wake.SULK_SECONDS
    alarm()
    assert connections(silent) == 1
    alarm.close()


@pytest.fixture
def connection() -> Iterator[Redis]:
    """Yield a connection to an empty Redis database."""
    with redis_database() as opened:
        yield opened


@needs_redis
def test_a_hundred_commits_ring_once(connection: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake, "PATIENCE_SECONDS", 10)  # a busy machine answers late, and is not what is asked
    alarm = RedisAlarm(redis_url())
    queue = Queue(wake.QUEUE, connection=connection, serializer=JSONSerializer)

    for _ in range(100):
        alarm()
    assert [job.func_name for job in queue.jobs] == [wake.RING]

    connection.delete(wake.UNDER_WAY)  # what the worker does before it drains
    alarm()
    assert len(queue.jobs) == 2
    alarm.close()
