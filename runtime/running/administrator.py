"""Who may look after the installation, and the record of what they did."""

from dataclasses import dataclass
from typing import Any

from runtime.language.directory import Directory, Person
from runtime.language.refusal import Forbidden, NotFound
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store import audit, organisation
from runtime.store import directory as directories
from runtime.store.access import ADMINISTRATORS
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody of the role `system_admin` at work; everything they change goes on the record."""

    tx: Session
    clock: Clock
    person: Person
    directory: Directory
    #: Where the request came from.
    address: str

    def note(self, kind: str, object: str, **detail: Any) -> None:
        """Put on the record what was done (`person.deactivated`) to what (`person/sam`)."""
        audit.write(
            self.tx,
            at=self.clock.moment,
            actor=self.person.id,
            kind=kind,
            object=object,
            detail=detail,
            ip=self.address,
        )

    def somebody(self, number: int) -> Person:
        """Return the person with this number.

        :raises NotFound: if there is none.
        """
        return somebody(self.directory, number)


def administrator(
    tx: Session, *, clock: Clock, actor: int, address: str, holding: bool = False
) -> Administrator:
    """Return the person acting, if they are an administrator.

    `holding` keeps the organisation as it is until the commit: two administrators who act on each other at
    once follow each other, and there is always one left.

    :raises Forbidden: if they are none.
    """
    if holding:
        organisation.hold(tx)
    directory = overseen(tx, actor=actor)
    return Administrator(tx, clock, somebody(directory, actor), directory, address)


def overseen(tx: Session, *, actor: int) -> Directory:
    """Return today's organisation to an administrator, who may look at everything.

    :raises Forbidden: if `actor` is none.
    """
    directory = directories.today(tx)
    person = directory.by_id(actor)
    if person is None or person.code not in administrators(directory):
        raise Forbidden("not_administrator", _("只有系统管理员可以管理应用包、用户和任务。"))
    return directory


def administrators(directory: Directory) -> tuple[str, ...]:
    """Return the codes of the administrators who may still log in."""
    people = (directory.person(code) for code in directory.members(ADMINISTRATORS))
    return tuple(person.code for person in people if person and person.active)


def somebody(directory: Directory, number: int) -> Person:
    """Return the person with this number.

    :raises NotFound: if there is none.
    """
    person = directory.by_id(number)
    if person is None:
        raise NotFound("no_such_person", _("没有这个用户。"))
    return person
