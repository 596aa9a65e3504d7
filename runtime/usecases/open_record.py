"""Open a record to read: its values, what changed them, and where each of them comes from (穿透)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.records.record import Record
from runtime.records.rights import FieldRights
from runtime.records.show import title
from runtime.running.access import access_to
from runtime.running.case_steps import name_of
from runtime.running.context import Clock, Context, open_context
from runtime.running.draw_cell import Drawing
from runtime.running.draw_form import draw_form
from runtime.running.form_model import FormModel
from runtime.running.former_fields import FormerField, former_fields
from runtime.running.readable_cases import readable_cases
from runtime.running.record_env import record_env
from runtime.running.told_changes import Change, Telling
from runtime.store import effects, records, revisions
from runtime.store.access import VERBS, Access, Standing
from runtime.store.case_situation import code_of
from runtime.store.effects import Explained
from runtime.store.reading import reading
from runtime.store.revisions import Revision
from runtime.store.session import Session

#: What of a form its flow does, and nobody here.
_OF_THE_FLOW = frozenset({"create", "edit", "delete", "import"})


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One change of a record."""

    rev: int
    at: datetime
    who: str
    changes: tuple[Change, ...]
    #: Name of the rule that wrote it; empty: a person did.
    rule: str
    #: The case that did it, if the viewer may read it.
    case_id: int | None


@dataclass(frozen=True, slots=True)
class RecordEffect:
    """What a case did to a value of the record: one answer to "why is this 12,300?"."""

    at: datetime | None
    #: Label of the field; empty for the record as a whole.
    field: str
    #: set, add, create, delete.
    op: str
    before: str
    after: str
    #: Signed amount of an `add`, as the field shows amounts.
    delta: str
    rule: str
    inverted: bool
    #: The case, if the viewer may read it; else None and empty.
    case_id: int | None
    case_no: str
    case_title: str


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """Everything the page of a record shows."""

    #: `pack/entity`.
    entity: str
    entity_name: str
    id: int
    title: str
    form: FormModel
    #: draft, live, ended.
    state: str
    owner: str
    created_at: datetime
    updated_at: datetime
    #: The case of a form, if the viewer may read it.
    case_id: int | None
    #: What the viewer may do with it: view, edit, delete, export, print …
    verbs: frozenset[str]
    #: Newest first.
    history: tuple[RecordLine, ...]
    effects: tuple[RecordEffect, ...]
    #: Values of fields that the form no longer has.
    former: tuple[FormerField, ...]


def open_record(*, session: Session, clock: Clock, actor: int, entity: str, record_id: int) -> OpenedRecord:
    """Return a record as the person may see it.

    :raises NotFound: if there is no such record for this person.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        access = access_to(context, entity)
        standing = access.require("view", record_id)
        record = records.read(tx, access.there, record_id)
        return _Opening(context, access, standing, record).opened()


@dataclass(frozen=True)
class _Opening:
    """One record being told to one person."""

    context: Context
    access: Access
    standing: Standing
    record: Record

    @property
    def rights(self) -> FieldRights:
        """What the person may see of it."""
        return self.access.rights(self.standing)

    def opened(self) -> OpenedRecord:
        """Return what the page shows."""
        context, entity, record = self.context, self.access.entity, self.record
        number = self.access.there.number
        kept = revisions.history(context.tx, entity=number, record_id=record.id or 0)
        lines = effects.of_row(context.tx, entity=number, row_id=record.id or 0)
        cases = [one.cause.case_id for one in kept] + [one.case_id for one in lines] + [record.case_id]
        readable = readable_cases(context, cases)
        ports = context.ports(entity.pack, own=(entity.path, record.id))
        env = record_env(record, ports=ports, directory=context.directory)
        drawing = Drawing(context, entity, record.values, self.rights, env)
        return OpenedRecord(
            entity=entity.path,
            entity_name=entity.entity.name,
            id=record.id or 0,
            # A permission may hide a field that the title names.
            title=title(entity, drawing.seen, env=env.of(drawing.seen)),
            form=draw_form(drawing, record=record),
            state=str(env.system["state"]),
            owner=name_of(context.directory, code_of(context.directory, record.owner))
            if record.owner
            else "",
            created_at=record.created_at,
            updated_at=record.updated_at,
            case_id=record.case_id if record.case_id in readable else None,
            verbs=frozenset(self._verbs()),
            history=tuple(self._history(kept, lines, readable)),
            effects=tuple(self._effects(lines, readable)),
            former=former_fields(context, self.access, self.standing, record),
        )

    def _verbs(self) -> Iterator[str]:
        flows = self.access.there.kind == "form"
        for verb in VERBS:
            if self.standing.can(verb) and not (flows and verb in _OF_THE_FLOW):
                yield verb

    def _history(
        self, kept: Sequence[Revision], lines: Sequence[Explained], readable: frozenset[int]
    ) -> Iterator[RecordLine]:
        # A revision knows the rule, and the ledger whose rule it is.
        apps = {(one.case_id, one.line.rule): one.app for one in lines}
        telling = Telling(self.context, self.access.entity, self.rights)
        for one in kept:
            changes = telling.changes(one.changes)
            if one.changes and not changes:
                continue  # nothing of it is for this viewer
            case = one.cause.case_id if one.cause.case_id in readable else None
            yield RecordLine(
                rev=one.rev,
                at=one.cause.at,
                who=self._who(one.cause.actor),
                changes=changes,
                rule=self._rule(apps.get((one.cause.case_id or 0, one.cause.rule or ""), ""), one.cause.rule),
                case_id=case,
            )

    def _effects(self, lines: Sequence[Explained], readable: frozenset[int]) -> Iterator[RecordEffect]:
        telling = Telling(self.context, self.access.entity, self.rights)
        for one in lines:
            line = one.line
            if line.col is not None and not telling.shows(line.col):
                continue
            read = one.case_id in readable
            yield RecordEffect(
                at=one.at,
                field=self.access.entity.fields[line.col].field.label if line.col else "",
                op=line.op,
                before=telling.value(line.col, line.before),
                after=telling.value(line.col, line.after),
                delta=telling.amount(line.col, line.delta),
                rule=self._rule(one.app, line.rule),
                inverted=one.inverted,
                case_id=one.case_id if read else None,
                case_no=(one.case_no or "") if read else "",
                case_title=one.case_title if read else "",
            )

    def _who(self, number: int) -> str:
        return name_of(self.context.directory, code_of(self.context.directory, number))

    def _rule(self, app: str, code: str | None) -> str:
        """Return how people read a rule: its name, if it has one and its app is still there."""
        found = self.context.world.apps.get(app)
        rule = found.rule(code or "") if found else None
        return (rule.name if rule else "") or code or ""
