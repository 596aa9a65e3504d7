"""The walk-throughs of an app: read as steps, changed as text, played against the draft."""

from collections.abc import Mapping
from time import monotonic
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from builder.edits.documents import Standing, standing
from builder.edits.rules.tests import ALONE, AddTest
from builder.usecases.edit_draft import edit_draft
from builder.usecases.open_draft import OpenedDraft
from builder.usecases.run_tests import run_tests
from builder.web.fragments import fragment
from builder.web.request import acting, draft_of, existing, listed_of, text, whole
from builder.web.views.frame import frame
from builder.web.views.listed_spot import find_listed, numbered, shown_in
from builder.web.views.stories import outcomes, stories_page, text_of
from builder.web.written import take_text
from runtime.language.refusal import Forbidden, InvalidAnswers, Refused
from runtime.language.speech import _
from runtime.store.database import db
from runtime.web.account import actor
from runtime.web.answers import body

bp = Blueprint("stories", __name__, url_prefix="/design/<app>/tests")

#: Problems of a draft that are listed when it cannot be played; more are counted.
_MOST_PROBLEMS = 20


@bp.get("/")
def show(app: str) -> str:
    """Show all walk-throughs; the first one is open where there is room beside."""
    return _page(*_first(app), listed=True)


@bp.get("/<key>")
def one(app: str, key: str) -> str:
    """Show one walk-through."""
    opened, found = _existing(app, key)
    return _page(opened, found, listed=False)


@bp.post("/")
def make(app: str) -> ResponseReturnValue:
    """Make a new walk-through, and lead to it."""
    name, flow = (request.form.get(key, "").strip()[:200] for key in ("name", "flow"))
    file = f"tests/{flow}.yaml" if flow else ALONE
    try:
        edited = edit_draft(**acting(), app=app, rev=None, edit=AddTest(file, name, flow))
    except Refused as error:
        return _page(*_first(app), listed=True, refused=error.message), 422
    stories = standing(edited.opened.draft.documents, "walkthrough")
    made = [story for story in stories if story.file == file][-1]
    return redirect(url_for(".one", app=app, key=numbered(made)))


@bp.post("/<key>")
def save(app: str, key: str) -> ResponseReturnValue:
    """Take the text of a walk-through; answer what is wrong with it, line by line, or its new revision."""
    _opened, found = _existing(app, key)

    def shown(opened: OpenedDraft) -> str:
        return text_of(existing(find_listed(opened.draft.documents, "walkthrough", key)))

    return take_text(app, found.file, found.place, shown)


@bp.post("/run")
def run(app: str) -> ResponseReturnValue:
    """Play one walk-through (`file`, `at`) or all; answer how they went, as HTML."""
    given, began = body(), monotonic()
    file = text(given, "file")
    at = whole(given, "at") if file else 0
    opened = draft_of(app)
    try:
        played = run_tests(session=db.session(), actor=actor(), app=app, file=file, at=at)
    except InvalidAnswers as error:
        more = max(0, len(error.problems) - _MOST_PROBLEMS)
        return _answered(problems=error.problems[:_MOST_PROBLEMS], more=more)
    except Forbidden:
        raise
    except Refused as error:
        return _answered(refused=error.message)
    return _answered(outcomes=outcomes(opened, played), seconds=f"{monotonic() - began:.1f}")


@fragment("tests")
def draw(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Return the list and the steps of the open walk-through."""
    found = shown_in(opened.draft.documents, "walkthrough", view)
    return render_template("design/tests_parts.html", page=stories_page(opened, found))


def _answered(**found: Any) -> ResponseReturnValue:
    return jsonify(html=render_template("design/test_outcome.html", **found))


def _first(app: str) -> tuple[OpenedDraft, Standing | None]:
    return listed_of(app, lambda documents: shown_in(documents, "walkthrough", {}))


def _existing(app: str, key: str) -> tuple[OpenedDraft, Standing]:
    opened, found = listed_of(app, lambda documents: find_listed(documents, "walkthrough", key))
    return opened, existing(found)


def _page(opened: OpenedDraft, found: Standing | None, *, listed: bool, refused: str = "") -> str:
    page = stories_page(opened, found)
    name = page.editor.name if page.editor and not listed else ""
    return render_template(
        "design/tests.html",
        frame=frame(opened, module="tests", name=name, file=found.file if found else ""),
        page=page,
        listed=listed,
        refused=refused,
        sent=request.form,
        title=_("测试"),
    )
