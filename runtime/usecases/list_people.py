"""Everybody with an account, for an administrator."""

from dataclasses import dataclass

from runtime.language.directory import Directory
from runtime.running.administrator import overseen
from runtime.store import people
from runtime.store.people import Listed, Which
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class People:
    """Part of the list of people, and the organisation that their codes are of."""

    people: tuple[Listed, ...]
    total: int
    #: Whether there are people before and after these.
    earlier: bool
    later: bool
    directory: Directory


def list_people(
    *,
    session: Session,
    actor: int,
    search: str = "",
    which: Which = "all",
    after: int | None = None,
    before: int | None = None,
    limit: int = 20,
) -> People:
    """Return people in the order they were entered, after or before the person with that number.

    :raises Forbidden: if `actor` is no administrator.
    """
    with reading(session) as tx:
        directory = overseen(tx, actor=actor)
        page = people.page(tx, search=search, which=which, after=after, before=before, limit=limit)
    return People(page.people, page.total, page.earlier, page.later, directory)
