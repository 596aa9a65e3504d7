"""The list of everybody with an account, for those who look after accounts; keyset paging by number."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from runtime.store.compared_text import holdable
from runtime.store.session import Session
from runtime.store.tables import person
from runtime.store.task_lists import like

Which = Literal["active", "inactive", "all"]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody as the list shows them."""

    id: int
    code: str
    login: str
    name: str
    department: str | None
    company: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Part of the list, and whether there is more at either end."""

    people: tuple[Listed, ...]
    #: How many the whole list has.
    total: int
    earlier: bool
    later: bool


_COLUMNS = [person.c[name] for name in Listed.__slots__]


def page(
    tx: Session,
    *,
    search: str = "",
    which: Which = "all",
    after: int | None = None,
    before: int | None = None,
    limit: int = 20,
) -> Page:
    """Return people in the order they were entered: those after (or before) this number, or the first ones.

    `search` finds parts of names, log-ins and staff numbers, in any case of their letters.
    """
    if not holdable(search):
        return Page((), 0, earlier=False, later=False)
    wanted = and_(_matching(search), _within(which))
    total = tx.execute(select(func.count()).select_from(person).where(wanted)).scalar_one()
    query = select(*_COLUMNS).where(wanted).limit(limit + 1)
    if before is not None:
        backwards = query.where(person.c.id < before).order_by(person.c.id.desc())
        found = [Listed(*row) for row in tx.execute(backwards)]
        return Page(tuple(reversed(found[:limit])), total, earlier=len(found) > limit, later=True)
    forwards = query.order_by(person.c.id)
    if after is not None:
        forwards = forwards.where(person.c.id > after)
    found = [Listed(*row) for row in tx.execute(forwards)]
    return Page(tuple(found[:limit]), total, earlier=after is not None, later=len(found) > limit)


def _matching(search: str) -> ColumnElement[bool]:
    if not search.strip():
        return true()
    pattern = like(search.lower())
    columns = (person.c.name, person.c.login, person.c.emp_no)
    return or_(*(func.lower(column).like(pattern, escape="\\") for column in columns))


def _within(which: Which) -> ColumnElement[bool]:
    return true() if which == "all" else person.c.active.is_(which == "active")
