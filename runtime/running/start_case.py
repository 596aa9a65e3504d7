"""Starting a case: by a person's submission or draft, or by a rule of another case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from runtime.assignees import SOURCES
from runtime.assignees.source import Asking
from runtime.engine.command import Submit, Terminate
from runtime.language.directory import Person
from runtime.language.expressions import Env
from runtime.language.refusal import Conflict, Forbidden, InvalidAnswers, NotFound, Refused
from runtime.language.speech import _, listed
from runtime.packs.compiled_app import CompiledApp
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.running.form import Form
from runtime.running.rule_rows import ownership
from runtime.running.run_case import CaseRun
from runtime.running.start_ahead import Drawn
from runtime.store import record_inserts, records
from runtime.store.carry_out import Deed
from runtime.store.lock_case import Locked, lock_case
from runtime.store.open_case import open_case
from runtime.store.prepared import Call
from runtime.store.record_inserts import NewRecord
from runtime.store.revisions import Cause
from runtime.store.serials import next_call
from runtime.store.snapshot import Revisions
from runtime.store.states import CaseState, RecordState

#: Rules that start cases whose rules start cases … end here.
DEEPEST_START = 5

#: Who may start: everybody with an account.
ALL_STAFF = "all_staff"


def may_start(context: Context, app: CompiledApp, flow: str) -> bool:
    """Return whether the acting person may start the flow; `start.who` alone decides."""
    person = context.actor
    if person is None:
        return True
    asking = Asking(context.directory, app.app.code, person.code, (person.code,), lambda _path: None)
    for source in app.flows[flow].flow.start.who:
        if source.kind == "role" and not source.options:
            # By the person's few roles, not by the role's many members.
            role = context.directory.bound(app.app.code, str(source.of))
            if source.of == ALL_STAFF or role in context.directory.roles_of(person.code):
                return True
        elif person.code in SOURCES.require(source.kind).people(source, asking).people:
            return True
    return False


def flow_of(context: Context, app: str, flow: str) -> CompiledApp:
    """Return the current release that has the flow.

    :raises NotFound: if there is no such flow.
    :raises Forbidden: if the acting person may not start it.
    """
    found = context.world.app(app)
    if flow not in found.flows:
        raise NotFound("no_such_flow", _("没有“%(flow)s”这个流程。", flow=f"{app}/{flow}"))
    if not may_start(context, found, flow):
        names = {slot.code: slot.name for slot in found.app.manifest.slots}
        given = (str(source.of or source.kind) for source in found.flows[flow].flow.start.who)
        who = listed(names.get(one, one) for one in given) or _("未设置")
        name = found.flows[flow].flow.name
        raise Forbidden("may_not_start", _("您不能发起“%(flow)s”，发起权限：%(who)s。", flow=name, who=who))
    return found


@dataclass(frozen=True)
class Starting:
    """A new or unfinished case in the initiator's hands."""

    context: Context
    app: CompiledApp
    flow: str
    initiator: Person

    def form(self, record: Record | None = None) -> Form:
        """Return the form as the initiator fills it in."""
        entity = self.app.form_of(self.flow)
        own = (entity.path, record.id if record else None)
        ports = self.context.ports(self.app.app.code, initiator=self.initiator.code, own=own)
        return Form(self.context, entity, Env(ports=ports), self.app.start_rights[self.flow])

    def open(self, revisions: Revisions, *, title: str) -> Locked:
        """Insert the case's row; its record follows."""
        return self._open(revisions, title, [])[0]

    def open_numbered(
        self, revisions: Revisions, form: Form, values: dict[str, Any], drawn: Drawn | None
    ) -> tuple[Locked, dict[str, Any]]:
        """Insert the case's row and give it its serial numbers; its record follows."""
        counters = form.counters(values)
        if drawn is not None:
            # Its title comes with the submission, which is written together with it.
            locked, _answers = self._open(revisions, "", [], drawn.case)
            counts = {code: drawn.counts[key] for code, key in counters.items()}
        else:
            also = [next_call(self.context.tx, key) for key in counters.values()]
            locked, answers = self._open(revisions, form.title(values), also)
            counts = {code: int(rows[0][0]) for code, rows in zip(counters, answers, strict=True)}
        return locked, form.with_counts(values, counts)

    def _open(
        self, revisions: Revisions, title: str, also: Sequence[Call], number: int | None = None
    ) -> tuple[Locked, list[list[tuple[Any, ...]]]]:
        entity = self.app.form_of(self.flow)
        return open_case(
            self.context.tx,
            release=self.context.world.release_of(self.app.app.code),
            app=self.app.app.code,
            flow=self.flow,
            entity=self.context.tables.get(entity.path).number,
            initiator=self.initiator.id,
            initiator_dept=self.initiator.department,
            title=title,
            at=self.context.clock.moment,
            revisions=revisions,
            also=also,
            number=number,
        )

    def store(
        self, locked: Locked, values: Mapping[str, Any], *, state: RecordState, number: int | None = None
    ) -> Record:
        """Insert the record of a new case, as `number` if that was drawn before."""
        entity = self.app.form_of(self.flow)
        owner, department, company = ownership(self.context, entity, values, self.initiator.code)
        new = NewRecord(values, owner, department, company, state, locked.id)
        there = self.context.tables.get(entity.path)
        tx, cause = self.context.tx, self.cause(locked)
        if number is not None:
            return record_inserts.insert_as(tx, there, new, cause=cause, number=number)
        return record_inserts.insert(tx, there, new, cause=cause)

    def cause(self, locked: Locked) -> Cause:
        """Return why the record is written in this action."""
        return Cause(self.context.actor_id, self.context.clock.moment, locked.id, locked.seq + 1)

    def submit(
        self, locked: Locked, record: Record, values: Mapping[str, Any], *, token: str | None, answer: Any
    ) -> None:
        """Run the submission of a case whose record has been written."""
        form = self.form(record)
        stored = replace(record, values=dict(values))
        run = CaseRun(self.context, self.app, locked._replace(record=record.id or 0), lambda: stored)
        deed = Deed(
            kind="submit",
            actor=self.context.actor_id,
            at=self.context.clock.moment,
            node="start",
            token=token,
            answer=answer,
        )
        run.run(Submit(self.initiator.code), deed, title=form.title(values), no=form.number(values))


