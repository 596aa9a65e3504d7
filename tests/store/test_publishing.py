"""Tables follow the definitions: they gain columns and width and lose nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from runtime.language.problem import Problems
from runtime.language.refusal import NotFound
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session
from runtime.store.snapshot import revisions
from runtime.store.states import RecordState
from runtime.store.transaction import transaction
from tests.store.apps import app, field, put, rows, table, there

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


def _insert(session: Session, entity: EntityTable, **values: Any) -> int:
    system = {
        "rev": 1,
        "s_state": RecordState.LIVE,
        "s_created_by": 1,
        "s_created_at": _NOW,
        "s_updated_at": _NOW,
    }
    columns = {entity.columns[name].name: value for name, value in values.items() if name in entity.columns}
    given = {name: value for name, value in values.items() if name not in entity.columns}
    with transaction(session) as tx:
        made = tx.execute(
            entity.table.insert().values(**system | columns | given).returning(entity.table.c.id)
        )
        return int(made.scalar_one())


def _insert_row(session: Session, entity: EntityTable, parent: int, **values: Any) -> None:
    columns = {entity.columns[name].name: value for name, value in values.items()}
    with transaction(session) as tx:
        tx.execute(entity.table.insert().values(parent_id=parent, position=1, **columns))


def _value(session: Session, entity: EntityTable, name: str, row: int) -> Any:
    return session.scalar(select(entity.columns[name]).where(entity.table.c.id == row))


CONTRACT = table(
    "contract",
    field("no", unique=True),
    field("amount", "money"),
    field("signed", "date"),
    field("customer", "lookup", options={"from": "customer", "key": "name"}),
    field("tags", "checkbox", options={"dict": "state"}, multiple=True),
    field("said", "opinion", options={"node": "legal"}),
    rows("items", field("clause"), field("delta", "money")),
)


def test_an_entity_becomes_a_table_with_typed_columns_and_one_for_its_rows(session: Session) -> None:
    published = put(session, app(CONTRACT))

    contract = there(session, "contract")
    assert contract.table.name == f"e{contract.number}_contract"
    assert list(contract.columns) == ["no", "amount", "signed", "customer", "customer_ref", "tags"]
    assert list(contract.rows["items"].columns) == ["clause", "delta"]
    assert "crm/contract.items" in published.made
    names = {one["name"] for one in inspect(session.connection()).get_columns(contract.table.name)}
    assert names >= {"id", "rev", "s_owner", "s_deleted_at", "customer_ref", "amount"}


def test_publishing_again_changes_nothing(session: Session) -> None:
    put(session, app(CONTRACT))
    before = revisions(session)

    again = put(session, app(CONTRACT), release=2)

    assert again.made == ()
    assert revisions(session) == before


def test_values_come_back_as_they_were_stored(session: Session) -> None:
    put(session, app(CONTRACT))
    contract = there(session, "contract")
    values = {"no": "HT-1", "amount": Decimal("1234567.89"), "signed": _NOW.date(), "tags": ["open", "done"]}

    row = _insert(session, contract, **values)

    assert {name: _value(session, contract, name, row) for name in values} == values
    assert str(_value(session, contract, "amount", row)) == "1234567.89"


def test_a_new_field_is_a_new_column_and_old_rows_stay(session: Session) -> None:
    put(session, app(CONTRACT))
    row = _insert(session, there(session, "contract"), no="HT-1")
    _insert_row(session, there(session, "contract").rows["items"], row, clause="一")

    wider = table("contract", *CONTRACT.fields, field("note", "textarea"))
    published = put(session, app(wider), release=2)

    assert published.made == ("crm/contract.note",)
    contract = there(session, "contract")
    assert _value(session, contract, "no", row) == "HT-1"
    assert _value(session, contract, "note", row) is None
    assert session.scalar(select(contract.rows["items"].columns["clause"])) == "一"


def test_a_removed_field_stays_readable_in_older_releases(session: Session) -> None:
    put(session, app(CONTRACT))
    row = _insert(session, there(session, "contract"), no="HT-1", amount=Decimal(5))

    put(session, app(table("contract", field("no", unique=True))), release=2)

    now, before = there(session, "contract"), there(session, "contract", release=1)
    assert list(now.columns) == ["no"]
    assert now.rows == {}
    assert _value(session, before, "amount", row) == Decimal("5.00")
    assert list(before.rows["items"].columns) == ["clause", "delta"]


def test_an_entity_that_is_gone_keeps_its_table(session: Session) -> None:
    put(session, app(CONTRACT, table("other", field("a"))))

    put(session, app(CONTRACT), release=2)

    assert there(session, "other").columns == {}
    assert list(there(session, "other", release=1).columns) == ["a"]
    assert there(session, "other").table.name in inspect(session.connection()).get_table_names()


def test_a_changed_type_makes_a_new_column_converts_and_reports(session: Session) -> None:
    before = app(table("contract", field("amount", "text")))
    put(session, before)
    old = there(session, "contract")
    good, bad = _insert(session, old, amount="1234.5"), _insert(session, old, amount="约五万")

    after = app(table("contract", field("amount", "money")))
    published = put(session, after, release=2, before=before)

    now = there(session, "contract")
    assert now.columns["amount"].name == "amount__2"
    assert _value(session, now, "amount", good) == Decimal("1234.50")
    assert _value(session, now, "amount", bad) is None
    assert [(one.field, one.record_id, one.shown) for one in published.not_converted] == [
        ("crm/contract.amount", bad, "约五万")
    ]
    assert _value(session, there(session, "contract", release=1), "amount", bad) == "约五万"


def test_a_dictionary_value_is_converted_by_what_people_saw(session: Session) -> None:
    before = app(table("contract", field("state", "select", options={"dict": "state"})))
    put(session, before)
    row = _insert(session, there(session, "contract"), state="done")

    many = app(table("contract", field("state", "checkbox", options={"dict": "state"}, multiple=True)))
    published = put(session, many, release=2, before=before)

    assert published.not_converted == ()
    assert _value(session, there(session, "contract"), "state", row) == ["done"]


def test_a_type_that_all_values_fit_keeps_the_column(session: Session) -> None:
    before = app(table("contract", field("note", "text")))
    put(session, before)
    row = _insert(session, there(session, "contract"), note="备注")

    put(session, app(table("contract", field("note", "textarea"))), release=2, before=before)

    assert there(session, "contract").columns["note"].name == "note"
    assert _value(session, there(session, "contract"), "note", row) == "备注"


def test_more_digits_widen_the_column_in_place(session: Session) -> None:
    put(session, app(table("contract", field("rate", "decimal", precision=2))))
    row = _insert(session, there(session, "contract"), rate=Decimal("1.25"))

    put(session, app(table("contract", field("rate", "decimal", precision=4))), release=2)

    contract = there(session, "contract")
    assert contract.columns["rate"].name == "rate"
    assert _value(session, contract, "rate", row) == Decimal("1.2500")
    fine = _insert(session, contract, rate=Decimal("0.0001"))
    assert _value(session, contract, "rate", fine) == Decimal("0.0001")


def test_unique_counts_live_rows_only(session: Session) -> None:
    put(session, app(CONTRACT))
    contract = there(session, "contract")
    _insert(session, contract, no="HT-1")

    _insert(session, contract, no="HT-1", s_state=RecordState.DRAFT)
    _insert(session, contract, no="HT-1", s_deleted_at=_NOW)
    _insert(session, contract, no=None)
    _insert(session, contract, no=None)
    with pytest.raises(IntegrityError):
        _insert(session, contract, no="HT-1")


def test_unique_in_a_sub_table_counts_within_its_parent(session: Session) -> None:
    put(session, app(table("contract", rows("items", field("line", unique=True)))))
    items = there(session, "contract").rows["items"]
    _insert_row(session, items, 1, line="甲")

    _insert_row(session, items, 2, line="甲")
    with pytest.raises(IntegrityError):
        _insert_row(session, items, 1, line="甲")


def test_what_is_not_unique_cannot_become_so(session: Session) -> None:
    put(session, app(table("contract", field("no"))))
    for _ in range(2):
        _insert(session, there(session, "contract"), no="HT-1")

    with pytest.raises(Problems) as caught:
        put(session, app(table("contract", field("no", unique=True), field("new"))), release=2)

    assert "HT-1" in caught.value.problems[0].message
    assert list(there(session, "contract").columns) == ["no"]


def test_unique_can_be_lifted_again(session: Session) -> None:
    put(session, app(table("contract", field("no", unique=True), unique=(("no",),))))
    put(session, app(table("contract", field("no"))), release=2)

    contract = there(session, "contract")
    assert _insert(session, contract, no="HT-1") != _insert(session, contract, no="HT-1")


def test_codes_like_system_columns_and_long_ones_get_names_of_their_own(session: Session) -> None:
    long = "a_field_whose_code_is_as_long_as_is_legal"
    put(
        session,
        app(table("contract", field("rev"), field(long, index=True), rows("items", field("position")))),
    )

    contract = there(session, "contract")
    row = _insert(session, contract, **{long: "x"})
    assert _value(session, contract, long, row) == "x"
    assert contract.columns["rev"].name == "f_rev"
    assert contract.rows["items"].columns["position"].name == "f_position"


def test_an_entity_nobody_published_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        there(session, "ghost")
