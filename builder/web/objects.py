"""The objects of an app, kind by kind: lists, new ones, copies."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from builder.edits.documents import find, part_named
from builder.edits.edit import Edit
from builder.edits.objects import AddObject, CopyObject, RemoveObject, new_file
from builder.usecases.edit_draft import edit_draft
from builder.usecases.open_draft import OpenedDraft
from builder.web.navigation import KIND_OF
from builder.web.request import acting, draft_of, existing
from builder.web.views.frame import frame
from builder.web.views.objects import NewObject, object_page, page_of
from runtime.language.refusal import Refused
from runtime.language.speech import _

bp = Blueprint("objects", __name__, url_prefix="/design/<app>")

_MODULES = "<any(forms, tables, flows, dictionaries):module>"


@bp.get(f"/{_MODULES}/")
def show(app: str, module: str) -> str:
    """Show the objects of one kind."""
    return _page(draft_of(app), module, None)


@bp.post(f"/{_MODULES}/")
def make(app: str, module: str) -> ResponseReturnValue:
    """Make a new object, blank or as a copy, and lead to it."""
    kind = KIND_OF[module]
    new = NewObject(
        code=request.form.get("code", "").strip()[:80],
        name=request.form.get("name", "").strip()[:200],
        like=request.form.get("like", "").strip()[:80],
        form=request.form.get("form", "").strip()[:80],
    )
    opened = draft_of(app)
    file = new_file(opened.draft.documents, kind, new.code)
    edit: Edit = AddObject(file, kind, new.code, new.name, new.form)
    if new.like:
        edit = CopyObject(file, kind, new.like, new.code, new.name)
    try:
        edit_draft(**acting(), app=app, rev=opened.draft.rev(file), edit=edit)
    except Refused as error:
        return _page(opened, module, new.refused(error)), 422
    return redirect(page_of(app, module, new.code))


@bp.post(f"/{_MODULES}/<code>/remove")
def remove(app: str, module: str, code: str) -> ResponseReturnValue:
    """Take an object out of the draft."""
    opened, kind = draft_of(app), KIND_OF[module]
    found = existing(find(opened.draft.documents, kind, code))
    edit = RemoveObject(found.file, kind, code)
    edit_draft(**acting(), app=app, rev=opened.draft.rev(found.file), edit=edit)
    return redirect(url_for(".show", app=app, module=module))


def _page(opened: OpenedDraft, module: str, new: NewObject | None) -> str:
    kind = KIND_OF[module]
    return render_template(
        "design/objects.html",
        frame=frame(opened, module=module),
        page=object_page(opened, module, kind, label=_(part_named(kind).label), new=new),
    )
