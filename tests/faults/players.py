"""Other processes as a test commands them, and the start of several at the same instant."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, text

from runtime.store.session import Sessions
from tests.faults.office import ROOT
from tests.faults.orders import Answer, Order

#: Everybody who waits for a lock in this database.
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_HOLD = "LOCK TABLE flow_case IN EXCLUSIVE MODE"


class Player:
    """A process that carries out orders; `open` gives it a database."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.player"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    @contextmanager
    def playing(self, url: str) -> Iterator[Player]:
        """Play in this database for the length of the block."""
        assert self.ask({"open": url}) == {"opened": True}
        yield self
        assert self.ask({"close": True}) == {"closed": True}

    def ask(self, asked: dict[str, Any]) -> Answer:
        """Return what comes of an order: an answer, `{"killed": True}`, or a word on the way there."""
        self.say(asked)
        return self.hear()

    def say(self, asked: dict[str, Any]) -> None:
        """Give an order and do not wait."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()

    def hear(self) -> Answer:
        """Return the next thing said; fails if the process has ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the player ended with {self._process.wait()}"
        heard: Answer = json.loads(line)
        return heard

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


#: Two processes.
Pair = tuple[Player, Player]


def at_once(engine: Engine, players: Sequence[Player], orders: Sequence[Order]) -> list[Answer]:
    """Return the answers to orders that all meet in the database at the same instant.

    Each player gets as far as the database lets it while the test holds the cases; then it lets go.
    """
    with held(engine, waiting=len(orders)):
        for player, asked in zip(players, orders, strict=True):
            player.say({**asked, "tell": True})
            assert player.hear() == {"began": True}
    return [player.hear() for player in players]


@contextmanager
def held(engine: Engine, *, waiting: int, lock: str = _HOLD) -> Iterator[None]:
    """Hold a lock that every action needs until the block is left and, on PostgreSQL, so many wait for it.

    SQLite does not say who waits: there the lock is its one writer's, and whoever began is close enough.
    """
    with Sessions(engine)() as session:
        session.begin(writing=True)
        if engine.dialect.name == "postgresql":
            session.execute(text(lock))
        yield
        if engine.dialect.name == "postgresql":
            _wait_for(engine, waiting)
        session.rollback()


def _wait_for(engine: Engine, waiting: int) -> None:
    with engine.connect() as watching:
        while watching.execute(_WAITING).scalar_one() < waiting:
            watching.rollback()  # one statement a transaction: what is seen of the others is anew
