"""Records come back as they were stored, are changed column by column, and remember it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from runtime.language.refusal import Conflict, InvalidAnswers, NotFound
from runtime.records.record import Record
from runtime.store import record_writes, records
from runtime.store.entity_tables import EntityTable
from runtime.store.record_inserts import NewRecord, Recompute, insert, insert_many
from runtime.store.revisions import Cause, history
from runtime.store.send import counter
from runtime.store.states import RecordState
from runtime.store.transaction import transaction
from tests.store.apps import app, field, put, rows, table, there
from tests.store.databases import watched

_NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_LATER = datetime(2026, 1, 3, tzinfo=UTC)
_SAM = Cause(actor=4, at=_NOW)
_LARA = Cause(actor=5, at=_LATER, case_id=9, seq=2, rule="write_back")

CONTRACT = table(
    "contract",
    field("no", unique=True),
    field("amount", "money"),
    field("signed", "date"),
    field("at", "datetime"),
    field("hour", "time"),
    field("paid", "boolean"),
    field("count", "integer"),
    field("files", "attachment"),
    field("customer", "lookup", options={"from": "customer", "key": "name"}),
    rows("items", field("clause", unique=True), field("delta", "money")),
    rows("terms", field("text")),
)
VALUES: dict[str, Any] = {
    "no": "HT-1",
    "amount": Decimal("100.50"),
    "signed": date(2026, 1, 2),
    "at": _NOW,
    "hour": time(8, 30),
    "paid": False,
    "count": 0,
    "files": ["f-1", "f-2"],
    "customer": "甲公司",
    "customer_ref": 7,
    "items": [{"clause": "一", "delta": Decimal("1.00")}, {"clause": "二", "delta": None}],
}


@pytest.fixture
def contract(session: Session) -> EntityTable:
    """Return the table of contracts."""
    put(session, app(CONTRACT))
    return there(session, "contract")


def _insert(
    session: Session,
    contract: EntityTable,
    values: Mapping[str, Any] = VALUES,
    *,
    recompute: Recompute | None = None,
    **options: Any,
) -> Record:
    new = NewRecord(values, owner=4, **options)
    with transaction(session) as tx:
        return insert(tx, contract, new, cause=_SAM, recompute=recompute)


def _update(
    session: Session, contract: EntityTable, record: Record, changes: Mapping[str, Any], **options: Any
) -> Record:
    with transaction(session) as tx:
        return record_writes.update(tx, contract, record, changes, cause=_LARA, **options)


def _read(session: Session, contract: EntityTable, record: Record) -> Record:
    assert record.id is not None
    return records.read(session, contract, record.id)


def test_a_record_is_read_as_it_was_inserted(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract, owner_dept="sales", company="hq", case_id=9)

    found = _read(session, contract, made)

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
    assert (found.rev, found.state, found.created_at) == (1, RecordState.LIVE, _NOW)


def test_reading_costs_one_statement_and_one_for_each_sub_table(
    session: Session, contract: EntityTable
) -> None:
    made = _insert(session, contract)
    assert made.id is not None

    before = counter(session).statements
    records.read(session, contract, made.id)
    assert counter(session).statements - before == 3

    with_rows = counter(session).statements
    assert "items" not in records.read(session, contract, made.id, rows=False).values
    assert counter(session).statements - with_rows == 1


def test_empty_text_and_lists_are_stored_as_nothing(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract, {"no": "", "files": [], "amount": None})

    assert [_read(session, contract, made).values[name] for name in ("no", "files", "amount")] == [None] * 3


def test_only_what_changed_is_written_and_remembered(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)
    with watched(session) as sent:
        changed = _update(session, contract, made, {"no": "HT-1", "amount": Decimal("7")})

    assert sent == []  # nothing but the hot seam
    assert changed.rev == 2
    assert changed.updated_at == _LATER
    assert _read(session, contract, made) == changed
    latest, first = history(session, entity=contract.number, record_id=made.id or 0)
    assert latest.changes == {"amount": ["100.50", "7.00"]}
    assert latest.cause == _LARA
    assert (first.rev, first.changes, first.cause) == (1, {}, _SAM)


def test_a_change_that_changes_nothing_writes_nothing(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)

    same = _update(session, contract, made, {"amount": Decimal("100.5"), "items": list(made.values["items"])})

    assert same is made
    assert len(history(session, entity=contract.number, record_id=made.id or 0)) == 1


def test_formulas_are_recomputed_in_the_same_write(session: Session, contract: EntityTable) -> None:
    def recompute(values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {
            **values,
            "count": len(values["items"]),
            "amount": sum(row["delta"] or 0 for row in values["items"]),
        }

    made = _insert(session, contract, recompute=recompute)
    assert (made.values["count"], made.values["amount"]) == (2, Decimal("1.00"))

    more = [*made.values["items"], {"clause": "三", "delta": Decimal("2.005")}]
    changed = _update(session, contract, made, {"items": more}, recompute=recompute)

    assert (changed.values["count"], changed.values["amount"]) == (3, Decimal("3.01"))
    assert _read(session, contract, made) == changed


def test_rows_keep_their_ids_over_an_edit(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)
    first, second = made.values["items"]

    changed = _update(
        session,
        contract,
        made,
        {"items": [{"id": None, "clause": "零", "delta": None}, {**second, "delta": Decimal(5)}]},
    )

    new, kept = changed.values["items"]
    assert kept["id"] == second["id"]
    assert new["id"] not in (None, first["id"], second["id"])
    assert _read(session, contract, made) == changed
    trace = history(session, entity=contract.number, record_id=made.id or 0)[0].changes["items"]
    assert [row["clause"] for row in trace["added"]] == ["零"]
    assert [row["id"] for row in trace["removed"]] == [first["id"]]
    assert trace["changed"] == {str(second["id"]): {"delta": [None, "5.00"]}}


def test_rows_change_places_and_exchange_unique_values(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)
    first, second = made.values["items"]

    swapped = _update(session, contract, made, {"items": [second, first]})
    assert [row["id"] for row in _read(session, contract, made).values["items"]] == [
        second["id"],
        first["id"],
    ]

    again = [{**second, "clause": "一"}, {**first, "clause": "二"}]
    assert _update(session, contract, swapped, {"items": again}).values["items"] == again
    assert _read(session, contract, made).values["items"] == again


def test_a_row_that_is_gone_is_a_conflict(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)

    with pytest.raises(Conflict):
        _update(session, contract, made, {"items": [{"id": 999, "clause": "?", "delta": None}]})
    with pytest.raises(Conflict):
        _update(session, contract, made, {"items": [made.values["items"][0]] * 2})


def test_whoever_is_slower_is_told(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)
    _update(session, contract, made, {"count": 1})

    with pytest.raises(Conflict):
        _update(session, contract, made, {"count": 2})
    assert _read(session, contract, made).values["count"] == 1


def test_a_repeated_value_is_a_problem_at_its_field(session: Session, contract: EntityTable) -> None:
    _insert(session, contract)

    with pytest.raises(InvalidAnswers) as caught:
        _insert(session, contract)
    assert [(one.code, one.path) for one in caught.value.problems] == [("not_unique", "$.no")]
    assert "HT-1" in caught.value.problems[0].message

    other = _insert(session, contract, {**VALUES, "no": "HT-2"})
    with pytest.raises(InvalidAnswers):
        _update(session, contract, other, {"no": "HT-1"})


def test_a_repeated_row_is_a_problem_at_its_row(session: Session, contract: EntityTable) -> None:
    twice = [{"clause": "一"}, {"clause": None}, {"clause": "一"}]

    with pytest.raises(InvalidAnswers) as caught:
        _insert(session, contract, {"items": twice})

    assert [one.path for one in caught.value.problems] == ["$.items[2].clause"]
    assert session.scalar(select(func.count()).select_from(contract.table)) == 0


def test_system_columns_change_with_a_trace(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract, state=RecordState.DRAFT)

    changed = _update(session, contract, made, {}, system={"state": RecordState.LIVE.value, "owner": 5})

    assert (changed.state, changed.owner) == (RecordState.LIVE, 5)
    assert _read(session, contract, made) == changed
    latest = history(session, entity=contract.number, record_id=made.id or 0)[0]
    assert latest.changes == {"record.state": [0, 1], "record.owner": [4, 5]}


def test_silent_fields_leave_no_trace(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)

    _update(
        session, contract, made, {"amount": Decimal(1), "count": 3, "items": []}, silent={"amount", "items"}
    )

    assert history(session, entity=contract.number, record_id=made.id or 0)[0].changes == {"count": [0, 3]}


def test_a_deleted_record_is_out_of_sight_and_can_come_back(session: Session, contract: EntityTable) -> None:
    made = _insert(session, contract)
    with transaction(session) as tx:
        record_writes.delete(tx, contract, made, cause=_LARA)

    with pytest.raises(NotFound):
        _read(session, contract, made)
    assert records.find(session, contract) == []
    other = _insert(session, contract, {"no": "HT-1"})
    with pytest.raises(InvalidAnswers):
        _restore(session, contract, made)

    _update(session, contract, other, {"no": "HT-9"})
    back = _restore(session, contract, made)
    assert back.rev == 3
    assert _read(session, contract, made) == back


def _restore(session: Session, contract: EntityTable, record: Record) -> Record:
    with transaction(session) as tx:
        return record_writes.restore(tx, contract, record, cause=_LARA)


def test_records_are_found_by_what_they_hold(session: Session, contract: EntityTable) -> None:
    for number, count in (("a", 1), ("b", 2), ("c", 2)):
        _insert(session, contract, {"no": number, "count": count, "items": [{"clause": number}]})
    _insert(session, contract, {"no": "d", "count": 2}, state=RecordState.DRAFT)

    def found(**asked: Any) -> list[str]:
        return [record.values["no"] for record in records.find(session, contract, **asked)]

    assert found(match={"count": 2}) == ["b", "c"]
    assert found(match={"count": 2}, limit=1) == ["b"]
    assert found(match={"count": 2, "no": "c"}) == ["c"]
    assert found(match={"no": None}) == []
    assert found(where=contract.columns["count"] < 2) == ["a"]
    assert found(match={"record.owner": 4}, states=[RecordState.DRAFT]) == ["d"]
    with_rows = records.find(session, contract, match={"no": "b"}, rows=True, lock=True)[0]
    assert [row["clause"] for row in with_rows.values["items"]] == ["b"]


def test_many_records_are_read_by_their_ids(session: Session, contract: EntityTable) -> None:
    made = [_insert(session, contract, {"no": str(at), "items": [{"clause": "x"}]}) for at in range(3)]
    ids = [record.id or 0 for record in made]

    found = records.read_many(session, contract, [ids[2], ids[0], 999], rows=True)

    assert list(found) == [ids[0], ids[2]]
    assert found[ids[2]] == made[2]


def test_what_a_writer_has_not_committed_nobody_sees(
    session: Session, new_session: sessionmaker[Session], contract: EntityTable
) -> None:
    made = _insert(session, contract)
    with transaction(session) as tx, new_session() as other:
        held = records.read(tx, contract, made.id or 0, lock=True)
        record_writes.update(tx, contract, held, {"count": 5}, cause=_LARA)
        assert records.read(other, contract, made.id or 0).values["count"] == 0

    assert _read(session, contract, made).values["count"] == 5


def test_many_records_cost_the_statements_of_one(session: Session, contract: EntityTable) -> None:
    many = [
        NewRecord({"no": str(at), "items": [{"clause": "a"}, {"clause": "b"}]}, owner=4) for at in range(60)
    ]

    with transaction(session) as tx, watched(tx) as sent:
        made = insert_many(tx, contract, many, cause=_SAM)

    if tx.get_bind().dialect.name == "postgresql":  # SQLite, with no network between, takes them one by one
        assert len(sent) == 2
    assert [record.values["no"] for record in made] == [str(at) for at in range(60)]
    assert _read(session, contract, made[59]) == made[59]
    assert len(history(session, entity=contract.number, record_id=made[7].id or 0)) == 1


def test_one_repeated_value_among_many_stops_all(session: Session, contract: EntityTable) -> None:
    with pytest.raises(InvalidAnswers), transaction(session) as tx:
        insert_many(tx, contract, [NewRecord({"no": "x"}, owner=4)] * 2, cause=_SAM)
