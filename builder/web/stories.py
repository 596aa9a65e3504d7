"""The walk-throughs of an app: read as steps, changed as text, played against the draft."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from builder.edits.anywhere import SetValue
from builder.edits.documents import Standing, standing
from builder.edits.edit import plain
from builder.edits.rules.tests import ALONE, AddTest
from builder.usecases.edit_draft import Stale, edit_draft
from builder.usecases.open_draft import OpenedDraft
from builder.usecases.run_tests import run_tests
from builder.web.fragments import fragment
from builder.web.request import acting, body, draft_of, existing, text, whole
from builder.web.source import stale, told
from builder.web.views.frame import frame
from builder.web.views.listed_spot import find_listed, numbered, shown_in
from builder.web.views.stories import outcomes, stories_page, text_of
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.language.refusal import Forbidden, InvalidAnswers, Refused
from runtime.language.yaml_text import Document, read_yaml
from runtime.store.database import db
from runtime.web.account import actor
from runtime.web.speech import _

bp = Blueprint("stories", __name__, url_prefix="/design/<app>/tests")

#: Problems of a draft that are listed when it cannot be played; more are counted.
_MOST_PROBLEMS = 20


@bp.get("/")
def show(app: str) -> str:
    """Show all walk-throughs; the first one is open where there is room beside."""
    found = next(iter(standing(draft_of(app).draft.documents, "walkthrough")), None)
    return _page(app, found, listed=True)


@bp.get("/<key>")
def one(app: str, key: str) -> str:
    """Show one walk-through."""
    return _page(app, _existing(app, key), listed=False)


@bp.post("/")
def make(app: str) -> ResponseReturnValue:
    """Make a new walk-through, and lead to it."""
    name, flow = (request.form.get(key, "").strip()[:200] for key in ("name", "flow"))
    file = f"tests/{flow}.yaml" if flow else ALONE
    opened = draft_of(app)
    try:
        edit_draft(**acting(), app=app, rev=opened.draft.rev(file), edit=AddTest(file, name, flow))
    except Refused as error:
        found = next(iter(standing(opened.draft.documents, "walkthrough")), None)
        return _page(app, found, listed=True, refused=error.message), 422
    stories = standing(draft_of(app).draft.documents, "walkthrough")
    made = [story for story in stories if story.file == file][-1]
    return redirect(url_for(".one", app=app, key=numbered(made)))


@bp.post("/<key>")
def save(app: str, key: str) -> ResponseReturnValue:
    """Take the text of a walk-through; answer what is wrong with it, line by line, or its new revision."""
    given, found = body(), _existing(app, key)
    try:
        read = read_yaml(text(given, "text"))
    except Problems as error:
        return told(error.problems), 422
    try:
        edit = SetValue(found.file, found.place, plain(read.value))
        edit_draft(**acting(), app=app, rev=whole(given, "rev"), edit=edit)
    except Stale as error:
        return stale(app, found.file, error), 409
    except InvalidAnswers as error:
        return told(tuple(_with_lines(error.problems, read, found))), 422
    kept = _existing(app, key)
    return jsonify(rev=draft_of(app, found.file).draft.rev(found.file), text=text_of(kept))


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


def _existing(app: str, key: str) -> Standing:
    found: Standing = existing(find_listed(draft_of(app).draft.documents, "walkthrough", key))
    return found


def _page(app: str, found: Standing | None, *, listed: bool, refused: str = "") -> str:
    opened = draft_of(app, found.file if found else "")
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


def _with_lines(problems: tuple[Problem, ...], read: Document, found: Standing) -> Iterator[Problem]:
    for problem in problems:
        _file, place = split_path(problem.path)
        inside = place[len(found.place) :] if place[: len(found.place)] == found.place else ()
        yield replace(problem, line=read.line(inside))
