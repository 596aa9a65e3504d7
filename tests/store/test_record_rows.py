"""Rows of sub-tables keep their ids, change places, and bring formulas with them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from runtime.language.refusal import Conflict, InvalidAnswers
from runtime.store.entity_tables import EntityTable
from runtime.store.revisions import history
from runtime.store.session import Session
from tests.store.contracts import insert_one, read_one, update_one


def test_formulas_are_recomputed_in_the_same_write(session: Session, contract: EntityTable) -> None:
    def recompute(values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {
            **values,
            "count": len(values["items"]),
            "amount": sum(row["delta"] or 0 for row in values["items"]),
        }

    made = insert_one(session, contract, recompute=recompute)
    assert (made.values["count"], made.values["amount"]) == (2, Decimal("1.00"))

    more = [*made.values["items"], {"clause": "三", "delta": Decimal("2.005")}]
    changed = update_one(session, contract, made, {"items": more}, recompute=recompute)

    assert (changed.values["count"], changed.values["amount"]) == (3, Decimal("3.01"))
    assert read_one(session, contract, made) == changed


def test_rows_keep_their_ids_over_an_edit(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)
    first, second = made.values["items"]

    changed = update_one(
        session,
        contract,
        made,
        {"items": [{"id": None, "clause": "零", "delta": None}, {**second, "delta": Decimal(5)}]},
    )

    new, kept = changed.values["items"]
    assert kept["id"] == second["id"]
    assert new["id"] not in (None, first["id"], second["id"])
    assert read_one(session, contract, made) == changed
    trace = history(session, entity=contract.number, record_id=made.id or 0)[0].changes["items"]
    assert [row["clause"] for row in trace["added"]] == ["零"]
    assert [row["id"] for row in trace["removed"]] == [first["id"]]
    assert trace["changed"] == {str(second["id"]): {"delta": [None, "5.00"]}}


def test_rows_change_places_and_exchange_unique_values(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)
    first, second = made.values["items"]

    swapped = update_one(session, contract, made, {"items": [second, first]})
    assert [row["id"] for row in read_one(session, contract, made).values["items"]] == [
        second["id"],
        first["id"],
    ]

    again = [{**second, "clause": "一"}, {**first, "clause": "二"}]
    assert update_one(session, contract, swapped, {"items": again}).values["items"] == again
    assert read_one(session, contract, made).values["items"] == again


def test_a_row_that_is_gone_is_a_conflict(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)

    with pytest.raises(Conflict):
        update_one(session, contract, made, {"items": [{"id": 999, "clause": "?", "delta": None}]})
    with pytest.raises(Conflict):
        update_one(session, contract, made, {"items": [made.values["items"][0]] * 2})


def test_a_repeated_row_is_a_problem_at_its_row(session: Session, contract: EntityTable) -> None:
    twice = [{"clause": "一"}, {"clause": None}, {"clause": "一"}]

    with pytest.raises(InvalidAnswers) as caught:
        insert_one(session, contract, {"items": twice})

    assert [one.path for one in caught.value.problems] == ["$.items[2].clause"]
    assert session.scalar(select(func.count()).select_from(contract.table)) == 0
