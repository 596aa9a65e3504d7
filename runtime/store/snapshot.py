"""What a process keeps of a database while a number in it stays the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select, update

from runtime.store.session import Session
from runtime.store.tables import org_revision

T = TypeVar("T")

#: `Session.info` holds here the connection of the transaction that raised a number last; each has its own.
_RAISED = "revision_raised"


@dataclass(frozen=True, slots=True)
class Revisions:
    """The two numbers that say whether what a process keeps is still true."""

    #: Of the organisation and the slot bindings.
    organisation: int
    #: Of the tables of entities and the current releases.
    schema: int


def keeper_of(tx: Session) -> Engine | Connection:
    """Return what a value that is read now hangs on: the database, so that everybody has it.

    A transaction that has raised a number itself keeps what it reads to itself: if it is never committed,
    the next one raises to the same number, and it means something else.
    """
    own: Connection | None = tx.info.get(_RAISED)
    return own if own is not None and tx.is_on(own) else tx.engine


class Snapshot(Generic[T]):
    """The newest value read, per database. Threads may read it twice at once; both get the same."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Engine | Connection, tuple[int, T]] = WeakKeyDictionary()

    def kept(self, tx: Session) -> tuple[int, T] | None:
        """Return what this process keeps and of which number, without asking whether that is today's."""
        return self._kept.get(keeper_of(tx))

    def at(self, tx: Session, number: int, *, load: Callable[[], T]) -> T:
        """Return the value of `number`, read anew only if what is kept is of another number."""
        keeper = keeper_of(tx)
        kept = self._kept.get(keeper)
        if kept is not None and kept[0] == number:
            return kept[1]
        loaded = load()
        self._kept[keeper] = (number, loaded)
        return loaded


def revisions(tx: Session) -> Revisions:
    """Return today's numbers; one statement on one row."""
    row = tx.execute(select(org_revision.c.number, org_revision.c.schema_number)).one_or_none()
    return Revisions(row.number, row.schema_number) if row else Revisions(0, 0)


def raise_organisation(tx: Session) -> None:
    """Tell every process that the organisation has changed; belongs to every write of it."""
    _raise(tx, {"number": org_revision.c.number + 1})


def raise_schema(tx: Session) -> None:
    """Tell every process that tables of entities or current releases have changed."""
    _raise(tx, {"schema_number": org_revision.c.schema_number + 1})


def _raise(tx: Session, values: dict[str, object]) -> None:
    if tx.execute(update(org_revision).values(values)).rowcount == 0:
        tx.execute(org_revision.insert().values(number=1, schema_number=1))
    tx.info[_RAISED] = tx.connection()
