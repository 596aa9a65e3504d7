"""Two people at the same instant: the second comes while the first is about to commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread, get_ident
from typing import Any

from runtime.store import fault_point
from runtime.store.session import Sessions
from tests.usecases.house import House

#: Seconds that the second is given to run into what the first holds.
_ENOUGH = 0.5


@contextmanager
def beside(house: House) -> Iterator[House]:
    """Yield the same house as somebody else in it sees it: on a session of their own."""
    with Sessions(house.session.engine)() as session:
        other = House(session, house.moment)
        other._tokens = house._tokens
        yield other


def while_committing(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Return what both answer or raise; `second` begins when `first` has done all but its commit."""
    told: dict[str, Any] = {}
    paused, go = Event(), Event()

    def run(name: str, work: Callable[[], Any]) -> None:
        try:
            told[name] = work()
        except Exception as error:
            told[name] = error
        finally:
            paused.set()

    def hold(point: str) -> None:
        if point == fault_point.BEFORE_COMMIT and get_ident() == one.ident and not paused.is_set():
            paused.set()
            assert go.wait(30)

    one, two = Thread(target=run, args=("first", first)), Thread(target=run, args=("second", second))
    fault_point.arm(hold)
    try:
        one.start()
        assert paused.wait(30)
        two.start()
        two.join(_ENOUGH)
        go.set()
        one.join()
        two.join()
    finally:
        go.set()
        fault_point.arm(None)
    return told["first"], told["second"]
