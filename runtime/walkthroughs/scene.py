"""What a walk-through knows while it is played: the clock, its cases, what stood in tables before a step."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from runtime.language.app import App, Walkthrough
from runtime.language.directory import Person
from runtime.language.speech import _
from runtime.running.context import Clock, Context, open_context
from runtime.store import directory as directories
from runtime.store import records
from runtime.store.session import Session
from runtime.store.states import RecordState
from runtime.store.tables import flow_case, outbox, revision
from runtime.walkthroughs.cast import people_of
from runtime.walkthroughs.script import WrongScript
from runtime.walkthroughs.stage import Stage

#: Name of the case that no step names.
UNNAMED = ""


@dataclass
class Scene:
    """The state of one performance."""

    app: App
    stage: Stage
    clock: Clock
    #: Case numbers by the names steps give them; the unnamed one is the case begun last.
    cases: dict[str, int] = field(default_factory=dict)
    #: The case named or begun last.
    focus: int | None = None
    #: "pack/entity" and id of the record that the step is about; None: of the case in focus.
    record: tuple[str, int] | None = None
    #: Last delivery and last line of any history written before the step.
    last_delivery: int = 0
    last_revision: int = 0
    _before: dict[str, dict[str, Any]] = field(default_factory=dict)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session of its own, as a request has one."""
        with self.stage.sessions() as opened:
            yield opened

    @contextmanager
    def context(self, person: Person | None = None) -> Iterator[Context]:
        """Open a context to look around in, as the system or as somebody."""
        with self.session() as session:
            yield open_context(session, clock=self.clock, actor=person.id if person else 0)

    def people(self, name: str) -> tuple[Person, ...]:
        """Return the people that `as` means.

        :raises WrongScript: if there is nobody of that name.
        """
        with self.session() as session:
            directory = directories.today(session)
            number = None
            if self.focus is not None:
                number = session.scalar(select(flow_case.c.initiator).where(flow_case.c.id == self.focus))
            initiator = directory.by_id(number)
            return people_of(name, directory=directory, app=self.app, initiator=initiator)

    def case(self, step: Mapping[str, Any]) -> int | None:
        """Return the case that a step is about, None if there is none yet."""
        return self.cases.get(str(step.get("case", UNNAMED)))

    def worked_on(self, step: Mapping[str, Any], case_id: int) -> None:
        """Note the case that a step began or worked on."""
        if case_id not in self.cases.values():
            self.cases[UNNAMED] = case_id
        self.cases[str(step.get("case", UNNAMED))] = case_id
        self.focus = case_id
        self.record = None

    def begin_step(self, step: Mapping[str, Any]) -> None:
        """Remember what must not change in this step, and which notices and changes are old."""
        self.focus = self.case(step) or self.focus
        for table in (step.get("expect") or {}).get("unchanged", ()):
            self._remember(table, "step")
        with self.session() as session:
            self.last_delivery = session.scalar(select(func.max(outbox.c.id))) or 0
            self.last_revision = session.scalar(select(func.max(revision.c.id))) or 0

    def remember_given(self, walkthrough: Walkthrough) -> None:
        """Remember what must be at the end as it was given."""
        for table in walkthrough.expect.get("unchanged", ()):
            self._remember(table, "given")

    def is_unchanged(self, table: str, since: str) -> bool:
        """Return whether a table's records are as they were, since the `step` began or as `given`."""
        return bool(self._before[since][table] == self._rows(table))

    def path(self, table: str) -> str:
        """Return the full path of a table or form.

        :raises WrongScript: if there is none of that name.
        """
        path = self.app.ref(table)
        with self.context() as context:
            if context.world.definition(path) is None:
                raise WrongScript(_("没有“%(table)s”这张表或表单", table=path))
        return path

    def _remember(self, table: str, since: str) -> None:
        self._before.setdefault(since, {})[table] = self._rows(table)

    def _rows(self, table: str) -> dict[int | None, tuple[int, Mapping[str, Any]]]:
        """Return state and values of all records of a table by id, drafts included."""
        path = self.path(table)
        with self.context() as context:
            there = context.tables.get(path)
            found = records.find(context.tx, there, states=tuple(RecordState), rows=True)
            return {one.id: (one.state, one.values) for one in found}
