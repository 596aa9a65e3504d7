"""Where somebody begins: the desk, what they may start, their notices."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from runtime.store.database import db
from runtime.usecases.list_notices import list_notices
from runtime.usecases.list_tasks import list_tasks
from runtime.usecases.mark_notices_read import mark_notices_read
from runtime.web.account import actor
from runtime.web.clock import clock
from runtime.web.inputs import asked_number
from runtime.web.shell import current_menu
from runtime.web.work_page import KINDS, app_groups, notice_line, work_page

bp = Blueprint("work", __name__)

_LONGEST_SEARCH = 80


@bp.get("/")
def home() -> ResponseReturnValue:
    """Lead to what waits."""
    return redirect(url_for(".show", tab="todo"))


@bp.get("/desk/<tab>")
def show(tab: str) -> str:
    """Show a tab of the desk; with `after` only the lines that follow."""
    words = request.args.get("q", "").strip()[:_LONGEST_SEARCH]
    after = request.args.get("after")
    if tab not in KINDS:
        abort(404)
    listed = list_tasks(
        session=db.session(), clock=clock(), actor=actor(), kind=KINDS[tab], words=words, after=after
    )
    page = work_page(listed, tab=tab, words=words)
    alone = after is not None and "HX-Request" in request.headers
    return render_template("work/_lines.html" if alone else "work/show.html", page=page)


@bp.get("/start")
def start() -> str:
    """Show the flows that the person may start."""
    return render_template("work/start.html", groups=app_groups(current_menu()))


@bp.get("/inbox")
def inbox() -> str:
    """Show the person's notices; with `after` only those that follow."""
    after = request.args.get("after")
    found = list_notices(session=db.session(), clock=clock(), actor=actor(), after=after)
    more = url_for(".inbox", after=found.after) if found.after else ""
    alone = after is not None and "HX-Request" in request.headers
    return render_template(
        "work/_notices.html" if alone else "work/inbox.html",
        notices=tuple(notice_line(one) for one in found.notices),
        more=more,
    )


@bp.post("/inbox/read")
def read_all() -> ResponseReturnValue:
    """Mark all notices of the person as read."""
    mark_notices_read(session=db.session(), clock=clock(), actor=actor())
    return redirect(url_for(".inbox"))


@bp.get("/inbox/<int:notice_id>")
def follow(notice_id: int) -> ResponseReturnValue:
    """Mark a notice as read and go on to its case."""
    mark_notices_read(session=db.session(), clock=clock(), actor=actor(), notice_ids=[notice_id])
    case_id = asked_number("case")
    return redirect(url_for("cases.show", case_id=case_id) if case_id else url_for(".inbox"))
