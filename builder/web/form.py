"""The form designer: palette, sheet, properties; everything on it is drawn from the draft's document."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from builder.edits.layout import code_of, fields_of, sections_of
from builder.usecases.open_draft import OpenedDraft
from builder.web.fragments import fragment
from builder.web.request import object_of
from builder.web.views.form_design import FormDesign, form_design
from builder.web.views.form_panel import FormPanel, form_panel
from builder.web.views.frame import frame
from builder.web.views.objects import views_of
from builder.web.views.palette import palette
from runtime.language.whole_number import whole_number

bp = Blueprint("form_design", __name__, url_prefix="/design/<app>/forms")

_LONGEST_SELECTION = 120


@bp.get("/<code>")
def show(app: str, code: str) -> str:
    """Show a form on its sheet."""
    opened, found = object_of(app, "form", code)
    selected = request.args.get("selected", "")[:_LONGEST_SELECTION]
    return render_template(
        "design/form.html",
        frame=frame(
            opened,
            module="forms",
            name=str(found.document.get("name") or code),
            file=found.file,
            views=views_of(app, "forms", code, current="design"),
        ),
        code=code,
        palette=palette(),
        **_parts(opened, found.file, selected),
    )


@fragment("form")
def draw(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Draw the sheet, the outline and the panel anew."""
    file = str(view.get("file", ""))
    selected = view.get("selected")
    parts = _parts(opened, file, selected[:_LONGEST_SELECTION] if isinstance(selected, str) else "")
    return render_template("design/_form.html", **parts)


def _parts(opened: OpenedDraft, file: str, selected: str) -> dict[str, Any]:
    kept = selected if _is_there(opened, file, selected) else ""
    design: FormDesign = form_design(opened, file, kept)
    panel: FormPanel = form_panel(opened, file, kept)
    return {"design": design, "panel": panel, "file": file}


def _is_there(opened: OpenedDraft, file: str, selected: str) -> bool:
    """Say whether what is selected is still there: somebody may have removed it."""
    document = opened.draft.documents.get(file)
    if not isinstance(document, Mapping):
        return False
    kind, _colon, number = selected.partition(":")
    if kind == "section":
        found = whole_number(number)
        return found is not None and found < len(sections_of(document))
    code, _dot, column = selected.partition(".")
    for one in fields_of(document):
        if code_of(one) == code:
            return not column or column in map(code_of, fields_of(one))
    return False
