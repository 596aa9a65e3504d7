"""Tell a drainer that the outbox has something new: best effort, after the commit, never in its way.

Whoever cannot be reached finds the work by itself within `embedded.INTERVAL`.
"""

import time
from collections.abc import Callable

import structlog
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from runtime.store.outbox import WRITTEN
from runtime.store.session import Session, Sessions

QUEUE = "biaoliu"
#: Set while an alarm is under way: hundreds of commits make one job. The worker takes it away *before* it
#: drains, so what is committed meanwhile rings again.
UNDER_WAY = "biaoliu:alarm"
#: An alarm that nobody answered is forgotten after this time.
FORGOTTEN_SECONDS = 30
#: A request waits this long for Redis at most, to connect and to answer.
PATIENCE_SECONDS = 0.02
#: After a failure Redis is left alone for this long.
SULK_SECONDS = 5.0
#: What the rq job calls, by name, as rq wants it.
RING = "runtime.jobs.worker.ring"

Wake = Callable[[], None]

_log = structlog.get_logger(__name__)


def wake_after_commit(sessions: Sessions, wake: Wake) -> None:
    """Call `wake` after each commit of a transaction that wrote to the outbox.

    A `wake` that fails is logged: the commit has happened, and its answer is on the way to a person.
    """

    def forget(session: Session) -> None:
        session.info.pop(WRITTEN, None)

    def tell(session: Session) -> None:
        if session.info.pop(WRITTEN, None):
            try:
                wake()
            except Exception:
                _log.exception("waking the drainer failed")

    sessions.after_commit.append(tell)
    sessions.after_rollback.append(forget)


class RedisAlarm:
    """Wakes the rq workers. An absent Redis costs one request two `PATIENCE_SECONDS`, the next nothing."""

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare; connects at the first call. `clock` counts seconds, from anywhere."""
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._queue = Queue(QUEUE, connection=self._redis, serializer=JSONSerializer)
        self._clock = clock
        self._silent_until = float("-inf")

    def __call__(self) -> None:
        """Ring, unless an alarm is under way already or Redis failed just now."""
        if self._clock() < self._silent_until:
            return
        try:
            if self._redis.set(UNDER_WAY, 1, nx=True, ex=FORGOTTEN_SECONDS):
                self._queue.enqueue(RING, result_ttl=0, failure_ttl=3600, ttl=FORGOTTEN_SECONDS)
        except (RedisError, OSError) as error:
            self._silent_until = self._clock() + SULK_SECONDS
            _log.warning("redis cannot be reached", error=str(error), silent_seconds=SULK_SECONDS)

    def close(self) -> None:
        """Give the connections back."""
        self._redis.close()
