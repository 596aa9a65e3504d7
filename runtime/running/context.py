"""Who acts when, in which organisation, with which apps: what every use case begins with."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property

from runtime.fields.field_type import SHANGHAI, Reading
from runtime.language.directory import Directory, Person
from runtime.language.refusal import Forbidden
from runtime.language.speech import _
from runtime.packs.world import World, world
from runtime.store import directory as directories
from runtime.store import entity_tables
from runtime.store.calendar import workdays
from runtime.store.entity_tables import EntityTable, EntityTables
from runtime.store.session import Session
from runtime.store.snapshot import Revisions, revisions
from runtime.store.table_reads import DatabasePorts

#: Number of the system as an actor.
SYSTEM = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of an action and the installation's time zone. Nothing below asks what time it is."""

    moment: datetime
    zone: tzinfo = SHANGHAI

    @classmethod
    def now(cls, zone: tzinfo = SHANGHAI) -> "Clock":
        """Return the clock as it stands; only the outermost rooms call this."""
        return cls(datetime.now(UTC), zone)


@dataclass(frozen=True)
class Context:
    """One action's view of everything around the case. `actor` is None where the system acts."""

    tx: Session
    clock: Clock
    actor: Person | None
    directory: Directory
    world: World
    tables: EntityTables

    @property
    def actor_id(self) -> int:
        """Number of who acts; 0 is the system."""
        return self.actor.id if self.actor else SYSTEM

    @property
    def actor_code(self) -> str:
        """Code of who acts; "" is the system."""
        return self.actor.code if self.actor else ""

    @cached_property
    def reading(self) -> Reading:
        """What field types look things up in."""
        return Reading(self.directory, self.world.dictionary, self.clock.zone)

    def table_of(self, entity: int, *, release: int) -> EntityTable:
        """Return the table of a case's form as the case's release knows it.

        Fields that were removed since are among its columns, new ones are not. `release` is a release's id.
        """
        return self.tables.by_number(entity, release=self.world.older(self.tx, release))

    def company_of(self, code: str) -> str:
        """Return the name of the company that somebody works for; empty without one."""
        person = self.directory.person(code)
        company = self.directory.companies.get(person.company or "") if person else None
        return company.name if company else ""

    def ports(
        self, app: str, *, initiator: str | None = None, own: tuple[str, int | None] = ("", None)
    ) -> DatabasePorts:
        """Return what expressions of `app` may ask; `own` is the record at hand."""
        return DatabasePorts(
            reading=self.reading,
            moment=self.clock.moment,
            calendar=workdays(self.tx, self.tables),
            initiator=initiator,
            current_user=self.actor.code if self.actor else None,
            tx=self.tx,
            app=app,
            tables=self.tables,
            key=self.world.key,
            own=own,
        )


def open_context(tx: Session, *, clock: Clock, actor: int, numbers: Revisions | None = None) -> Context:
    """Return the context of an action of person number `actor` (0: the system).

    `numbers` are today's, if the caller has read them already.

    :raises Forbidden: if the person does not exist or may not work any more.
    """
    today = numbers or revisions(tx)
    directory = directories.today(tx, revision=today.organisation)
    person = directory.by_id(actor)
    if actor != SYSTEM and (person is None or not person.active):
        raise Forbidden("no_such_person", _("您的账号已停用，请联系管理员。"))
    return Context(
        tx=tx,
        clock=clock,
        actor=person,
        directory=directory,
        world=world(tx, schema=today.schema),
        tables=entity_tables.today(tx, schema=today.schema),
    )
