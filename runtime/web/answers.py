"""What scripts send and are answered.

An acting request is `{do, token, rev, values?, opinion?, to?}`; its answer `{redirect, message}`. Refusals
are answered by `errors.py`: 422 with problems at their places, 409 if somebody was faster.
"""

from dataclasses import asdict, dataclass
from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from runtime.language.whole_number import LARGEST
from runtime.usecases.calculate_form import Calculated

#: Longest client token; ours has 32 characters.
_LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants done."""

    do: str
    #: Of this person alone: nobody gets another's answer by guessing a token.
    token: str | None
    values: dict[str, Any]
    opinion: str
    to: str
    #: Revision that the page showed, so that a change made meanwhile is noticed; 0 where there was none.
    rev: int


def asked() -> Asked:
    """Return the acting request.

    :raises BadRequest: if it is none.
    """
    given = body()
    token = given.get("token")
    if token is not None and not (isinstance(token, str) and 0 < len(token) <= _LONGEST_TOKEN):
        raise BadRequest
    return Asked(
        do=_text(given, "do"),
        token=f"{current_user.number}:{token}" if token else None,
        values=_object(given, "values"),
        opinion=_text(given, "opinion").strip(),
        to=_text(given, "to") or "start",
        rev=_number(given, "rev"),
    )


def body() -> dict[str, Any]:
    """Return the JSON object that was posted.

    :raises BadRequest: if it is none.
    """
    given = request.get_json()
    if not isinstance(given, dict):
        raise BadRequest
    return given


def done(url: str, message: str = "") -> dict[str, str]:
    """Return the answer to an action: where to go, and what to say there."""
    return {"redirect": url, "message": message}


def calculation() -> dict[str, Any]:
    """Return what a recalculation was asked, as `calculate_form` takes it.

    :raises BadRequest: if it is none.
    """
    given = body()
    picked = given.get("picked", [])
    if not isinstance(picked, list) or not all(isinstance(path, str) for path in picked):
        raise BadRequest
    return {"posted": _object(given, "values"), "picked": picked, "seq": _number(given, "seq")}


def calculated(answer: Calculated) -> dict[str, Any]:
    """Return a recalculation as `js/calc.js` reads it."""
    return asdict(answer)


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise BadRequest
    return value


def _number(given: dict[str, Any], name: str) -> int:
    value = given.get(name, 0)
    if not isinstance(value, int) or abs(value) > LARGEST:
        raise BadRequest
    return value


def _object(given: dict[str, Any], name: str) -> dict[str, Any]:
    value = given.get(name, {})
    if not isinstance(value, dict):
        raise BadRequest
    return value
