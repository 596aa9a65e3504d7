"""What the expression editor asks: names, checks, words, rows of conditions. Nothing is changed by it."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from builder.usecases.build_condition import read_rows, write_rows
from builder.usecases.check_expression import Tried, check_expression
from builder.usecases.offer_names import offer_names
from builder.usecases.word_expressions import word_expressions
from builder.web.request import acting, text
from runtime.store.database import db
from runtime.web.account import actor
from runtime.web.answers import body

bp = Blueprint("expressions", __name__, url_prefix="/design/<app>/expression")

#: Characters of a text that is looked at; the parser says what is too long for it.
LONGEST = 20_000
#: Expressions put into words at once, and sample values of one check.
MOST = 500


@bp.post("/names")
def names(app: str) -> ResponseReturnValue:
    """Answer the names in scope, and the functions."""
    return jsonify(offer_names(session=db.session(), actor=actor(), app=app, scope=text(body(), "scope")))


@bp.post("/check")
def check(app: str) -> ResponseReturnValue:
    """Answer what is to be said of an expression, and what it gives on sample values."""
    given = body()
    sample = given.get("sample") or {}
    if not isinstance(sample, dict) or len(sample) > MOST:
        raise BadRequest
    tried = check_expression(
        **acting(),
        app=app,
        scope=text(given, "scope"),
        want=text(given, "want"),
        source=_source(given),
        sample={str(path): one for path, one in sample.items() if isinstance(one, str)},
    )
    return jsonify(**_told(tried))


@bp.post("/words")
def words(app: str) -> ResponseReturnValue:
    """Answer many expressions in words, in the order asked."""
    items = body().get("items")
    if not isinstance(items, list) or len(items) > MOST or not all(isinstance(one, dict) for one in items):
        raise BadRequest
    asked = [(text(one, "scope"), _source(one)) for one in items]
    return jsonify(words=word_expressions(session=db.session(), actor=actor(), app=app, items=asked))


@bp.post("/rows")
def rows(app: str) -> ResponseReturnValue:
    """Answer the rows that a condition is, null with a message if it is none of rows."""
    del app
    found, message = read_rows(session=db.session(), actor=actor(), source=_source(body()))
    return jsonify(rows=found, message=message)


@bp.post("/text")
def written(app: str) -> ResponseReturnValue:
    """Answer the expression that rows are; null with a message while a row is unfinished."""
    del app
    given = body().get("rows")
    if not isinstance(given, dict):
        raise BadRequest
    source, message = write_rows(session=db.session(), actor=actor(), rows=given)
    return jsonify(source=source, message=message)


def _source(given: dict[str, Any]) -> str:
    found = text(given, "source")
    if len(found) > LONGEST:
        raise BadRequest
    return found


def _told(tried: Tried) -> dict[str, Any]:
    report = tried.report
    return {
        "ok": report.ok,
        "type": report.type.label if report.type else "",
        "kind": report.type.kind if report.type else "",
        "words": report.words,
        "problems": [{"message": one.message, "from": one.start, "to": one.end} for one in report.problems],
        "names": [
            {"from": one.start, "to": one.end, "path": one.path, "label": one.label} for one in report.names
        ],
        "sample": [asdict(one) for one in tried.inputs],
        "result": asdict(tried.result),
    }
