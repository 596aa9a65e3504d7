"""The designer of dictionaries: a tree of items, edited in place."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from builder.edits.documents import Standing, find
from builder.usecases.open_draft import OpenedDraft
from builder.web.fragments import fragment
from builder.web.request import object_of
from builder.web.views.dictionary_design import dictionary_design
from builder.web.views.frame import frame
from builder.web.views.objects import views_of
from builder.web.views.sources import word

bp = Blueprint("dictionary_design", __name__, url_prefix="/design/<app>/dictionaries")


@bp.get("/<code>")
def show(app: str, code: str) -> str:
    """Show a dictionary."""
    opened, found = object_of(app, "dictionary", code)
    selected = request.args.get("selected", "")[:120]
    return render_template(
        "design/dictionary.html",
        frame=frame(
            opened,
            module="dictionaries",
            name=word(found.document.get("name")) or code,
            file=found.file,
            views=views_of(app, "dictionaries", code, current="design"),
        ),
        view={"name": "dictionary", "code": code, "selected": selected},
        **_parts(opened, found, selected),
    )


@fragment("dictionary")
def draw(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Draw the tree anew."""
    found = find(opened.draft.documents, "dictionary", word(view.get("code")))
    if found is None:
        return ""
    parts = _parts(opened, found, word(view.get("selected"))[:120])
    work = render_template("design/_dictionary.html", **parts)
    return work + render_template("design/_dictionary_panel.html", **parts)


def _parts(opened: OpenedDraft, found: Standing, selected: str) -> dict[str, Any]:
    return {"design": dictionary_design(opened, found, selected)}
