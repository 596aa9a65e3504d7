"""The organisation is written with its revision, and read once per revision."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from runtime.language.problem import Problems
from runtime.store import directory, organisation, tables
from runtime.store.session import Session
from runtime.store.snapshot import revisions
from runtime.store.transaction import transaction
from tests.store.databases import watched
from tests.store.organisation import ORGANISATION

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


def _load(session: Session, data: dict[str, Any] = ORGANISATION, **options: Any) -> None:
    with transaction(session) as tx:
        organisation.load_organisation(tx, data, **options)


def test_what_was_loaded_is_the_directory(session: Session) -> None:
    _load(session)

    found = directory.today(session)

    assert found.people["sam"].name == "销售甲"
    assert found.people["sam"].company == "hq"
    assert found.people["sam"].post == "clerk"
    assert found.head_of("north", above="nora") == "lead"
    assert found.division_leader_of("legal") == "boss"
    assert found.members("sales_rep") == ("sam", "nora")
    assert found.by_id(found.people["lara"].id) == found.people["lara"]
    assert list(found.departments) == ["sales", "north", "legal"]


def test_loading_again_changes_names_but_no_numbers_and_no_passwords(session: Session) -> None:
    _load(session, password_hash=lambda code: f"hash of {code}")
    before = directory.today(session).people["sam"]
    data = deepcopy(ORGANISATION)
    data["people"][3]["name"] = "改名"
    data["roles"][0]["members"] = ["nora", "sam"]

    _load(session, data, password_hash=lambda _: "another")

    after = directory.today(session)
    assert after.people["sam"].id == before.id
    assert after.people["sam"].name == "改名"
    assert after.members("sales_rep") == ("nora", "sam")
    kept = select(tables.person.c.password_hash, tables.person.c.login).where(tables.person.c.code == "sam")
    assert session.execute(kept).one() == ("hash of sam", "sam.s")


def test_a_reference_to_nothing_is_a_problem_with_its_place(session: Session) -> None:
    data = deepcopy(ORGANISATION)
    data["departments"][1]["parent"] = "nowhere"
    data["roles"][0]["members"] = ["sam", "ghost"]
    data["posts"].append({"code": "clerk", "name": "又一个"})

    with pytest.raises(Problems) as caught:
        _load(session, data)

    assert [(one.code, one.path) for one in caught.value.problems] == [
        ("duplicate_code", "$.posts[1].code"),
        ("unknown_code", "$.departments[1].parent"),
        ("unknown_code", "$.roles[0].members[1]"),
    ]
    assert directory.today(session).people == {}


def test_the_snapshot_is_kept_until_the_organisation_changes(session: Session) -> None:
    _load(session)
    first = directory.today(session)
    assert directory.today(session) is first

    with transaction(session) as tx:
        organisation.set_active(tx, first.people["sam"].id, active=False)

    second = directory.today(session)
    assert second.revision > first.revision
    assert not second.people["sam"].active


def test_a_known_revision_asks_nothing_of_the_database(session: Session) -> None:
    _load(session)
    number = revisions(session).organisation
    directory.today(session)

    with watched(session) as sent:
        directory.today(session, revision=number)

    assert sent == []


def test_a_slot_is_bound_and_bound_again(session: Session) -> None:
    _load(session)
    with transaction(session) as tx:
        tx.execute(tables.app.insert().values(code="crm", name="客户", icon="x", installed_at=_NOW))
        organisation.bind_slots(tx, "crm", bindings={"rep": ("role", "sales_rep")})
    assert directory.today(session).bound("crm", "rep") == "sales_rep"

    with transaction(session) as tx:
        organisation.bind_slots(tx, "crm", bindings={"rep": ("role", "legal")})

    assert directory.today(session).bound("crm", "rep") == "legal"
    assert directory.today(session).bound("crm", "other") == "other"
