"""Edits, undo and redo of a draft, and who else is working on it: what the scripts of every designer ask."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from builder.edits.edit import read_edit
from builder.edits.kinds import KINDS
from builder.usecases.edit_draft import Edited, Stale, edit_draft, turn_draft
from builder.usecases.open_draft import OpenedDraft
from builder.usecases.watch_draft import watch_draft
from builder.web.fragments import drawn
from builder.web.request import acting, draft_of, text, whole
from runtime.language.speech import _, listed
from runtime.web.answers import body

bp = Blueprint("draft", __name__, url_prefix="/design/<app>")


@bp.post("/edit")
def edit(app: str) -> ResponseReturnValue:
    """Apply one edit; answer the new revision and the parts of the page.

    Posted: `file`, `rev` (revision of the file that the page shows), `edit` (`{"do": …}`, or undo and redo),
    `view` (which parts to answer).
    """
    given = body()
    file, rev, asked = text(given, "file"), whole(given, "rev"), given.get("edit")
    view = given.get("view", {})
    if not isinstance(asked, dict) or not isinstance(view, dict):
        raise BadRequest
    try:
        told, edited = _carry_out(app, file, rev, asked)
    except Stale as stale:
        why = {"code": stale.code, "message": stale.message, "mine": stale.mine}
        return jsonify(**why, **_answer(draft_of(app, file), file, view)), 409
    return jsonify(message=told, **_answer(edited.opened, file, view))


@bp.post("/view")
def view(app: str) -> ResponseReturnValue:
    """Answer parts of a page, drawn from the draft as it is now."""
    given = body()
    asked = given.get("view", {})
    if not isinstance(asked, dict):
        raise BadRequest
    file = text(given, "file")
    return jsonify(**_answer(draft_of(app, file), file, asked))


@bp.get("/others")
def others(app: str) -> ResponseReturnValue:
    """Answer who else has a document open, and its revision by now."""
    found = watch_draft(**acting(), app=app, file=request.args.get("file", "")[:200])
    names = listed(found.others)
    return jsonify(
        others=_("%(names)s 也在编辑", names=names) if names else "", rev=found.rev, by=found.changed_by
    )


def _carry_out(app: str, file: str, rev: int, asked: dict[str, Any]) -> tuple[str, Edited]:
    way = asked.get("do")
    if way in ("undo", "redo"):
        done = turn_draft(**acting(), app=app, file=file, rev=rev, way=way)
        if way == "undo":
            return _("已撤销：%(what)s", what=done.label), done
        return _("已重做：%(what)s", what=done.label), done
    found = read_edit({"file": file, **asked}, KINDS)
    if found.file != file:
        raise BadRequest
    return "", edit_draft(**acting(), app=app, rev=rev, edit=found)


def _answer(opened: OpenedDraft, file: str, view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rev": opened.draft.rev(file),
        "undo": opened.undo,
        "redo": opened.redo,
        "changed": opened.draft.waiting,
        "html": drawn(opened, view),
    }
