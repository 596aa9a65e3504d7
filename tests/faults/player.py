"""A process of its own that carries out orders, one line of JSON each, and dies where it is told.

What dies is a child: the process that imported everything and read the packs forks another at once, so that
a death costs milliseconds. Orders are answered one by one; between two of them nothing is under way.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from io import FileIO
from typing import Any

from runtime.running.context import SYSTEM, Clock, open_context
from runtime.store import fault_point
from runtime.store.database import make_engine
from runtime.store.session import Sessions
from tests.faults.orders import NOW, answer, deliver

# Unbuffered: a line that the dead child had read ahead would be lost to the next one.
_orders = FileIO(0, closefd=False)


def main() -> None:
    """Play for one database after the other, until nobody asks any more."""
    while (asked := _hear()) is not None:
        engine = make_engine(asked["open"])
        opened = Sessions(engine)
        with opened() as session:
            context = open_context(session, clock=Clock(NOW), actor=SYSTEM)
            for app in context.world.apps:
                context.world.app(app)
        engine.dispose()
        _say({"opened": True})
        while _killed(opened):
            _say({"killed": True})
        _say({"closed": True})


def _killed(opened: Sessions) -> bool:
    """Let a child play; return whether it was killed, and another one is wanted."""
    child = os.fork()
    if not child:
        try:
            _play(opened)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _play(opened: Sessions) -> None:
    while (asked := _hear()) and "close" not in asked:
        reached: list[str] = []
        fault_point.arm(_fault(asked.get("fault"), reached))
        if asked.get("tell"):
            _say({"began": True})
        try:
            if "deliver" in asked:
                _say(deliver(opened, at=datetime.fromisoformat(asked["deliver"])))
            else:
                _say(answer(opened, asked) | ({"reached": reached} if "report" in asked else {}))
        except Exception as error:
            _say({"failed": f"{type(error).__name__}: {error}"})


def _fault(told: dict[str, Any] | None, reached: list[str]) -> Callable[[str], None]:
    """Return what happens at the nth time a point is reached: death, or a wait until told to go on."""

    def reach(point: str) -> None:
        reached.append(point)
        if told is None or point != told["point"] or reached.count(point) != told.get("hit", 1):
            return
        if told["do"] == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        _say({"at": point})
        _hear()

    return reach


def _hear() -> dict[str, Any] | None:
    line = _orders.readline()
    heard: dict[str, Any] | None = json.loads(line) if line else None
    return heard


def _say(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
