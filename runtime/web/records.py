"""A record of a base table: read, enter, change, delete."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from runtime.language.speech import _
from runtime.running.form_place import AtRecord
from runtime.store.database import db
from runtime.usecases.calculate_form import calculate_form
from runtime.usecases.delete_record import delete_record
from runtime.usecases.edit_record import edit_record
from runtime.usecases.open_record import open_record
from runtime.usecases.save_record import save_record
from runtime.web.account import actor
from runtime.web.answers import asked, calculated, calculation, done
from runtime.web.clock import clock
from runtime.web.record_page import record_page
from runtime.web.sheet import sheet
from runtime.web.views.case import ActionView, CaseView
from runtime.web.views.common import Link

bp = Blueprint("records", __name__, url_prefix="/tables/<app>/<table>")


@bp.get("/<int:record_id>")
def show(app: str, table: str, record_id: int) -> ResponseReturnValue:
    """Show a record with its history."""
    opened = open_record(
        session=db.session(), clock=clock(), actor=actor(), entity=f"{app}/{table}", record_id=record_id
    )
    return render_template("tables/record.html", record=record_page(opened))


@bp.get("/new")
@bp.get("/<int:record_id>/edit")
def edit(app: str, table: str, record_id: int | None = None) -> ResponseReturnValue:
    """Show the form of a record, blank for a new one."""
    entity = f"{app}/{table}"
    edited = edit_record(
        session=db.session(), clock=clock(), actor=actor(), entity=entity, record_id=record_id
    )
    here: dict[str, Any] = {"app": app, "table": table, "record_id": record_id}
    if record_id is None:
        back = Link(_("返回列表"), url_for("tables.show", app=app, table=table))
    else:
        back = Link(_("返回记录"), url_for(".show", **here))
    form = sheet(edited.form, calc=url_for(".calc", **here), pick=url_for("pickers.at_record", **here))
    action = ActionView(
        "save", _("保存"), url_for(".act", **here), "device-floppy", "primary", values=True, complete=True
    )
    page = CaseView(form, back, title=edited.title, actions=(action,))
    return render_template("case/show.html", case=page)


@bp.post("/new/act")
@bp.post("/<int:record_id>/act")
def act(app: str, table: str, record_id: int | None = None) -> dict[str, str]:
    """Save a record, or delete it."""
    wanted, entity = asked(), f"{app}/{table}"
    common: dict[str, Any] = {"session": db.session(), "clock": clock(), "actor": actor(), "entity": entity}
    common |= {"record_id": record_id, "rev": wanted.rev, "token": wanted.token}
    if wanted.do == "save":
        saved = save_record(**common, posted=wanted.values)
        return done(url_for(".show", app=app, table=table, record_id=saved.record_id), saved.message)
    if wanted.do == "delete" and record_id is not None:
        saved = delete_record(**common)
        return done(url_for("tables.show", app=app, table=table), saved.message)
    raise BadRequest


@bp.post("/new/calc")
@bp.post("/<int:record_id>/calc")
def calc(app: str, table: str, record_id: int | None = None) -> dict[str, Any]:
    """Compute what follows from the answers so far."""
    place = AtRecord(f"{app}/{table}", record_id)
    answer = calculate_form(session=db.session(), clock=clock(), actor=actor(), place=place, **calculation())
    return calculated(answer)
