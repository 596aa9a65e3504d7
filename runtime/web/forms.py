"""Starting a flow: the start page's entries lead to a blank form."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from runtime.language.speech import _
from runtime.running.form_place import AtStart
from runtime.store.database import db
from runtime.usecases.calculate_form import calculate_form
from runtime.usecases.save_draft import save_draft
from runtime.usecases.start_form import start_form
from runtime.usecases.submit_form import submit_form
from runtime.web.account import actor
from runtime.web.answers import asked, calculated, calculation, done
from runtime.web.clock import clock
from runtime.web.sheet import sheet
from runtime.web.views.case import ActionView, CaseView
from runtime.web.views.common import Link

bp = Blueprint("forms", __name__, url_prefix="/start")

_DEEDS = {"save": save_draft, "submit": submit_form}


@bp.get("/<app>/<flow>")
def new(app: str, flow: str) -> ResponseReturnValue:
    """Show the blank form of a flow."""
    started = start_form(session=db.session(), clock=clock(), actor=actor(), app=app, flow=flow)
    act = url_for(".act", app=app, flow=flow)
    view = sheet(
        started.form,
        company=started.company,
        calc=url_for(".calc", app=app, flow=flow),
        pick=url_for("pickers.at_start", app=app, flow=flow),
    )
    actions = (
        ActionView("save", _("暂存"), act, "device-floppy", values=True),
        ActionView("submit", _("提交"), act, "send-2", "primary", values=True, complete=True),
    )
    return render_template(
        "case/show.html", case=CaseView(view, Link(_("发起"), url_for("work.start")), actions=actions)
    )


@bp.post("/<app>/<flow>/act")
def act(app: str, flow: str) -> dict[str, str]:
    """Save a draft, or submit."""
    wanted = asked()
    if wanted.do not in _DEEDS:
        raise BadRequest
    outcome = _DEEDS[wanted.do](
        session=db.session(),
        clock=clock(),
        actor=actor(),
        app=app,
        flow=flow,
        posted=wanted.values,
        token=wanted.token,
    )
    return done(url_for("cases.show", case_id=outcome.case_id), outcome.message)


@bp.post("/<app>/<flow>/calc")
def calc(app: str, flow: str) -> dict[str, Any]:
    """Compute what follows from the answers so far."""
    place = AtStart(app, flow)
    answer = calculate_form(session=db.session(), clock=clock(), actor=actor(), place=place, **calculation())
    return calculated(answer)
