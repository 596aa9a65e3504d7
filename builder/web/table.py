"""The table designer: fields, key and columns, views, validations of a base table."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from builder.edits.documents import find
from builder.usecases.open_draft import OpenedDraft
from builder.web.fragments import fragment
from builder.web.request import object_of
from builder.web.views.frame import frame
from builder.web.views.objects import page_of, views_of
from builder.web.views.palette import palette
from builder.web.views.sources import word
from builder.web.views.table_design import TableDesign, table_design

bp = Blueprint("table_design", __name__, url_prefix="/design/<app>/tables")

_LONGEST = 120


@bp.get("/<code>")
def show(app: str, code: str) -> str:
    """Show a table."""
    opened, found = object_of(app, "table", code)
    tab, selected = (request.args.get(key, "")[:_LONGEST] for key in ("tab", "selected"))
    design = _design(opened, found.file, code, tab=tab, selected=selected)
    return render_template(
        "design/table.html",
        frame=frame(
            opened,
            module="tables",
            name=word(found.document.get("name")) or code,
            file=found.file,
            views=views_of(app, "tables", code, current="design"),
        ),
        design=design,
        view={"name": "table", "code": code, "tab": design.tab, "selected": selected},
        **_palettes(),
    )


@fragment("table")
def draw(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Draw the tab and its panel anew."""
    code, tab, selected = (word(view.get(key))[:_LONGEST] for key in ("code", "tab", "selected"))
    found = find(opened.draft.documents, "table", code)
    if found is None:
        return ""
    design = _design(opened, found.file, code, tab=tab, selected=selected)
    return render_template("design/_table.html", design=design, **_palettes())


def _design(opened: OpenedDraft, file: str, code: str, *, tab: str, selected: str) -> TableDesign:
    url = page_of(opened.draft.app, "tables", code)
    return table_design(opened, file, url=url, tab=tab, selected=selected)


def _palettes() -> dict[str, Any]:
    return {"palette": palette(), "columns": palette(rows=True)}
