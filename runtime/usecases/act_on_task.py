"""Handle a task: approve, reject, return, complete, claim, release; resubmit what was returned."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.engine import command as c
from runtime.language.flow import Node
from runtime.language.problem import Problem
from runtime.language.refusal import Conflict, Forbidden, InvalidAnswers, NotFound, Refused
from runtime.language.speech import _, listed
from runtime.packs.compiled_app import CompiledApp
from runtime.records.record import Record
from runtime.records.rights import node_rights
from runtime.running.attachments import attach
from runtime.running.context import Clock, Context, open_context
from runtime.running.form import Form
from runtime.running.meanwhile import Meanwhile
from runtime.running.new_owner import new_owner
from runtime.running.older_release import carry_over
from runtime.running.record_env import record_env
from runtime.running.run_case import CaseRun
from runtime.running.start_case import Starting, checked
from runtime.running.tables_ahead import tables_ahead
from runtime.store import files, record_writes, records
from runtime.store.carry_out import Deed
from runtime.store.case_facts import acted
from runtime.store.case_situation import TASK_WORD, code_of
from runtime.store.case_story import takes_part
from runtime.store.lock_case import Locked, lock_case_of_task
from runtime.store.session import Session
from runtime.store.states import TaskState
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.outcome import Outcome, message_of, outcome_of

#: Longest opinion, in characters.
LONGEST_OPINION = 2000

#: What can be done with a task.
_DEEDS = frozenset({"submit", "complete", "approve", "reject", "return", "claim", "release"})
#: Actions that hand in what the node asks to be filled in.
_HANDING_IN = frozenset({"submit", "complete", "approve"})


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody does with a task."""

    #: One of `_DEEDS`.
    do: str
    opinion: str = ""
    #: Where to return to.
    to: str = "start"
    #: Answers of the fields that may be filled in at the node.
    posted: Mapping[str, Any] | None = None
    #: Ids of files that go with the opinion.
    files: tuple[str, ...] = ()


@tried_again
def act_on_task(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    task_id: int,
    action: Action,
    token: str | None,
    form: str | None = None,
) -> Outcome:
    """Carry out `action` on a task and run the case on until it waits again.

    `form` is the form that the person had open ("pack/form"), if known: it saves a round trip.

    :raises NotFound: if there is no such task, or the person may not know of it.
    :raises Conflict: if somebody was faster; names who.
    :raises InvalidAnswers: if the node's fields are not filled in as they must be.
    :raises Refused: if the flow, a rule or a guard refuses; says why.
    """
    with transaction(session) as tx:
        tables = tables_ahead(tx, form) if form else ()
        opening = Meanwhile(tx, lambda numbers: open_context(tx, clock=clock, actor=actor, numbers=numbers))
        locked = lock_case_of_task(
            tx, task_id=task_id, token=token, form=form, tables=tables, meanwhile=opening.attempt
        )
        if locked.answer:
            return outcome_of(locked.answer)
        context = opening.result(locked.numbers)
        _may_act(context, locked)
        if action.do not in _DEEDS:
            raise Refused("unknown_action", _("没有“%(what)s”这个操作。", what=action.do))
        acting = _Acting(context, context.world.release(tx, locked.release), locked, action)
        outcome = Outcome(locked.id, action.do, message_of(action.do))
        acting.run(token=token, answer=outcome.as_json())
        return outcome


