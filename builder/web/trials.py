"""A rule tried on a record, or on values typed by hand: what it would do, without doing it."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from builder.usecases.try_rule import open_trial, try_rule
from builder.web.request import acting, text, whole
from runtime.language.refusal import Forbidden, InvalidAnswers, NotFound, Refused
from runtime.web.answers import body
from runtime.web.inputs import asked_number

bp = Blueprint("trials", __name__, url_prefix="/design/<app>/rules/trial")

#: Values typed by hand; more are not looked at.
_MOST = 100


@bp.get("")
def show(app: str) -> ResponseReturnValue:
    """Answer what a rule (`file`, `at`) may be tried on."""
    at = asked_number("at")
    if at is None:
        raise BadRequest
    try:
        trial = open_trial(**acting(), app=app, file=request.args.get("file", "")[:200], at=at)
    except (NotFound, Forbidden):
        raise
    except Refused as error:
        return _answered("design/trial_form.html", refused=error.message)
    return _answered("design/trial_form.html", trial=trial)


@bp.post("")
def run(app: str) -> ResponseReturnValue:
    """Answer what a rule would do to the record chosen, with the values typed."""
    given = body()
    record = None if given.get("record") is None else whole(given, "record")
    sample = given.get("sample", {})
    if not isinstance(sample, dict):
        raise BadRequest
    typed = {str(key): one for key, one in list(sample.items())[:_MOST] if isinstance(one, str)}
    asked: dict[str, Any] = {"file": text(given, "file"), "at": whole(given, "at"), "record": record}
    try:
        tried = try_rule(**acting(), app=app, **asked, sample=typed)
    except (NotFound, Forbidden):
        raise
    except InvalidAnswers as error:
        return _answered("design/trial_told.html", refused=error.problems[0].message)
    except Refused as error:
        return _answered("design/trial_told.html", refused=error.message)
    return _answered("design/trial_told.html", tried=tried)


def _answered(template: str, **found: Any) -> ResponseReturnValue:
    return jsonify(html=render_template(template, **found))
