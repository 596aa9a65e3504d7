"""Open a case: its form as the viewer may see it, what happened, who has it, and what they may do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.case_actions import CaseAction, actions, may_withdraw
from runtime.running.case_steps import CaseStep, name_of, opinions, steps
from runtime.running.case_view import CaseView, view_case
from runtime.running.context import Clock, Context, open_context
from runtime.running.draw_cell import Drawing
from runtime.running.draw_form import draw_form
from runtime.running.form_model import FormFile, FormModel
from runtime.running.told_changes import Change, Telling
from runtime.running.written_records import WrittenRecord, written_records
from runtime.store import case_story, files, revisions
from runtime.store.case_situation import CASE_WORD
from runtime.store.case_story import Happened
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.states import TaskKind

#: Revisions of the record that the history looks through.
_MOST_REVISIONS = 500


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the history (流转记录)."""

    seq: int
    at: datetime
    who: str
    #: Name of whom it was done for; empty: for themselves.
    behalf: str
    #: draft, submit, approve, reject, return, complete, claim, release, withdraw, comment, terminate.
    kind: str
    #: Name of the node; empty where none is concerned.
    node: str
    opinion: str
    files: tuple[FormFile, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """Everything the page of a case shows."""

    id: int
    no: str | None
    title: str
    app: str
    app_name: str
    flow: str
    flow_name: str
    #: draft, running, suspended, approved, rejected, withdrawn, terminated.
    state: str
    initiator: str
    #: Name of the department; empty without one.
    initiator_dept: str
    #: Name of the initiator's company; empty without one.
    company: str
    opened_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    form: FormModel
    #: The viewer's task that `actions` are of; None without one.
    task: int | None
    #: Its node, by code and name.
    node: str | None
    node_name: str
    actions: tuple[CaseAction, ...]
    may_withdraw: bool
    #: Unread tasks of the viewer here that only tell (待阅).
    notices: tuple[int, ...]
    #: Other tasks of the viewer here: id and name of the node.
    other_tasks: tuple[tuple[int, str], ...]
    steps: tuple[CaseStep, ...]
    #: Oldest first, comments included.
    history: tuple[CaseLine, ...]
    #: Records that it wrote.
    written: tuple[WrittenRecord, ...]


def open_case(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    case_id: int | None = None,
    task_id: int | None = None,
) -> OpenedCase:
    """Return the case as the person may see it; `task_id` is the task they came for, and enough alone.

    :raises NotFound: if there is no such case or task of theirs, or they may not read it.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        if case_id is None:
            case_id = case_story.case_of_task(tx, task_id=task_id or 0, person=actor)
            if case_id is None:
                raise NotFound("no_such_task", _("没有这条待办，或它由他人处理。"))
        return _Opening(context, view_case(context, case_id=case_id, task_id=task_id)).opened()


@dataclass(frozen=True)
class _Opening:
    """One case being told to one person."""

    context: Context
    view: CaseView

    def opened(self) -> OpenedCase:
        """Return what the page shows."""
        context, head = self.context, self.view.head
        flow = self.view.app.flows[head.flow]
        happened = case_story.history(context.tx, case_id=head.id, directory=context.directory)
        way = steps(happened, flow=flow, directory=context.directory)
        department = context.directory.departments.get(head.initiator_dept or "")
        task, node = self.view.task, self.view.node
        return OpenedCase(
            id=head.id,
            no=head.no,
            title=head.title,
            app=head.app,
            app_name=self.view.app.app.manifest.name,
            flow=head.flow,
            flow_name=flow.flow.name,
            state=CASE_WORD[head.state],
            initiator=name_of(context.directory, head.initiator),
            initiator_dept=department.name if department else "",
            company=context.company_of(head.initiator),
            opened_at=head.opened_at,
            submitted_at=head.submitted_at,
            closed_at=head.closed_at,
            form=self._form(happened),
            task=task.id if task else None,
            node=node.code if node else None,
            node_name=self._node_name(node.code) if node else "",
            actions=actions(self.view, way),
            may_withdraw=may_withdraw(self.view),
            notices=tuple(one.id for one in self.view.tasks if one.kind == TaskKind.NOTICE),
            other_tasks=tuple(
                (one.id, self._node_name(one.node))
                for one in self.view.tasks
                if one.kind == TaskKind.TODO and one != task
            ),
            steps=way,
            history=tuple(self._lines(happened)),
            written=written_records(context, case_id=head.id),
        )

    def _form(self, happened: Sequence[Happened]) -> FormModel:
        view, form = self.view, self.view.form()
        # Where the initiator has it before them, copies from other tables are those of today.
        values = form.live({}, view.record.values).values if view.at_start else view.record.values
        node = view.node
        drawing = Drawing(
            context=self.context,
            entity=form.entity,
            values=values,
            rights=form.rights,
            env=form.env,
            said=opinions(happened, directory=self.context.directory),
            acting=node.code if node and node.opinion != "none" else None,
        )
        return draw_form(drawing, record=view.record)

    def _lines(self, happened: Sequence[Happened]) -> Iterable[CaseLine]:
        named = {name for one in happened for name in one.files}
        known = files.find_many(self.context.tx, named) if named else {}
        changes = self._changes()
        directory = self.context.directory
        for one in happened:
            found = (known[name] for name in one.files if name in known)
            yield CaseLine(
                seq=one.seq,
                at=one.at,
                who=name_of(directory, one.actor),
                behalf=name_of(directory, one.behalf) if one.behalf else "",
                kind=one.kind,
                node=self._node_name(one.node) if one.node else "",
                opinion=one.opinion or "",
                files=tuple(FormFile(file.id, file.name, file.size, file.content_type) for file in found),
                changes=changes.get(one.seq, ()),
            )

    def _changes(self) -> Mapping[int, tuple[Change, ...]]:
        """Return what each event changed in the form, as far as the viewer may read it."""
        head = self.view.head
        kept = revisions.history(
            self.context.tx, entity=head.entity, record_id=head.record, limit=_MOST_REVISIONS
        )
        telling = Telling(self.context, self.view.entity, self.view.reader())
        told: dict[int, tuple[Change, ...]] = {}
        for one in reversed(kept):
            if one.cause.case_id == head.id and one.cause.seq is not None:
                told[one.cause.seq] = told.get(one.cause.seq, ()) + telling.changes(one.changes)
        return told

    def _node_name(self, code: str) -> str:
        node = self.view.app.flows[self.view.head.flow].nodes.get(code)
        return (node.name if node else "") or code
