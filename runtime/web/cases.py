"""A case: read it, act on it, comment on it, print it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from runtime.running.form_place import AtCase
from runtime.store.database import db
from runtime.usecases.act_on_task import Action, act_on_task
from runtime.usecases.calculate_form import calculate_form
from runtime.usecases.comment_on_case import comment_on_case
from runtime.usecases.delete_draft import delete_draft
from runtime.usecases.mark_case_read import mark_case_read
from runtime.usecases.open_case import OpenedCase, open_case
from runtime.usecases.outcome import Outcome
from runtime.usecases.save_draft import save_draft
from runtime.usecases.submit_form import submit_form
from runtime.usecases.track_case import track_case
from runtime.usecases.withdraw_case import withdraw_case
from runtime.web.account import actor, actor_code
from runtime.web.answers import Asked, asked, calculated, calculation, done
from runtime.web.case_page import case_page, printed
from runtime.web.case_track import case_track
from runtime.web.clock import clock
from runtime.web.inputs import asked_number
from runtime.web.security import let_draw_flows

bp = Blueprint("cases", __name__, url_prefix="/cases")

#: After these the work is somebody else's: back to what waits.
_HANDED_ON = frozenset({"approve", "reject", "return", "complete"})


@bp.get("/<int:case_id>")
def show(case_id: int) -> ResponseReturnValue:
    """Show a case; `task` names the task that somebody came for."""
    opened = _opened(case_id)
    mark_case_read(session=db.session(), clock=clock(), actor=actor(), case_id=case_id)
    return let_draw_flows(render_template("case/show.html", case=case_page(opened, viewer=actor_code())))


@bp.get("/<int:case_id>/flow")
def on_its_flow(case_id: int) -> dict[str, Any]:
    """Answer the flow's picture with how far the case is, as js/flow/track.js draws it."""
    found = track_case(session=db.session(), clock=clock(), actor=actor(), case_id=case_id)
    return case_track(found)


@bp.get("/<int:case_id>/print")
def on_paper(case_id: int) -> ResponseReturnValue:
    """Show a case as it is printed."""
    return render_template("case/print.html", case=printed(_opened(case_id)))


@bp.post("/<int:case_id>/act")
def act(case_id: int) -> dict[str, str]:
    """Act on a task, or on one's own case."""
    wanted, task = asked(), _task()
    outcome = _on_task(task, wanted) if task else _on_case(case_id, wanted)
    if wanted.do in _HANDED_ON:
        return done(url_for("work.show", tab="todo"), outcome.message)
    if wanted.do == "delete":
        return done(url_for("work.show", tab="started"), outcome.message)
    return done(url_for(".show", case_id=outcome.case_id), outcome.message)


@bp.post("/<int:case_id>/calc")
def calc(case_id: int) -> dict[str, Any]:
    """Compute what follows from the answers so far."""
    place = AtCase(case_id, _task())
    answer = calculate_form(session=db.session(), clock=clock(), actor=actor(), place=place, **calculation())
    return calculated(answer)


@bp.post("/<int:case_id>/comment")
def comment(case_id: int) -> ResponseReturnValue:
    """Put a comment into the case's history."""
    text = request.form.get("text", "")
    comment_on_case(
        session=db.session(), clock=clock(), actor=actor(), case_id=case_id, text=text, token=None
    )
    return redirect(url_for(".show", case_id=case_id, _anchor="comments"))


def _opened(case_id: int) -> OpenedCase:
    return open_case(session=db.session(), clock=clock(), actor=actor(), case_id=case_id, task_id=_task())


def _task() -> int | None:
    return asked_number("task")


def _on_task(task: int, wanted: Asked) -> Outcome:
    action = Action(do=wanted.do, opinion=wanted.opinion, to=wanted.to, posted=wanted.values)
    return act_on_task(
        session=db.session(),
        clock=clock(),
        actor=actor(),
        task_id=task,
        action=action,
        token=wanted.token,
        form=request.args.get("form"),
    )


def _on_case(case_id: int, wanted: Asked) -> Outcome:
    session, now, who = db.session(), clock(), actor()
    if wanted.do == "withdraw":
        return withdraw_case(
            session=session, clock=now, actor=who, case_id=case_id, token=wanted.token, reason=wanted.opinion
        )
    if wanted.do == "delete":
        return delete_draft(session=session, clock=now, actor=who, case_id=case_id, token=wanted.token)
    if wanted.do not in ("save", "submit"):
        raise BadRequest
    deed = save_draft if wanted.do == "save" else submit_form
    # App and flow are those of the case.
    return deed(
        session=session,
        clock=now,
        actor=who,
        app="",
        flow="",
        posted=wanted.values,
        token=wanted.token,
        case_id=case_id,
    )