@dataclass(frozen=True)
class _Acting:
    """One action on one task, after the question who may."""

    context: Context
    app: CompiledApp
    locked: Locked
    action: Action

    def run(self, *, token: str | None, answer: Any) -> None:
        """Take the answers, if the action hands any in, and run the command."""
        node = self.app.flows[self.locked.flow].nodes[self.locked.node or ""]
        self._check_opinion(node)
        self._hang_files()
        if self.action.do == "submit":
            self._resubmit(token=token, answer=answer)
            return
        read = self._reader()
        if self.action.do in _HANDING_IN and self._asks_something(node):
            read = self._handed_in(node, read())
        run = CaseRun(self.context, self.app, self.locked, read)
        run.run(self._command(), self._deed(token, answer))

    def _hang_files(self) -> None:
        """Let files beside the opinion hang on the record: else they would be removed after a day."""
        if self.action.files:
            files.attach(
                self.context.tx,
                self.action.files,
                by=self.context.actor_id,
                entity=self.locked.entity,
                record_id=self.locked.record,
                field="opinion",
            )

    def _resubmit(self, *, token: str | None, answer: Any) -> None:
        initiator = self.context.directory.by_id(self.locked.initiator)
        if initiator is None:
            raise NotFound("no_initiator", _("找不到这张单据的发起人。"))
        record = self._reader(lock=True)()
        starting = Starting(self.context, self.app, self.locked.flow, initiator)
        form = starting.form(record)
        values = form.numbered(checked(form.final(self.action.posted or {}, record.values)))
        stored = self._write(record, values)
        attach(self.context, form.entity, stored)
        starting.submit(self.locked, stored, stored.values, token=token, answer=answer)

    def _handed_in(self, node: Node, record: Record) -> Callable[[], Record]:
        entity = self.app.form_of(self.locked.flow)
        initiator = code_of(self.context.directory, self.locked.initiator)
        ports = self.context.ports(self.locked.app, initiator=initiator, own=(record.entity, record.id))
        env = record_env(record, ports=ports, directory=self.context.directory)
        form = Form(self.context, entity, env, node_rights(entity, node), node.code)
        values = checked(form.final(self.action.posted or {}, record.values))
        stored = self._write(record, values)
        attach(self.context, entity, stored)
        return lambda: stored

    def _write(self, record: Record, values: Mapping[str, Any]) -> Record:
        there = self.context.table_of(self.locked.entity, release=self.locked.release)
        cause = CaseRun(self.context, self.app, self.locked, lambda: record).cause()
        system = new_owner(self.context, self.app.form_of(self.locked.flow), record, values)
        stored = record_writes.update(self.context.tx, there, record, values, cause=cause, system=system)
        carry_over(self.context, self.app.form_of(self.locked.flow), there, stored)
        return stored

    def _reader(self, *, lock: bool = False) -> Callable[[], Record]:
        there = self.context.table_of(self.locked.entity, release=self.locked.release)
        ahead = self.locked.ahead if there is self.context.tables.by_number(self.locked.entity) else None
        if ahead is not None and not lock:
            return lambda: ahead
        return lambda: records.read(self.context.tx, there, self.locked.record, lock=lock)

    def _command(self) -> c.Command:
        actor = self.context.actor_code
        if self.action.do == "return":
            return c.Return(actor, self.action.to)
        kinds: dict[str, Callable[[str], c.Command]] = {
            "approve": c.Approve,
            "reject": c.Reject,
            "complete": c.Complete,
            "claim": c.Claim,
            "release": c.Release,
        }
        return kinds[self.action.do](actor)

    def _deed(self, token: str | None, answer: Any) -> Deed:
        return Deed(
            kind=self.action.do,
            actor=self.context.actor_id,
            at=self.context.clock.moment,
            node=self.locked.node,
            behalf=self.locked.behalf,
            token=token,
            opinion=self.action.opinion.strip() or None,
            files=self.action.files,
            answer=answer,
        )

    def _asks_something(self, node: Node) -> bool:
        checks = self.app.form_of(self.locked.flow).checks
        return bool(node.edit or node.require or any(node.code in one.check.at for one in checks))

    def _check_opinion(self, node: Node) -> None:
        opinion = self.action.opinion.strip()
        if len(opinion) > LONGEST_OPINION:
            found = _("意见最多 %(most)s 个字，现有 %(n)s 个。", most=LONGEST_OPINION, n=len(opinion))
            raise InvalidAnswers([Problem("too_long", "$.opinion", found)])
        asked = node.opinion == "required" and self.action.do in ("approve", "reject", "complete")
        if not opinion and (asked or self.action.do in ("return", "reject")):
            reason = _("请填写退回原因。") if self.action.do == "return" else _("请填写意见。")
            raise InvalidAnswers([Problem("required", "$.opinion", reason)])


def _may_act(context: Context, locked: Locked) -> None:
    """Refuse who is not the task's assignee, and whose task is not open any more.

    :raises NotFound: if the person has nothing to do with the case.
    :raises Forbidden: if the task is somebody else's.
    :raises Conflict: if it was handled, by whom.
    """
    if locked.assignee != context.actor_id:
        if not takes_part(context.tx, case_id=locked.id, person=context.actor_id):
            raise NotFound("no_such_task", _("没有这条待办。"))
        owner = context.directory.by_id(locked.assignee)
        told = _("这项待办由%(name)s处理。", name=owner.name) if owner else _("这项待办由他人处理。")
        raise Forbidden("not_your_task", told)
    state = TaskState(locked.rows[0][2])
    if state is not TaskState.OPEN:
        raise Conflict("already_handled", _handled(context, locked, TASK_WORD[state]))


def _handled(context: Context, locked: Locked, word: str) -> str:
    visit = locked.rows[0][7]
    if word == "done":
        return _("您已经处理过这项待办。")
    if word == "withdrawn":
        return _("单据已被撤回或退回，不再需要您处理。")
    people = acted(context.tx, case_id=locked.id, visit_no=visit or 0, directory=context.directory)
    names = [person.name for code in people if (person := context.directory.person(code))]
    if word == "hidden":
        claimed = context.directory.by_id(locked.rows[0][19])
        names = [claimed.name] if claimed else names
        return _("已由%(names)s领取。", names=listed(names)) if names else _("已由他人领取。")
    if not names:
        return _("已由他人处理，无需您再处理。")
    return _("已由%(names)s处理，无需您再处理。", names=listed(names))
