"""Records are found by what they hold, and many cost little more than one."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.language.refusal import InvalidAnswers
from runtime.store import record_writes, records
from runtime.store.entity_tables import EntityTable
from runtime.store.record_inserts import NewRecord, insert_many
from runtime.store.revisions import history
from runtime.store.session import Session, Sessions
from runtime.store.states import RecordState
from runtime.store.transaction import transaction
from tests.store.contracts import LARA, SAM, insert_one, read_one
from tests.store.databases import watched


def test_records_are_found_by_what_they_hold(session: Session, contract: EntityTable) -> None:
    for number, count in (("a", 1), ("b", 2), ("c", 2)):
        insert_one(session, contract, {"no": number, "count": count, "items": [{"clause": number}]})
    insert_one(session, contract, {"no": "d", "count": 2}, state=RecordState.DRAFT)

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
    made = [insert_one(session, contract, {"no": str(at), "items": [{"clause": "x"}]}) for at in range(3)]
    ids = [record.id or 0 for record in made]

    found = records.read_many(session, contract, [ids[2], ids[0], 999], rows=True)

    assert list(found) == [ids[0], ids[2]]
    assert found[ids[2]] == made[2]


def test_what_a_writer_has_not_committed_nobody_sees(
    session: Session, new_session: Sessions, contract: EntityTable
) -> None:
    made = insert_one(session, contract)
    with transaction(session) as tx, new_session() as other:
        held = records.read(tx, contract, made.id or 0, lock=True)
        record_writes.update(tx, contract, held, {"count": 5}, cause=LARA)
        assert records.read(other, contract, made.id or 0).values["count"] == 0

    assert read_one(session, contract, made).values["count"] == 5


def test_many_records_cost_the_statements_of_one(session: Session, contract: EntityTable) -> None:
    many = [
        NewRecord({"no": str(at), "items": [{"clause": "a"}, {"clause": "b"}]}, owner=4) for at in range(60)
    ]

    with transaction(session) as tx, watched(tx) as sent:
        made = insert_many(tx, contract, many, cause=SAM)

    if tx.engine.dialect.name == "postgresql":  # SQLite, with no network between, takes them one by one
        assert len(sent) == 2
    assert [record.values["no"] for record in made] == [str(at) for at in range(60)]
    assert read_one(session, contract, made[59]) == made[59]
    assert len(history(session, entity=contract.number, record_id=made[7].id or 0)) == 1


def test_one_repeated_value_among_many_stops_all(session: Session, contract: EntityTable) -> None:
    with pytest.raises(InvalidAnswers) as caught, transaction(session) as tx:
        insert_many(tx, contract, [NewRecord({"no": "x"}, owner=4)] * 2, cause=SAM)
    [problem] = caught.value.problems
    assert (problem.code, problem.path) == ("not_unique", "$.no")
    assert problem.message == "与已有的或同时写入的另一条记录相同，不能重复。"
