"""Find people, departments, companies, posts and roles by name, for choosing one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from runtime.language.directory import Directory
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.context import Clock, open_context
from runtime.store.session import Session

Kind = Literal["people", "departments", "companies", "posts", "roles"]

#: More than this nobody reads through; another letter finds it.
MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody or something that may be chosen."""

    code: str
    name: str
    #: What tells two of the same name apart.
    note: str = ""


def search_directory(*, session: Session, clock: Clock, actor: int, kind: str, words: str) -> list[Found]:
    """Return up to `MOST` whose name, note or number contains all of the words, those that begin so first.

    Everybody with an account may look people up: who is who is no secret in a house. People who left are
    not found.

    :raises NotFound: for an unknown kind.
    """
    context = open_context(session, clock=clock, actor=actor)
    if kind not in _KINDS:
        raise NotFound("no_such_kind", _("没有这一类组织信息。"))
    asked = words.casefold().split()
    fitting = [one for one in _KINDS[kind](context.directory) if _fits(one, asked)]
    first = asked[0] if asked else ""
    # The sort is stable: the order of the organisation decides among equals.
    fitting.sort(key=lambda one: not one.name.casefold().startswith(first))
    return fitting[:MOST]


def _fits(one: Found, asked: list[str]) -> bool:
    text = f"{one.name} {one.note} {one.code}".casefold()
    return all(word in text for word in asked)


def _people(directory: Directory) -> Iterator[Found]:
    for person in directory.people.values():
        if person.active:
            department = directory.departments.get(person.department or "")
            yield Found(person.code, person.name, department.name if department else "")


def _departments(directory: Directory) -> Iterator[Found]:
    for one in directory.departments.values():
        company = directory.companies.get(one.company)
        yield Found(one.code, one.name, company.name if company else "")


def _companies(directory: Directory) -> Iterator[Found]:
    yield from (Found(one.code, one.name) for one in directory.companies.values())


def _posts(directory: Directory) -> Iterator[Found]:
    yield from (Found(one.code, one.name) for one in directory.posts.values())


def _roles(directory: Directory) -> Iterator[Found]:
    yield from (Found(one.code, one.name) for one in directory.roles.values())


_KINDS = {
    "people": _people,
    "departments": _departments,
    "companies": _companies,
    "posts": _posts,
    "roles": _roles,
}
