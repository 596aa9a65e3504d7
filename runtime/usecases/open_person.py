"""One person's account, for an administrator."""

from dataclasses import dataclass

from runtime.language.directory import Directory, Person
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.administrator import overseen, somebody
from runtime.store import accounts, audit
from runtime.store.audit import Entry
from runtime.store.reading import reading
from runtime.store.session import Session

#: Lines of the record that the page shows.
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class OpenedPerson:
    """Somebody's account, the organisation around them, and what administrators did to it."""

    person: Person
    login: str
    directory: Directory
    entries: tuple[Entry, ...]


def open_person(*, session: Session, actor: int, person: int) -> OpenedPerson:
    """Return the account.

    :raises Forbidden: if `actor` is no administrator.
    :raises NotFound: if there is no such person.
    """
    with reading(session) as tx:
        directory = overseen(tx, actor=actor)
        found, account = somebody(directory, person), accounts.by_id(tx, person)
        if account is None:
            raise NotFound("no_such_person", _("没有这个用户。"))
        entries = audit.entries(tx, object=f"person/{found.code}", limit=_MOST_LINES)
    return OpenedPerson(found, account.login, directory, tuple(entries))
