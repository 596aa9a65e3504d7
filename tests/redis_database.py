"""The Redis database that tests may empty: one test at a time, also across worker processes."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis

from tests.needs import redis_url


@contextmanager
def redis_database() -> Iterator[Redis]:
    """Yield a connection to the empty database at `redis_url`, for as long as nobody else has it."""
    lock = Path(tempfile.gettempdir()) / "biaoliu_test_redis.lock"
    with lock.open("w") as held, Redis.from_url(redis_url()) as connection:
        fcntl.flock(held, fcntl.LOCK_EX)
        connection.flushdb()
        yield connection
        connection.flushdb()
