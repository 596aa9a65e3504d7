"""The flow designer: one page for a flow, drawn anew after every gesture; who would receive a node's work."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from builder.edits.documents import find
from builder.usecases.check_draft import check_draft
from builder.usecases.open_draft import OpenedDraft
from builder.usecases.who_receives import who_receives
from builder.web.fragments import fragment
from builder.web.request import acting, existing, object_of, text
from builder.web.views.flows.page import flow_page, palette
from builder.web.views.flows.problems import problems_of
from builder.web.views.frame import frame
from builder.web.views.objects import views_of
from runtime.store.database import db
from runtime.web.account import actor
from runtime.web.answers import body
from runtime.web.security import let_draw_flows

bp = Blueprint("flows", __name__, url_prefix="/design/<app>/flows")


@bp.get("/<code>")
def show(app: str, code: str) -> ResponseReturnValue:
    """Show a flow on its canvas."""
    opened, found = object_of(app, "flow", code)
    page = render_template(
        "design/flow.html",
        frame=frame(
            opened,
            module="flows",
            name=str(found.document.get("name") or code),
            file=found.file,
            views=views_of(app, "flows", code, current="design"),
        ),
        page=flow_page(opened, found.file, {}),
        palette=palette(),
        code=code,
    )
    return let_draw_flows(page)


@bp.get("/<code>/problems")
def problems(app: str, code: str) -> ResponseReturnValue:
    """Answer what the check before publishing would say of a flow, each with the node or edge it is about."""
    checked = check_draft(session=db.session(), actor=actor(), app=app)
    found = existing(find(checked.draft.documents, "flow", code))
    return jsonify(problems=problems_of(checked.problems, found.file, found.document))


@bp.post("/<code>/receivers")
def receivers(app: str, code: str) -> ResponseReturnValue:
    """Answer who would get a node's work if somebody started the flow today.

    Posted: `node`, and `initiator` (code of a person).
    """
    given = body()
    found = who_receives(
        **acting(), app=app, flow=code, node=text(given, "node"), initiator=text(given, "initiator")
    )
    return jsonify(html=render_template("design/flow/_receivers.html", found=found))


@fragment("flow")
def drawn(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Return the parts of the page; nothing if the flow has gone."""
    found = find(opened.draft.documents, "flow", str(view.get("code")))
    if found is None:
        return ""
    return render_template("design/flow/_parts.html", page=flow_page(opened, found.file, view))
