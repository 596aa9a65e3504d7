"""How a person stands to a case: what they may read of it, fill in, and do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from runtime.engine.compiled_flow import START
from runtime.language.directory import Person
from runtime.language.flow import Node
from runtime.language.refusal import Forbidden, NotFound
from runtime.language.speech import _
from runtime.packs.compiled_app import CompiledApp
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.records.rights import FieldRights, node_rights, reader_rights, start_rights
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.running.form import Form
from runtime.running.record_env import record_env
from runtime.running.start_case import Starting
from runtime.store import case_story, records
from runtime.store.access import Standing
from runtime.store.case_story import CaseHead, OwnTask
from runtime.store.states import CaseState, TaskKind

#: States in which the initiator has the form before them.
EDITED = (CaseState.DRAFT, CaseState.WITHDRAWN)


@dataclass(frozen=True)
class CaseView:
    """A case that the acting person may read."""

    context: Context
    head: CaseHead
    app: CompiledApp
    record: Record
    #: The person's open tasks and unread notices here.
    tasks: tuple[OwnTask, ...]
    #: The one of the tasks that is worked on now.
    task: OwnTask | None
    #: What grants say; None: nothing.
    standing: Standing | None
    last_node: str | None

    @property
    def entity(self) -> CompiledEntity:
        """The form."""
        return self.app.form_of(self.head.flow)

    @property
    def starts(self) -> bool:
        """Whether the person is the initiator."""
        return self.head.initiator == self.context.actor_code

    @property
    def at_start(self) -> bool:
        """Whether the person has the form before them as its initiator: a draft, or a returned case."""
        return (self.starts and self.head.state in EDITED) or bool(self.task and self.task.node == START)

    @property
    def node(self) -> Node | None:
        """The node of the task that is worked on."""
        return self.app.flows[self.head.flow].nodes[self.task.node] if self.task else None

    def form(self) -> Form:
        """Return the form with the person's rights here and now."""
        if self.at_start:
            return Starting(self.context, self.app, self.head.flow, self._initiator()).form(self.record)
        ports = self.context.ports(
            self.head.app, initiator=self.head.initiator or None, own=(self.record.entity, self.record.id)
        )
        env = record_env(self.record, ports=ports, directory=self.context.directory)
        if self.node is None:
            return Form(self.context, self.entity, env, self.reader())
        return Form(self.context, self.entity, env, node_rights(self.entity, self.node), self.node.code)

    def reader(self) -> FieldRights:
        """Return what the person may read: by grants, and by the part they had; the wider of them."""
        views = [one for one in self.standing.permissions if "view" in one.can] if self.standing else []
        given = [reader_rights(self.entity, views)] if views else []
        given += self._by_part()
        rights = given[0] if given else reader_rights(self.entity)
        for one in given[1:]:
            rights = rights.either(one)
        return rights

    def _by_part(self) -> Iterable[FieldRights]:
        flow = self.app.flows[self.head.flow]
        if self.starts:
            yield start_rights(self.entity, replace(flow.flow.start, edit=(), require=()))
        node = flow.nodes.get(self.last_node or "")
        if node is not None and node.code != START:
            # What one may fill in at a node one sees unmasked there, not for ever after.
            yield node_rights(self.entity, replace(node, edit=(), require=()))

    def _initiator(self) -> Person:
        person = self.context.directory.person(self.head.initiator)
        if person is None:
            raise NotFound("no_initiator", _("找不到这张单据的发起人。"))
        return person


def view_case(context: Context, *, case_id: int, task_id: int | None = None) -> CaseView:
    """Return how the acting person stands to a case; `task_id` is the task they came for.

    :raises NotFound: if there is no such case, or they may not read it.
    """
    tx, person = context.tx, context.actor_id
    head = case_story.head(tx, case_id=case_id, directory=context.directory)
    if head is None:
        raise _not_found()
    app = context.world.release(tx, head.release)
    there = context.tables.by_number(head.entity)
    last_node = case_story.last_node(tx, case_id=case_id, person=person)
    took_part = last_node is not None or head.initiator == context.actor_code
    standing = _standing(context, there.path, head.record)
    if not took_part and (standing is None or not standing.can("view")):
        raise _not_found()
    if head.state == CaseState.DRAFT and head.initiator != context.actor_code:
        raise _not_found()  # nobody else knows of it yet
    tasks = tuple(case_story.own_tasks(tx, case_id=case_id, person=person))
    work = [one for one in tasks if one.kind == TaskKind.TODO and head.state == CaseState.RUNNING]
    chosen = next((one for one in work if one.id == task_id), work[0] if work else None)
    then = context.table_of(head.entity, release=head.release)
    record = records.read(tx, then, head.record)
    return CaseView(context, head, app, record, tasks, chosen, standing, last_node)


def case_to_fill_in(context: Context, *, case_id: int, task_id: int | None = None) -> CaseView:
    """Return the case, if the acting person may fill in something of it.

    :raises NotFound: if they may not read it.
    :raises Forbidden: if they may only read it.
    """
    found = view_case(context, case_id=case_id, task_id=task_id)
    if not found.at_start and found.task is None:
        raise Forbidden("nothing_to_fill_in", _("这张单据现在不需要您填写。"))
    return found


def _not_found() -> NotFound:
    return NotFound("no_such_case", _("没有这张单据，或您无权查看。"))


def _standing(context: Context, path: str, record: int) -> Standing | None:
    try:
        return access_to(context, path).standing(record)
    except NotFound:
        return None
