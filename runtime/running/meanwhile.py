"""Work done while the database works: with what this process knows, which its answer confirms or not."""

from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from runtime.packs import world
from runtime.store import directory
from runtime.store.session import Session
from runtime.store.snapshot import Revisions

T = TypeVar("T")


class Meanwhile(Generic[T]):
    """Work that needs today's numbers, begun with those that this process last heard of."""

    def __init__(self, tx: Session, work: Callable[[Revisions], T]) -> None:
        """Take the work; it may be done twice, so it changes nothing."""
        self._tx = tx
        self._work = work
        self._done: tuple[Revisions, T] | None = None

    def attempt(self) -> None:
        """Do the work in advance, if it needs nothing from the database; why it fails is told later."""
        organisation, apps = directory.kept(self._tx), world.kept(self._tx)
        if organisation is None or apps is None:
            return
        numbers = Revisions(organisation[0], apps[0])
        # Whatever stands against it is found again by `result`, or was not true.
        with suppress(Exception):
            self._done = numbers, self._work(numbers)

    def result(self, numbers: Revisions) -> T:
        """Return what the work comes to with these numbers.

        :raises Exception: what the work raises.
        """
        if self._done is not None and self._done[0] == numbers:
            return self._done[1]
        return self._work(numbers)
