"""The rules of an app: all of them as sentences, one of them open to be changed."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from builder.edits.documents import Standing, standing
from builder.edits.rules.whole import AddRule, rules_file
from builder.usecases.edit_draft import edit_draft
from builder.usecases.open_draft import OpenedDraft
from builder.web.fragments import fragment
from builder.web.request import acting, existing, listed_of
from builder.web.views.frame import frame
from builder.web.views.listed_spot import counts, find_listed, rule_key, shown_in
from builder.web.views.rules import RulesPage, rules_page
from runtime.language.refusal import Refused

bp = Blueprint("rules", __name__, url_prefix="/design/<app>/rules")

#: Rows shown as expressions on request; more are not looked at.
_MOST_FORMULAS = 200


@bp.get("/")
def show(app: str) -> str:
    """Show all rules; the first one is open where there is room beside."""
    return _page(*_first(app), listed=True)


@bp.get("/<key>")
def one(app: str, key: str) -> str:
    """Show one rule."""
    opened, found = listed_of(app, lambda documents: find_listed(documents, "rule", key))
    return _page(opened, existing(found), listed=False)


@bp.post("/")
def make(app: str) -> ResponseReturnValue:
    """Make a new rule, and lead to it."""
    chosen = _chosen(request.form.get("trigger", ""))
    by, trigger = (str(chosen.get(key, ""))[:80] for key in ("by", "trigger"))
    name, action = (request.form.get(key, "").strip()[:200] for key in ("name", "action"))
    file = rules_file(trigger or "rules")
    edit = AddRule(file, name, by, trigger, chosen.get("on", ""), action)
    try:
        edited = edit_draft(**acting(), app=app, rev=None, edit=edit)
    except Refused as error:
        return _page(*_first(app), listed=True, refused=error.message), 422
    documents = edited.opened.draft.documents
    made = [one for one in standing(documents, "rule") if one.file == file][-1]
    return redirect(url_for(".one", app=app, key=rule_key(made, counts(documents, "rule"))))


@fragment("rule")
def draw(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Return the list and the open rule."""
    found = shown_in(opened.draft.documents, "rule", view)
    given = view.get("formulas")
    formulas = frozenset(map(str, given[:_MOST_FORMULAS])) if isinstance(given, list) else frozenset()
    return render_template("design/rules_parts.html", page=rules_page(opened, found, formulas=formulas))


def _first(app: str) -> tuple[OpenedDraft, Standing | None]:
    return listed_of(app, lambda documents: shown_in(documents, "rule", {}))


def _page(opened: OpenedDraft, found: Standing | None, *, listed: bool, refused: str = "") -> str:
    page: RulesPage = rules_page(opened, found)
    name = (page.editor.name or page.editor.code) if page.editor and not listed else ""
    return render_template(
        "design/rules.html",
        frame=frame(opened, module="rules", name=name, file=found.file if found else ""),
        page=page,
        listed=listed,
        refused=refused,
        sent=request.form,
    )


def _chosen(option: str) -> dict[str, Any]:
    """Return what an option of a select says; nothing if it is none of ours."""
    try:
        found = json.loads(option)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
