"""Send a form on its way: a new one, a draft, or one that was withdrawn."""

from functools import partial
from typing import Any

from runtime.language.refusal import Conflict, Forbidden
from runtime.language.speech import _
from runtime.running.attachments import attach
from runtime.running.context import Clock, open_context
from runtime.running.form import Form
from runtime.running.meanwhile import Meanwhile
from runtime.running.new_owner import new_owner
from runtime.running.older_release import carry_over
from runtime.running.start_ahead import begin_start
from runtime.running.start_case import Starting, checked, flow_of, resumed
from runtime.store import record_writes
from runtime.store.lock_case import lock_case
from runtime.store.session import Session
from runtime.store.snapshot import Revisions
from runtime.store.states import RecordState
from runtime.store.transaction import transaction, tried_again
from runtime.usecases.outcome import Outcome, outcome_of


@tried_again
def submit_form(
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
    """Check everything, take a serial number, start the flow and run it on until it waits.

    A returned case is submitted by its task (`act_on_task`).

    :raises InvalidAnswers: with every problem, each at its field; nothing is stored then.
    :raises Forbidden: if the person may not start the flow, or the draft is somebody else's.
    :raises Refused: if a rule, a guard or the flow refuses; the message says which.
    """
    with transaction(session) as tx:
        if case_id is None:
            return _new(tx, clock=clock, actor=actor, app=app, flow=flow, posted=posted, token=token)
        return _drafted(tx, clock=clock, actor=actor, case_id=case_id, posted=posted, token=token)


def _new(
    tx: Session, *, clock: Clock, actor: int, app: str, flow: str, posted: object, token: str | None
) -> Outcome:
    filling = Meanwhile(tx, partial(_filled_in, tx, clock, actor, app, flow, posted))
    before, drawn = begin_start(tx, app=app, flow=flow, clock=clock, token=token, meanwhile=filling.attempt)
    if before.answer:
        return outcome_of(before.answer)
    numbers = before.revisions
    starting, form, values = filling.result(numbers)
    context = starting.context
    locked, values = starting.open_numbered(numbers, form, values, drawn)
    number = drawn.record if drawn else None
    record = starting.store(locked, values, state=RecordState.LIVE, number=number)
    attach(context, form.entity, record)
    outcome = Outcome(locked.id, "submit", _("已提交。"))
    starting.submit(locked, record, record.values, token=token, answer=outcome.as_json())
    return outcome


def _filled_in(
    tx: Session, clock: Clock, actor: int, app: str, flow: str, posted: object, numbers: Revisions
) -> tuple[Starting, Form, dict[str, Any]]:
    """Return the checked answers of a new form; nothing is written yet."""
    context = open_context(tx, clock=clock, actor=actor, numbers=numbers)
    release = flow_of(context, app, flow)
    if context.actor is None:
        raise Forbidden("nobody", _("只有人员可以提交表单。"))
    starting = Starting(context, release, flow, context.actor)
    form = starting.form()
    return starting, form, checked(form.final(posted, form.blank()))


def _drafted(
    tx: Session, *, clock: Clock, actor: int, case_id: int, posted: object, token: str | None
) -> Outcome:
    locked = lock_case(tx, case_id=case_id, token=token)
    if locked.answer:
        return outcome_of(locked.answer)
    context = open_context(tx, clock=clock, actor=actor, numbers=locked.numbers)
    starting, form, record = resumed(
        context,
        locked,
        not_theirs=_("只有发起人可以提交这张单据。"),
        not_open=Conflict("already_submitted", _("单据已经提交，请勿重复提交。")),
    )
    there = context.table_of(locked.entity, release=locked.release)
    values = form.numbered(checked(form.final(posted, record.values)))
    live: dict[str, Any] = {"state": RecordState.LIVE.value}
    live |= new_owner(context, form.entity, record, values)
    stored = record_writes.update(tx, there, record, values, cause=starting.cause(locked), system=live)
    carry_over(context, form.entity, there, stored)
    attach(context, form.entity, stored)
    outcome = Outcome(locked.id, "submit", _("已提交。"))
    starting.submit(locked, stored, stored.values, token=token, answer=outcome.as_json())
    return outcome
