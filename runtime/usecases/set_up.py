"""Make an installation usable: somebody who can log in, and in demo mode a whole organisation."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from runtime.demo.people import PASSWORD, organisation
from runtime.store.organisation import load_organisation
from runtime.store.passwords import hash_password
from runtime.store.session import Session
from runtime.store.tables import person
from runtime.store.transaction import transaction

#: What an installation without the demo begins with: one administrator, one company.
_BARE: Mapping[str, Any] = {
    "companies": [{"code": "main", "name": "本单位"}],
    "departments": [{"code": "office", "name": "办公室", "company": "main"}],
    "posts": [],
    "people": [{"code": "admin", "name": "系统管理员", "department": "office"}],
    "roles": [
        {"code": "system_admin", "name": "系统管理员", "members": ["admin"]},
        {"code": "app_designer", "name": "应用设计师", "members": []},
        {"code": "process_admin", "name": "流程管理员", "members": ["admin"]},
    ],
}


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was made: how many people, and the administrator's password if it is new and not the demo's."""

    people: int
    admin_password: str | None


def set_up(*, session: Session, demo: bool) -> SetUp:
    """Enter the demo organisation (or one administrator) if nobody is there yet; else change nothing."""
    with transaction(session) as tx:
        if tx.scalar(select(person.c.id).limit(1)) is not None:
            return SetUp(0, None)
        password = PASSWORD if demo else secrets.token_urlsafe(12)
        data = organisation() if demo else _BARE
        # One hash for all of them: seventy would take half a minute, and the password is on the page.
        hashed = hash_password(password)
        load_organisation(tx, data, password_hash=lambda _: hashed)
        return SetUp(len(data["people"]), None if demo else password)
