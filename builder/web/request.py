"""What every page of the designer reads from its request."""

from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, NotFound

from builder.edits.documents import Documents, Standing
from builder.usecases.open_draft import OpenedDraft, open_draft, open_listed, open_object
from runtime.language.whole_number import LARGEST
from runtime.store.database import db
from runtime.web.account import actor
from runtime.web.clock import clock


def acting() -> dict[str, Any]:
    """Return what every use case that changes a draft is told of this request."""
    return {"session": db.session(), "clock": clock(), "actor": actor()}


def address() -> str:
    """Return where the request came from, for the record."""
    return request.remote_addr or ""


def draft_of(app: str, file: str = "") -> OpenedDraft:
    """Return the draft that a page shows."""
    return open_draft(session=db.session(), actor=actor(), app=app, file=file)


def object_of(app: str, kind: str, code: str) -> tuple[OpenedDraft, Standing]:
    """Return the draft as the page of one object shows it, and the object.

    :raises werkzeug.exceptions.NotFound: if there is no such object.
    """
    opened, found = existing(open_object(session=db.session(), actor=actor(), app=app, kind=kind, code=code))
    return opened, found


def listed_of(
    app: str, choose: Callable[[Documents], Standing | None]
) -> tuple[OpenedDraft, Standing | None]:
    """Return the draft as the page of the object that `choose` finds shows it, and the object."""
    return open_listed(session=db.session(), actor=actor(), app=app, choose=choose)


def existing(found: Any) -> Any:
    """Return what was found.

    :raises werkzeug.exceptions.NotFound: if nothing was.
    """
    if found is None:
        raise NotFound
    return found


def whole(given: dict[str, Any], name: str) -> int:
    """Return a whole number of what was posted.

    :raises BadRequest: if it is none, or larger than any id or revision.
    """
    value = given.get(name)
    if type(value) is not int or abs(value) > LARGEST:
        raise BadRequest
    return value


def text(given: dict[str, Any], name: str) -> str:
    """Return a text of what was posted, empty if it is not there.

    :raises BadRequest: if it is something else.
    """
    value = given.get(name, "")
    if not isinstance(value, str):
        raise BadRequest
    return value
