"""Records come back as they were stored, are changed column by column, and remember it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from runtime.language.refusal import Conflict, InvalidAnswers, NotFound
from runtime.records.record import Record
from runtime.store import record_writes, records
from runtime.store.entity_tables import EntityTable
from runtime.store.revisions import history
from runtime.store.send import counter
from runtime.store.session import Session
from runtime.store.states import RecordState
from runtime.store.transaction import transaction
from tests.store.contracts import LARA, LATER, NOW, SAM, VALUES, insert_one, read_one, update_one
from tests.store.databases import watched


def test_a_record_is_read_as_it_was_inserted(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract, owner_dept="sales", company="hq", case_id=9)

    found = read_one(session, contract, made)

    assert found == made
    assert {name: found.values[name] for name in VALUES if name != "items"} == {
        name: value for name, value in VALUES.items() if name != "items"
    }
    assert [row["clause"] for row in found.values["items"]] == ["一", "二"]
    assert found.values["terms"] == []
    assert (found.owner, found.owner_dept, found.company, found.created_by, found.case_id) == (
        4,
        "sales",
        "hq",
        4,
        9,
    )
    assert (found.rev, found.state, found.created_at) == (1, RecordState.LIVE, NOW)


def test_reading_costs_one_statement_and_one_for_each_sub_table(
    session: Session, contract: EntityTable
) -> None:
    made = insert_one(session, contract)
    assert made.id is not None

    before = counter(session).statements
    records.read(session, contract, made.id)
    assert counter(session).statements - before == 3

    with_rows = counter(session).statements
    assert "items" not in records.read(session, contract, made.id, rows=False).values
    assert counter(session).statements - with_rows == 1


def test_empty_text_and_lists_are_stored_as_nothing(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract, {"no": "", "files": [], "amount": None})

    assert [read_one(session, contract, made).values[name] for name in ("no", "files", "amount")] == [
        None
    ] * 3


def test_only_what_changed_is_written_and_remembered(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)
    with watched(session) as sent:
        changed = update_one(session, contract, made, {"no": "HT-1", "amount": Decimal("7")})

    assert sent == []  # nothing but the hot seam
    assert changed.rev == 2
    assert changed.updated_at == LATER
    assert read_one(session, contract, made) == changed
    latest, first = history(session, entity=contract.number, record_id=made.id or 0)
    assert latest.changes == {"amount": ["100.50", "7.00"]}
    assert latest.cause == LARA
    assert (first.rev, first.changes, first.cause) == (1, {}, SAM)


def test_a_change_that_changes_nothing_writes_nothing(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)

    same = update_one(
        session, contract, made, {"amount": Decimal("100.5"), "items": list(made.values["items"])}
    )

    assert same is made
    assert len(history(session, entity=contract.number, record_id=made.id or 0)) == 1


def test_whoever_is_slower_is_told(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)
    update_one(session, contract, made, {"count": 1})

    with pytest.raises(Conflict):
        update_one(session, contract, made, {"count": 2})
    assert read_one(session, contract, made).values["count"] == 1


def test_a_repeated_value_is_a_problem_at_its_field(session: Session, contract: EntityTable) -> None:
    insert_one(session, contract)

    with pytest.raises(InvalidAnswers) as caught:
        insert_one(session, contract)
    assert [(one.code, one.path) for one in caught.value.problems] == [("not_unique", "$.no")]
    assert "HT-1" in caught.value.problems[0].message

    other = insert_one(session, contract, {**VALUES, "no": "HT-2"})
    with pytest.raises(InvalidAnswers):
        update_one(session, contract, other, {"no": "HT-1"})


def test_system_columns_change_with_a_trace(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract, state=RecordState.DRAFT)

    changed = update_one(session, contract, made, {}, system={"state": RecordState.LIVE.value, "owner": 5})

    assert (changed.state, changed.owner) == (RecordState.LIVE, 5)
    assert read_one(session, contract, made) == changed
    latest = history(session, entity=contract.number, record_id=made.id or 0)[0]
    assert latest.changes == {"record.state": [0, 1], "record.owner": [4, 5]}


def test_silent_fields_leave_no_trace(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)

    update_one(
        session, contract, made, {"amount": Decimal(1), "count": 3, "items": []}, silent={"amount", "items"}
    )

    assert history(session, entity=contract.number, record_id=made.id or 0)[0].changes == {"count": [0, 3]}


def test_a_deleted_record_is_out_of_sight_and_can_come_back(session: Session, contract: EntityTable) -> None:
    made = insert_one(session, contract)
    with transaction(session) as tx:
        record_writes.delete(tx, contract, made, cause=LARA)

    with pytest.raises(NotFound):
        read_one(session, contract, made)
    assert records.find(session, contract) == []
    other = insert_one(session, contract, {"no": "HT-1"})
    with pytest.raises(InvalidAnswers):
        _restore(session, contract, made)

    update_one(session, contract, other, {"no": "HT-9"})
    back = _restore(session, contract, made)
    assert back.rev == 3
    assert read_one(session, contract, made) == back


def _restore(session: Session, contract: EntityTable, record: Record) -> Record:
    with transaction(session) as tx:
        return record_writes.restore(tx, contract, record, cause=LARA)
