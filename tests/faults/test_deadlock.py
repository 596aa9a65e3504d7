"""Two cases whose rules want the same two rows, each the other's first."""

from __future__ import annotations

import pytest

from runtime.store import entity_tables
from runtime.store.fault_point import AFTER_LOCK
from tests.faults.consistency import inconsistencies
from tests.faults.office import Office
from tests.faults.orders import Order
from tests.faults.players import Pair, held
from tests.needs import needs_postgres

pytestmark = pytest.mark.parametrize("database", [pytest.param("postgresql", marks=needs_postgres)])


def test_both_finish(trial: Office, pair: Pair) -> None:
    _find_deadlocks_at_once(trial)
    orders = [_transfer(trial, "left", "gate_a", "right"), _transfer(trial, "right", "gate_b", "left")]

    # Each has its first row and waits at its gate; let through, each wants what the other has.
    with held(trial.engine, waiting=2, lock=_gates(trial)):
        for player, asked in zip(pair, orders, strict=True):
            player.say({**asked, "report": True})
    answers = [player.hear() for player in pair]

    assert [one.get("done") for one in answers] == ["approve", "approve"]
    tries = [one["reached"].count(AFTER_LOCK) for one in answers]
    assert sorted(tries) == [1, 2], "nobody was stopped and tried again"
    spent = {row["code"]: row["spent"] for row in trial.rows("trial/account")}
    assert (spent["left"], spent["right"]) == (0, 0)
    assert inconsistencies(trial.engine) == []


def _transfer(office: Office, first: str, gate: str, second: str) -> Order:
    """Return the order to approve a transfer: the moment its three rules run, in this order of rows."""
    posted = {"amount": "7", "first": first, "gate": gate, "second": second}
    return office.act("p110", office.done(office.submit("p000", "transfer", posted)))


def _gates(office: Office) -> str:
    """Return what locks the rows between the first and the second."""
    with office.opened() as session:
        there = entity_tables.today(session).get("trial/account")
    return f"SELECT id FROM {there.table.name} WHERE {there.columns['code'].name} LIKE 'gate%' FOR UPDATE"


def _find_deadlocks_at_once(office: Office) -> None:
    """Let the server look for deadlocks after 10 ms of waiting, not after a second."""
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            f"ALTER DATABASE \"{office.engine.url.database}\" SET deadlock_timeout = '10ms'"
        )
    office.engine.dispose()
