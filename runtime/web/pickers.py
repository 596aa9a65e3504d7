"""What scripts choose from: records for lookups, people and departments for fields of the organisation."""

from typing import Any

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from runtime.running.form_place import AtCase, AtRecord, AtStart, FormPlace
from runtime.store.database import db
from runtime.usecases.pick_records import PickPage, pick_records
from runtime.usecases.search_directory import search_directory
from runtime.web.account import actor
from runtime.web.answers import body
from runtime.web.clock import clock
from runtime.web.inputs import asked_number
from runtime.web.views.cell import FIGURES

bp = Blueprint("pickers", __name__)

_LONGEST_SEARCH = 80


@bp.get("/directory/<kind>")
def directory(kind: str) -> dict[str, Any]:
    """Find people, departments, companies, posts or roles whose name has the words `q`."""
    words = request.args.get("q", "")[:_LONGEST_SEARCH]
    found = search_directory(session=db.session(), clock=clock(), actor=actor(), kind=kind, words=words)
    return {"items": [{"value": one.code, "label": one.name, "note": one.note} for one in found]}


@bp.post("/pick/start/<app>/<flow>")
def at_start(app: str, flow: str) -> dict[str, Any]:
    """Find rows for a lookup of a form that is not stored yet."""
    return _picked(AtStart(app, flow))


@bp.post("/pick/case/<int:case_id>")
def at_case(case_id: int) -> dict[str, Any]:
    """Find rows for a lookup of a case; `task` names the task that somebody works on."""
    return _picked(AtCase(case_id, asked_number("task")))


@bp.post("/pick/record/<app>/<table>", defaults={"record_id": None})
@bp.post("/pick/record/<app>/<table>/<int:record_id>")
def at_record(app: str, table: str, record_id: int | None) -> dict[str, Any]:
    """Find rows for a lookup of a record, or of a new one."""
    return _picked(AtRecord(f"{app}/{table}", record_id))


def _picked(place: FormPlace) -> dict[str, Any]:
    """Answer `{path, q, after, values}` as `js/lookup.js` reads it."""
    return picks(
        pick_records(session=db.session(), clock=clock(), actor=actor(), place=place, **pick_asked())
    )


def pick_asked() -> dict[str, Any]:
    """Return what a picker asks, as `pick_records` takes it.

    :raises BadRequest: if it is nothing of the kind.
    """
    given = body()
    path, words, after = given.get("path"), given.get("q", ""), given.get("after")
    if not (isinstance(path, str) and isinstance(words, str) and (after is None or isinstance(after, str))):
        raise BadRequest
    posted = given.get("values", {})
    return {"path": path, "posted": posted, "words": words[:_LONGEST_SEARCH], "after": after}


def picks(found: PickPage) -> dict[str, Any]:
    """Return a page of rows to choose from as `js/lookup.js` reads it."""
    return {
        "columns": [{"label": one.label, "figure": one.type in FIGURES} for one in found.columns],
        "rows": [
            {"key": one.key, "ref": one.ref, "text": one.key, "cells": list(one.cells)} for one in found.rows
        ],
        "next": found.after,
    }
