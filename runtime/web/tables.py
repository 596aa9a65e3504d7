"""Base tables: the list of records, with its search, filters, order and pages, and the same as a sheet."""

from urllib.parse import quote

from flask import Blueprint, Response, render_template, request, stream_with_context

from runtime.store.database import db
from runtime.store.session import Sessions
from runtime.usecases.export_records import export_records
from runtime.usecases.list_records import list_records
from runtime.web.account import actor
from runtime.web.clock import clock
from runtime.web.list_page import list_asked, list_page

bp = Blueprint("tables", __name__, url_prefix="/tables/<app>/<table>")


@bp.get("")
def show(app: str, table: str) -> str:
    """Show a page of the list."""
    asked = list_asked(f"{app}/{table}")
    found = list_records(
        session=db.session(),
        clock=clock(),
        actor=actor(),
        asked=asked,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return render_template("tables/list.html", page=list_page(found, asked))


@bp.get("/export")
def export(app: str, table: str) -> Response:
    """Send all of the list as a sheet, row by row."""
    # A session of its own: the request's is closed before the last row is read.
    session = Sessions(db.engine)()
    made = export_records(session=session, clock=clock(), actor=actor(), asked=list_asked(f"{app}/{table}"))
    # In the language of the request, to the last row.
    answer = Response(stream_with_context(made.chunks), content_type=made.content_type)
    answer.call_on_close(session.close)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.file_name)}"
    return answer
