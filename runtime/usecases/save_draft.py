"""Keep an unfinished form (暂存)."""

from runtime.language.refusal import Conflict, Forbidden
from runtime.language.speech import _
from runtime.running.attachments import attach
from runtime.running.context import Clock, open_context
from runtime.running.new_owner import new_owner
from runtime.running.older_release import carry_over
from runtime.running.start_case import Starting, checked, flow_of, resumed
from runtime.store import record_writes
from runtime.store.carry_out import Deed
from runtime.store.case_event import add_event
from runtime.store.lock_case import lock_case
from runtime.store.open_case import name_case, seen
from runtime.store.session import Session
from runtime.store.states import RecordState
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.outcome import Outcome, outcome_of


@tried_again
def save_draft(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    flow: str,
    posted: object,
    token: str | None,
    case_id: int | None = None,
) -> Outcome:
    """Store the answers as a draft, new or as it stands; only their types are checked.

    :raises InvalidAnswers: if an answer is no value of its field.
    :raises Forbidden: if the person may not start the flow, or the draft is somebody else's.
    :raises Conflict: if the case is no draft any more.
    """
    with transaction(session) as tx:
        if case_id is None:
            return _new(tx, clock=clock, actor=actor, app=app, flow=flow, posted=posted, token=token)
        return _again(tx, clock=clock, actor=actor, case_id=case_id, posted=posted, token=token)


def _new(
    tx: Session, *, clock: Clock, actor: int, app: str, flow: str, posted: object, token: str | None
) -> Outcome:
    before = seen(tx, token=token)
    if before.answer:
        return outcome_of(before.answer)
    numbers = before.revisions
    context = open_context(tx, clock=clock, actor=actor, numbers=numbers)
    release = flow_of(context, app, flow)
    if context.actor is None:
        raise Forbidden("nobody", _("只有人员可以填写表单。"))
    starting = Starting(context, release, flow, context.actor)
    form = starting.form()
    values = checked(form.draft(posted, form.blank()))
    locked = starting.open(numbers, title=form.title(values))
    record = starting.store(locked, values, state=RecordState.DRAFT)
    attach(context, form.entity, record)
    name_case(tx, case_id=locked.id, record=record.id or 0, title=locked.title, at=clock.moment)
    outcome = Outcome(locked.id, "draft", _("已暂存。"))
    deed = Deed(kind="draft", actor=actor, at=clock.moment, token=token, answer=outcome.as_json())
    add_event(tx, case_id=locked.id, seq=1, deed=deed)
    return outcome


def _again(
    tx: Session, *, clock: Clock, actor: int, case_id: int, posted: object, token: str | None
) -> Outcome:
    locked = lock_case(tx, case_id=case_id, token=token)
    if locked.answer:
        return outcome_of(locked.answer)
    context = open_context(tx, clock=clock, actor=actor, numbers=locked.numbers)
    starting, form, record = resumed(
        context,
        locked,
        not_theirs=_("只有发起人可以修改这份草稿。"),
        not_open=Conflict("not_a_draft", _("单据已提交，不能再暂存。")),
    )
    there = context.table_of(locked.entity, release=locked.release)
    values = checked(form.draft(posted, record.values))
    changed = record_writes.update(
        tx,
        there,
        record,
        values,
        cause=starting.cause(locked),
        system=new_owner(context, form.entity, record, values),
        silent=tuple(values),
    )
    carry_over(context, form.entity, there, changed)
    attach(context, form.entity, changed)
    title = form.title(values)
    name_case(tx, case_id=locked.id, record=locked.record, title=title, at=clock.moment)
    return Outcome(locked.id, "draft", _("已暂存。"))
