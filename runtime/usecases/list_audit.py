"""What administrators did, for an administrator."""

from dataclasses import dataclass

from runtime.language.directory import Directory
from runtime.running.administrator import overseen
from runtime.store import audit
from runtime.store.audit import Entry
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Audit:
    """Lines of the record, newest first, and the organisation that names their actors."""

    entries: tuple[Entry, ...]
    #: Whether there are older ones.
    more: bool
    directory: Directory


def list_audit(*, session: Session, actor: int, before: int | None = None, limit: int = 50) -> Audit:
    """Return lines older than the line `before`.

    :raises Forbidden: if `actor` is no administrator.
    """
    with reading(session) as tx:
        directory = overseen(tx, actor=actor)
        found = audit.entries(tx, before=before, limit=limit + 1)
    return Audit(tuple(found[:limit]), len(found) > limit, directory)
