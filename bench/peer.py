"""What the benchmark asks of everything it measures, and how the peers of `peers/` are loaded."""

import importlib
import sys
from pathlib import Path
from typing import Any, Protocol

_PEERS = Path(__file__).parent / "peers"


class Peer(Protocol):
    """One way to run approval flows on a database of its own.

    `start`, `start_multi` and `complete` are timed: each loads what it needs from the database and
    commits before it returns. `open_tasks` is not: it stands for what the person already sees.
    """

    def setup(self) -> None:
        """Create the tables; once per database."""

    def open(self) -> None:
        """Connect."""

    def start(self, no: int, amount: int) -> Any:
        """Submit expense number `no`; return the instance."""

    def start_multi(self, k: int) -> Any:
        """Submit something that `k` people sign in parallel; return the instance."""

    def open_tasks(self, inst: Any) -> list[tuple[Any, str]]:
        """Return the open tasks of an instance with the names of their nodes."""

    def complete(self, inst: Any, task_id: Any, name: str, data: dict[str, str]) -> None:
        """Approve one task."""


def load(module: str, *, database: str, variant: str) -> Peer:
    """Return a peer of `peers/`, set up and connected.

    They are scripts that import each other by bare name, so their folder goes on the path.
    """
    if str(_PEERS) not in sys.path:
        sys.path.insert(0, str(_PEERS))
    peer: Peer = importlib.import_module(module).Peer(database, variant)
    peer.setup()
    peer.open()
    return peer
