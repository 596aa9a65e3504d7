"""The drainer inside a process: a thread that wakes when told to, and every now and then by itself.

Started by a command (`serve`, `worker`), never by making an application: a process that is forked, a test or
a migration must not find itself delivering mail.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from runtime.jobs.drain import OpenSession, drain_all
from runtime.jobs.handlers import HANDLERS, Handler

#: Seconds between two looks that nobody asked for: what a lost wake-up, a retry or a due date waits at most.
INTERVAL = 15.0

_log = structlog.get_logger(__name__)


class DrainThread:
    """Drains the outbox in the background until stopped."""

    def __init__(
        self,
        sessions: OpenSession,
        *,
        clock: Callable[[], datetime],
        handlers: Mapping[str, Handler] = HANDLERS,
        interval: float = INTERVAL,
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        """Prepare; `start` starts. `interval` is in seconds.

        `afterwards` is called after every drain: housekeeping, which knows itself when it is time.
        """
        self._sessions = sessions
        self._clock = clock
        self._handlers = handlers
        self._interval = interval
        self._afterwards = afterwards
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox-drain", daemon=True)

    def start(self) -> None:
        """Start draining, at once for the first time."""
        self._thread.start()

    def wake(self) -> None:
        """Ask for a look now; returns at once, and never fails."""
        self._woken.set()

    def stop(self, *, timeout: float = 10.0) -> bool:
        """Let the batch at hand end, and say whether it did within `timeout` seconds."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._drain()
            self._tidy()
            self._woken.wait(self._interval)
            # Cleared before looking, not after: what is written while we look wakes us again.
            self._woken.clear()

    def _drain(self) -> None:
        try:
            report = drain_all(self._sessions, self._handlers, clock=self._clock)
        except Exception:
            # The database is away, or a bug: either way the thread must live to try again.
            _log.exception("outbox drain failed", again_in_seconds=self._interval)
            return
        if report.claimed:
            _log.info(
                "outbox drained", done=report.done, failed=report.failed, dead=report.dead, lost=report.lost
            )

    def _tidy(self) -> None:
        if self._afterwards is None or self._stopping.is_set():
            return
        try:
            self._afterwards()
        except Exception:
            _log.exception("housekeeping failed")
