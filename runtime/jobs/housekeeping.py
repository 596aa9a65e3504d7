"""Housekeeping: what nobody needs any more goes, a few hundred rows at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from runtime.jobs.drain import OpenSession
from runtime.store import accounts, answers, files, outbox
from runtime.store.blobs import Blobs
from runtime.store.files import LOOSE_FOR
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.transaction import transaction, with_retry
from runtime.store.turns import take_turn

#: Housekeeping of one installation happens at most this often, however many processes it has.
EVERY = timedelta(hours=1)
#: Failed log-ins count for minutes; they are kept a day for whoever looks into them.
FAILURES_KEPT = timedelta(days=1)
#: Delivered jobs are kept for whoever asks whether something went out.
DELIVERED_KEPT = timedelta(days=30)
#: Rows removed in one transaction, and transactions for one kind of rows at a time: the rest goes next time.
BATCH = 500
MOST_BATCHES = 40

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was removed."""

    #: Uploads that nobody saved, and contents on disk that nothing holds any more.
    uploads: int
    contents: int
    failures: int
    deliveries: int
    answers: int


def tidy(sessions: OpenSession, *, files_dir: Path, now: datetime) -> Tidied:
    """Remove what is too old at `now`, and say how much. It may be stopped anywhere and run again."""
    uploads = _removed(sessions, lambda tx: files.remove_loose(tx, now=now, limit=BATCH))
    return Tidied(
        uploads=uploads,
        contents=_swept(sessions, files_dir, now),
        failures=_removed(
            sessions, lambda tx: accounts.remove_failures(tx, before=now - FAILURES_KEPT, limit=BATCH)
        ),
        deliveries=_removed(
            sessions, lambda tx: outbox.remove_done(tx, before=now - DELIVERED_KEPT, limit=BATCH)
        ),
        answers=_removed(sessions, lambda tx: answers.remove_old(tx, now=now)),
    )


class Housekeeper:
    """Tidies when it is time; asking it costs nothing in between, so it may be asked after every drain."""

    def __init__(self, sessions: OpenSession, *, files_dir: Path, clock: Callable[[], datetime]) -> None:
        """Prepare; the first time is at once, unless another process was faster within `EVERY`."""
        self._sessions = sessions
        self._files_dir = files_dir
        self._clock = clock
        self._next: datetime | None = None

    def __call__(self) -> Tidied | None:
        """Tidy, if nobody has for an hour; return what was removed, None if it was not our turn."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return None
        # Before anything can fail: what is broken is tried again in an hour, not every few seconds.
        self._next = now + EVERY
        if not with_retry(lambda: self._is_our_turn(now)):
            return None
        found = tidy(self._sessions, files_dir=self._files_dir, now=now)
        _log.info("tidied", **{name: getattr(found, name) for name in Tidied.__slots__})
        return found

    def _is_our_turn(self, now: datetime) -> bool:
        with self._sessions() as session, transaction(session) as tx:
            return take_turn(tx, "tidy", now=now, every=EVERY)


def _removed(sessions: OpenSession, remove: Callable[[Session], int]) -> int:
    total = 0
    for _ in range(MOST_BATCHES):
        count = with_retry(lambda: _batch(sessions, remove))
        total += count
        if count < BATCH:
            break
    return total


def _batch(sessions: OpenSession, remove: Callable[[Session], int]) -> int:
    with sessions() as session, transaction(session) as tx:
        return remove(tx)


def _swept(sessions: OpenSession, files_dir: Path, now: datetime) -> int:
    def unused(contents: Iterable[str]) -> list[str]:
        # Read anew for every folder: a snapshot from before would not know what was kept meanwhile.
        with sessions() as session, reading(session) as tx:
            return files.unused(tx, contents)

    return Blobs(files_dir).sweep(before=now - LOOSE_FOR, unused=unused)
