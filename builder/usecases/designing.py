"""Who may design apps, and the record of what they did."""

from dataclasses import dataclass
from typing import Any

from runtime.language.directory import Directory, Person
from runtime.language.refusal import Forbidden
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store import audit
from runtime.store import directory as directories
from runtime.store.access import ADMINISTRATORS
from runtime.store.reading import reading
from runtime.store.session import Session

#: The role whose members design apps; administrators may as well.
DESIGNERS = "app_designer"


@dataclass(frozen=True, slots=True)
class Designer:
    """Somebody who may design, at work."""

    person: Person
    directory: Directory

    def name_of(self, number: int) -> str:
        """Return how people read a person's number."""
        found = self.directory.by_id(number)
        return found.name if found else _("系统")


def designer(tx: Session, *, actor: int, revision: int | None = None) -> Designer:
    """Return the person acting, if they may design apps.

    `revision` is the number of today's organisation, if the caller has read it already.

    :raises Forbidden: if they may not.
    """
    directory = directories.today(tx, revision=revision)
    person = directory.by_id(actor)
    if person is None or not person.active or not may_design(directory, person.code):
        raise not_designer()
    return Designer(person, directory)


def not_designer() -> Forbidden:
    """Return what to raise where somebody may not design apps."""
    return Forbidden("not_designer", _("只有应用设计师和系统管理员可以设计应用。"))


def may_design(directory: Directory, code: str) -> bool:
    """Say whether somebody may design apps."""
    return any(code in directory.members(role) for role in (DESIGNERS, ADMINISTRATORS))


def record(
    tx: Session, clock: Clock, found: Designer, kind: str, app: str, *, address: str, **detail: Any
) -> None:
    """Put on the record what a designer did to an app."""
    audit.write(
        tx,
        at=clock.moment,
        actor=found.person.id,
        kind=kind,
        object=f"pack/{app}",
        detail=detail,
        ip=address,
    )


def is_designer(*, session: Session, actor: int) -> bool:
    """Say whether somebody may design apps."""
    with reading(session) as tx:
        directory = directories.today(tx)
        person = directory.by_id(actor)
        return person is not None and person.active and may_design(directory, person.code)
