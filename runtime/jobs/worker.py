"""`biaoliu worker`: drains the outbox in a process of its own; with Redis an rq worker says when.

rq is only the alarm clock. Its jobs carry nothing and deliver nothing, they wake the drain thread of this
process, which also looks by itself: losing Redis, or its data, delays deliveries by `embedded.INTERVAL`.
"""

import signal
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from redis import Redis, RedisError
from rq import Queue, SimpleWorker, get_current_job
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from runtime.jobs.drain import OpenSession
from runtime.jobs.embedded import INTERVAL, DrainThread
from runtime.jobs.handlers import HANDLERS, Handler
from runtime.jobs.wake import QUEUE, UNDER_WAY, Wake

#: Seconds after which rq forgets a worker that no longer reports.
WORKER_TTL = 60
#: Seconds between two tries to reach Redis.
AGAIN_SECONDS = 5.0

_log = structlog.get_logger(__name__)
#: What an alarm wakes in this process; set by `work`.
_bells: list[Wake] = []


class StartedElsewhere(Exception):
    """An alarm was answered by an rq worker that `biaoliu worker` did not start: it has nothing to wake."""


def work(
    sessions: OpenSession,
    *,
    redis_url: str | None,
    clock: Callable[[], datetime],
    handlers: Mapping[str, Handler] = HANDLERS,
    interval: float = INTERVAL,
    afterwards: Callable[[], object] | None = None,
) -> None:
    """Drain until SIGINT or SIGTERM, then finish the batch at hand. Runs in the main thread.

    Without `redis_url`, and while Redis is away, the outbox is looked at every `interval` seconds.
    `afterwards` is called after every drain.
    """
    thread = DrainThread(sessions, clock=clock, handlers=handlers, interval=interval, afterwards=afterwards)
    stopping = threading.Event()
    _bells.append(thread.wake)
    thread.start()
    try:
        while not stopping.is_set():
            _stop_on_signals(stopping)
            if redis_url:
                _answer_alarms(redis_url, stopping)
                _stop_on_signals(stopping)
            stopping.wait(AGAIN_SECONDS if redis_url else None)
    finally:
        _bells.remove(thread.wake)
        thread.stop()


def ring() -> None:
    """Wake the drain thread: the one rq job there is.

    :raises StartedElsewhere: if this process has no drain thread.
    """
    if not _bells:
        raise StartedElsewhere
    job = get_current_job()
    if job is not None:
        # Before draining: a commit from now on must ring again.
        job.connection.delete(UNDER_WAY)
    for wake in _bells:
        wake()


class _Worker(SimpleWorker):
    """An rq worker without forks (the jobs only ring a bell) that tells why it stopped."""

    def __init__(self, queue: Queue, connection: Redis, stopping: threading.Event) -> None:
        super().__init__(
            [queue],
            connection=connection,
            serializer=JSONSerializer,
            worker_ttl=WORKER_TTL,
            log_job_description=False,
        )
        self._stopping = stopping

    def request_stop(self, signum: Any, frame: Any) -> None:
        self._stopping.set()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # rq has no types here

    def check_for_suspension(self, burst: bool) -> None:
        # Asked before every job: also a signal that came before rq listened to signals stops it.
        if self._stopping.is_set():
            raise StopRequested
        super().check_for_suspension(burst)


def _answer_alarms(redis_url: str, stopping: threading.Event) -> None:
    """Run an rq worker until it is asked to stop or loses Redis."""
    try:
        with Redis.from_url(redis_url) as connection:
            queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
            _Worker(queue, connection, stopping).work(logging_level="WARNING")
    except StopRequested:
        return
    except (RedisError, OSError) as error:
        _log.warning("redis cannot be reached", error=str(error), again_in_seconds=AGAIN_SECONDS)


def _stop_on_signals(stopping: threading.Event) -> None:
    """Let signals end the wait; rq's handlers, once it ran, know only the worker that has ended."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
