"""The judge of all the others: a sound database has no faults, and no fault stays unseen."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from runtime.store.session import Session
from tests.faults.consistency import faults, inconsistencies
from tests.faults.office import Office
from tests.faults.orders import NOW, deliver

#: What is spoilt, and a word of the sentence that tells of it.
SPOILT = {
    "DELETE FROM event WHERE seq = 2": "events [1, 3",
    "UPDATE visit SET approved = approved + 1 WHERE no = 1": "visit 1: the history says",
    "UPDATE task SET state = 0 WHERE visit_no = 1": "open in the closed visit 1",
    "UPDATE scope SET arrived = 1": "scope 1: the history says",
    "UPDATE flow_case SET acts = 99": "the case: the history says",
    "INSERT INTO event (case_id, seq, at, actor, kind, moves) SELECT 99, 1, at, 0, kind, moves FROM event"
    " WHERE seq = 1": "does not exist",
    "UPDATE effect SET inverted = NOT inverted WHERE col = 'reserved'": "is marked as taken back",
    "UPDATE effect SET delta = '1' WHERE col = 'spent'": "became",
    "DELETE FROM effect WHERE col = 'moves'": "the ledger has",
    "UPDATE e_account SET reserved = 1": "the ledger says",
    "UPDATE e_account SET rev = rev + 1": "its history has",
    "UPDATE e_request SET s_state = 0": "its record in state 0",
    "DELETE FROM notice WHERE id = 1": "is missing 1 times",
    "INSERT INTO notice (person, case_id, kind, title, body, created_at)"
    " SELECT person, case_id, kind, title, body, created_at FROM notice WHERE id = 1": "1 times too often",
}


@pytest.fixture
def worked(trial: Office) -> Office:
    """Return an office in which one case went through everything."""
    number = trial.done(trial.submit("p000", "fork", {"amount": "100"}))
    trial.done(trial.act("p111", number))
    trial.done(trial.act("p113", number, "claim"))
    trial.done(trial.act("p113", number))
    for signer in range(1, 6):
        trial.done(trial.act(f"p{signer:03}", number))
    trial.done(trial.act("p110", number))
    trial.done(trial.act("p000", number, "complete", posted={"result": "好"}))
    deliver(trial.opened, at=NOW)
    return trial


def test_a_sound_database_has_no_faults(worked: Office) -> None:
    assert inconsistencies(worked.engine) == []


def test_no_fault_stays_unseen(worked: Office) -> None:
    with worked.opened() as session:
        tables = {
            row.code: row.table_name for row in session.execute(text("SELECT code, table_name FROM entity"))
        }
        session.rollback()
        unseen = [spoil for spoil in SPOILT if not _seen(session, spoil, tables)]

    assert unseen == []


def _seen(session: Session, spoil: str, tables: dict[str, str]) -> bool:
    """Spoil, look, and undo it."""
    session.begin(writing=True)
    named = spoil.replace("e_account", tables["account"]).replace("e_request", tables["request"])
    session.execute(text(named))
    found = faults(session)
    session.rollback()
    return any(SPOILT[spoil] in fault for fault in found)
