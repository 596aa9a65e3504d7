"""Who sees which records, and which of their fields, and may do what."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from runtime.language.app import App
from runtime.language.refusal import Forbidden, NotFound
from runtime.records.rights import Masked
from runtime.store import directory, organisation, tables
from runtime.store.access import Access
from runtime.store.session import Session
from runtime.store.states import RecordState
from runtime.store.transaction import transaction
from tests.store.apps import app, field, rows, table, there
from tests.store.databases import watched
from tests.store.readers import NOW, add, grant, install, seen_by

CONTRACT = (
    field("no"),
    field("phone", "phone"),
    field("cost", "money"),
    rows("items", field("clause"), field("price", "money")),
)


def _app(*permissions: Any, kind: str = "table") -> App:
    return app(table("contract", *CONTRACT, kind=kind), permissions=permissions)


def _numbers(access: Access, verb: str = "view") -> list[str]:
    contract = access.there
    asked = select(contract.columns["no"]).where(access.rows_clause(verb)).order_by(contract.table.c.id)
    return [str(number) for number in access.tx.scalars(asked)]


@pytest.mark.parametrize(
    ("scope", "viewer", "seen"),
    [
        ("own", "sam", ["sam"]),
        ("dept", "sam", ["nora", "sam"]),
        ("dept", "lead", ["lead"]),
        ("dept_tree", "lead", ["lead", "nora", "sam"]),
        ("dept_tree", "sam", ["nora", "sam"]),
        ("company", "sam", ["boss", "lead", "nora", "sam"]),
        ("company", "lara", ["lara"]),
        ("all", "lara", ["boss", "lead", "nora", "sam", "lara"]),
        ("granted", "sam", []),
        ("dept", "boss", []),
    ],
)
def test_a_scope_gives_the_rows_of_its_owners(
    session: Session, scope: str, viewer: str, seen: list[str]
) -> None:
    own = _app(grant("all_staff", scope))
    install(session, own)
    for owner in ("boss", "lead", "nora", "sam", "lara"):
        add(session, "contract", owner, no=owner)

    assert _numbers(seen_by(session, own, "contract", viewer)) == seen


def test_heads_see_the_departments_they_lead(session: Session) -> None:
    own = _app(grant("dept_head", "dept"))
    install(session, own)
    for owner in ("lead", "nora", "sam"):
        add(session, "contract", owner, no=owner)

    assert _numbers(seen_by(session, own, "contract", "nora")) == ["nora", "sam"]
    assert _numbers(seen_by(session, own, "contract", "lead")) == ["lead"]
    assert not seen_by(session, own, "contract", "sam").may("view")


def test_without_a_grant_nothing_is_seen(session: Session) -> None:
    own = _app(grant("legal"))
    install(session, own)
    made = add(session, "contract", "lara", no="1")

    access = seen_by(session, own, "contract", "sam")

    assert _numbers(access) == []
    assert not access.can("view", made)
    with pytest.raises(NotFound):
        access.read(made.id or 0)


def test_rows_are_the_union_of_all_grants(session: Session) -> None:
    own = _app(grant("sales_rep", "own"), grant("all_staff", "all", where="no == 'public'"))
    install(session, own)
    for owner, number in (("lara", "public"), ("lara", "secret"), ("sam", "mine")):
        add(session, "contract", owner, no=number)

    assert _numbers(seen_by(session, own, "contract", "sam")) == ["public", "mine"]
    assert _numbers(seen_by(session, own, "contract", "lead")) == ["public"]


def test_each_verb_is_given_by_itself(session: Session) -> None:
    own = _app(grant("sales_rep", "all", "pick"), grant("sales_rep", "own", "view", "edit"))
    install(session, own)
    mine, other = add(session, "contract", "sam", no="mine"), add(session, "contract", "lara", no="other")

    access = seen_by(session, own, "contract", "sam")

    assert _numbers(access, "pick") == ["mine", "other"]
    assert _numbers(access, "edit") == ["mine"]
    assert (access.may("edit"), access.may("create")) == (True, False)
    assert access.require("edit", mine.id or 0).can("view")
    with pytest.raises(Forbidden):
        access.require("edit", other.id or 0)
    with pytest.raises(Forbidden):
        access.require("delete", mine.id or 0)


def test_an_administrator_sees_and_does_everything_without_a_grant(session: Session) -> None:
    own = _app()
    install(session, own)
    made = add(session, "contract", "sam", no="1", phone="13800001234")

    access = seen_by(session, own, "contract", "root")

    assert access.require("delete", made.id or 0).can("import")
    assert access.read(made.id or 0)[0].values["phone"] == "13800001234"


def test_somebody_who_has_left_sees_nothing(session: Session) -> None:
    own = _app(grant("all_staff"))
    install(session, own)
    add(session, "contract", "sam", no="1")
    with transaction(session) as tx:
        organisation.set_active(tx, directory.today(tx).people["root"].id, active=False)

    assert _numbers(seen_by(session, own, "contract", "root")) == []


def test_deleted_records_and_drafts_of_others_do_not_exist(session: Session) -> None:
    own = _app(grant("all_staff"))
    install(session, own)
    draft = add(session, "contract", "sam", no="draft", state=RecordState.DRAFT)
    gone = add(session, "contract", "sam", no="gone")
    with transaction(session) as tx:
        tx.execute(there(tx, "contract").table.update().values(s_deleted_at=NOW).where(_is(tx, gone.id)))

    assert _numbers(seen_by(session, own, "contract", "lead")) == []
    assert _numbers(seen_by(session, own, "contract", "sam")) == ["draft"]
    assert seen_by(session, own, "contract", "sam").read(draft.id or 0)[0].values["no"] == "draft"
    with pytest.raises(NotFound):
        seen_by(session, own, "contract", "root").read(draft.id or 0)


def _is(session: Session, record_id: int | None) -> Any:
    return there(session, "contract").table.c.id == record_id


def test_a_field_is_hidden_only_if_every_grant_of_the_row_hides_it(session: Session) -> None:
    own = _app(
        grant("all_staff", hide=("cost", "items.price"), mask=("phone",)),
        grant("sales_rep", "own", hide=("no",)),
    )
    install(session, own)
    values: dict[str, Any] = {"phone": "13800001234", "cost": 5, "items": [{"clause": "一", "price": 7}]}
    mine = add(session, "contract", "sam", no="mine", **values)
    other = add(session, "contract", "lara", no="other", **values)

    access = seen_by(session, own, "contract", "sam")
    seen, own_seen = access.read(other.id or 0)[0].values, access.read(mine.id or 0)[0].values

    assert "cost" not in seen
    assert isinstance(seen["phone"], Masked)
    assert seen["phone"] != "13800001234"
    assert list(seen["items"][0]) == ["id", "clause"]
    assert (own_seen["cost"], own_seen["phone"], own_seen["no"]) == (5, "13800001234", "mine")
    assert not access.is_open("cost")
    assert not access.is_open("no")
    assert access.is_open("record.owner")


def test_a_role_of_the_pack_is_the_one_its_slot_is_bound_to(session: Session) -> None:
    own = _app(grant("watcher"))
    install(session, own)
    add(session, "contract", "sam", no="1")
    assert _numbers(seen_by(session, own, "contract", "lara")) == []

    with transaction(session) as tx:
        tx.execute(tables.app.insert().values(code="crm", name="客户", icon="x", installed_at=NOW))
        organisation.bind_slots(tx, "crm", bindings={"watcher": ("role", "legal")})

    assert _numbers(seen_by(session, own, "contract", "lara")) == ["1"]


def test_a_standing_costs_one_statement(session: Session) -> None:
    own = _app(grant("all_staff"), grant("sales_rep", "own"), grant("legal", "dept"))
    install(session, own)
    made = add(session, "contract", "sam", no="1")
    access = seen_by(session, own, "contract", "sam")

    with watched(session) as sent:
        standing = access.standing(made.id or 0)

    assert len(sent) == 1
    assert len(standing.permissions) == 2
