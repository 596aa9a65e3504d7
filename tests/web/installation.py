"""A furnished installation for web tests: a database of its own, people with passwords, an app on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtime.store.organisation import load_organisation
from runtime.store.passwords import hash_password
from tests.store.organisation import ORGANISATION

PASSWORD = "correct horse 7"
#: Hashing takes long on purpose; one hash serves all people of a run.
_HASHED = hash_password(PASSWORD)


def enter_people(tx: Any) -> None:
    """Enter the small organisation; everybody has `PASSWORD`, and Nora has left."""
    people = [one | {"active": False} if one["code"] == "nora" else one for one in ORGANISATION["people"]]
    load_organisation(tx, ORGANISATION | {"people": people}, password_hash=lambda _: _HASHED)


def form(login: str = "sam.s", password: str = PASSWORD, **more: str) -> Mapping[str, str]:
    """Return what the log-in page posts."""
    return {"login": login, "password": password, **more}