def resumed(
    context: Context, locked: Locked, *, not_theirs: str, not_open: Conflict
) -> tuple[Starting, Form, Record]:
    """Return a draft or a withdrawn case in its initiator's hands, its record locked.

    :raises Forbidden: if somebody else acts; says `not_theirs`.
    :raises Conflict: `not_open`, if the case is on its way or over.
    """
    if locked.initiator != context.actor_id or context.actor is None:
        raise Forbidden("not_initiator", not_theirs)
    if locked.state not in (CaseState.DRAFT, CaseState.WITHDRAWN):
        raise not_open
    release = context.world.release(context.tx, locked.release)
    there = context.table_of(locked.entity, release=locked.release)
    record = records.read(context.tx, there, locked.record, lock=True)
    starting = Starting(context, release, locked.flow, context.actor)
    return starting, starting.form(record), record


def start_by_rule(
    context: Context, *, app: str, flow: str, values: Mapping[str, Any], initiator: str
) -> tuple[str, int]:
    """Start `flow` (bare, or "pack/flow") with these values; return its form's path and the case's number.

    Required fields and checks wait for the first person who works on it (catalogue: 系统自动发起).

    :raises Refused: if there is nobody to start it as, or too many cases start each other.
    """
    depth = context.tx.info.get("starts", 0)
    if depth >= DEEPEST_START:
        raise Refused("too_deep", _("流程互相触发超过 %(n)s 层，已停止。", n=DEEPEST_START))
    person = context.directory.person(initiator)
    if person is None:
        raise Refused("no_initiator", _("自动发起“%(flow)s”时找不到发起人。", flow=flow))
    pack, _slash, code = flow.rpartition("/")
    release = context.world.app(pack or app)
    if code not in release.flows:
        raise NotFound("no_such_flow", _("没有“%(flow)s”这个流程。", flow=flow))
    starting = Starting(context, release, code, person)
    form = starting.form()
    posted = {name: value for name, value in values.items() if value is not None}
    given = form.filled(posted)
    numbered = form.numbered(given)
    context.tx.info["starts"] = depth + 1
    try:
        today = Revisions(context.directory.revision, 0)
        locked = starting.open(today, title=form.title(numbered))
        record = starting.store(locked, numbered, state=RecordState.LIVE)
        starting.submit(locked, record, record.values, token=None, answer=None)
    finally:
        context.tx.info["starts"] = depth
    return form.entity.path, locked.id


def end_started(context: Context, *, case_id: int) -> str:
    """End a case that a rule started, because that is taken back; return its form's path.

    :raises Refused: if somebody has worked on it already.
    """
    locked = lock_case(context.tx, case_id=case_id, token=None)
    app = context.world.release(context.tx, locked.release)
    form = app.form_of(locked.flow)
    there = context.table_of(locked.entity, release=locked.release)
    run = CaseRun(context, app, locked, lambda: records.read(context.tx, there, locked.record))
    if locked.closed:
        return form.path
    if locked.acts:
        message = _("由本单发起的“%(title)s”已有人办理，不能撤销。", title=locked.title)
        raise Refused("started_case_handled", message)
    deed = Deed(kind="terminate", actor=context.actor_id, at=context.clock.moment, opinion="来源单据已撤销")
    run.run(Terminate(context.actor_code), deed)
    return form.path


def checked(values_and_problems: Any) -> dict[str, Any]:
    """Return the values of answers without problems.

    :raises InvalidAnswers: with every problem.
    """
    if values_and_problems.problems:
        raise InvalidAnswers(values_and_problems.problems)
    values: dict[str, Any] = values_and_problems.values
    return values
