"""A designer at a browser: edits, and the way to a release."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.test import TestResponse

from tests.web.site import Browser, texts


def revised(designer: Browser, app: str, file: str, *edits: dict[str, Any], rev: int = 0) -> int:
    """Make edits of a document, one after the other; return its revision."""
    for one in edits:
        answer = designer.post(f"/design/{app}/edit", file=file, rev=rev, edit=one, view={})
        assert answer.status_code == 200, answer.text
        rev = answer.get_json()["rev"]
    return rev


def change(*place: Any, to: Any) -> dict[str, Any]:
    """Return the edit that sets what stands at a place."""
    return {"do": "set", "place": list(place), "value": to}


def remove(*place: Any) -> dict[str, Any]:
    """Return the edit that takes out what stands at a place."""
    return {"do": "remove", "place": list(place)}


def insert(*place: Any, value: Any) -> dict[str, Any]:
    """Return the edit that puts an item at the end of a list."""
    return {"do": "insert", "place": list(place), "value": value}


def stamp_of(page: str) -> str:
    """Return the stamp that the page of a publication, or of the releases, posts back."""
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None, texts(page)
    return found[1]


def drop(designer: Browser, app: str) -> TestResponse:
    """Throw a draft away as its page offers it."""
    seen = stamp_of(designer.read(f"/design/{app}/releases/"))
    return designer.client.post(f"/design/{app}/drop", data={"seen": seen})


def publish(designer: Browser, app: str, **given: str) -> TestResponse:
    """Publish a draft as its page offers it; `given` replaces what it posts."""
    page = designer.read(f"/design/{app}/publish")
    version = re.search(r'name="version" type="text" value="([^"]*)"', page)
    assert version is not None, texts(page)
    posted = {"seen": stamp_of(page), "version": version[1], "note": "", **given}
    return designer.client.post(f"/design/{app}/publish", data=posted)


def published(designer: Browser, app: str, **given: str) -> str:
    """Publish a draft that is in order, and return what the page says."""
    answer = publish(designer, app, **given)
    assert answer.status_code == 200, texts(answer.text)
    return answer.text
