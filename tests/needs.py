"""What some tests need besides Python, how it is found and how to get it.

`@needs_postgres` on a test (or `marks=needs_postgres` on a parameter) skips it where there is no server;
tests/skips.py lists what was skipped, and with `REQUIRE_ALL=1` makes every skip a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
import pytest
import redis

needs_browser = pytest.mark.browser
needs_postgres = pytest.mark.postgres
needs_redis = pytest.mark.redis

#: Arguments under which Chromium runs as root, without a screen and without talking to anyone.
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def postgres_url() -> str:
    """Return the SQLAlchemy URL of a server on which tests may create databases of their own."""
    return os.environ.get("BIAOLIU_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


def redis_url() -> str:
    """Return the URL of a Redis database that tests may empty."""
    return os.environ.get("BIAOLIU_TEST_REDIS", "redis://127.0.0.1:6379/15")


def chromium() -> str | None:
    """Return the path of a Chromium or Chrome, or None."""
    named = os.environ.get("BIAOLIU_TEST_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@cache
def postgres_answers() -> bool:
    """Say whether the server at `postgres_url` lets us in."""
    try:
        psycopg.connect(postgres_url().replace("+psycopg", "", 1), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@cache
def redis_answers() -> bool:
    """Say whether the server at `redis_url` answers."""
    with redis.Redis.from_url(redis_url(), socket_connect_timeout=3) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


@dataclass(frozen=True)
class Need:
    """Something a machine may lack; `mark` is the pytest mark of tests that need it."""

    mark: str
    meaning: str
    is_met: Callable[[], bool]
    how_to_get_it: str


NEEDS = (
    Need(
        "browser",
        "drives a real Chromium",
        lambda: chromium() is not None,
        "apt-get install chromium fonts-noto-cjk, or set BIAOLIU_TEST_CHROMIUM to the path of one",
    ),
    Need(
        "postgres",
        "talks to a running PostgreSQL",
        postgres_answers,
        "apt-get install postgresql, or set BIAOLIU_TEST_POSTGRES to an SQLAlchemy URL of a server to spare",
    ),
    Need(
        "redis",
        "talks to a running Redis",
        redis_answers,
        "apt-get install redis-server, or set BIAOLIU_TEST_REDIS to a URL of a database that may be emptied",
    ),
)
