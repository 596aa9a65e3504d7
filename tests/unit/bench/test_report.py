"""The report: exactly the agreed keys, as plain numbers."""

from __future__ import annotations

from datetime import date

from bench.measure import Actions, Signings
from bench.report import FLOOR, OURS, SPIFF, Results, flat, table

KEYS = {
    "W1.action_over_floor": 2.0,
    "W1.spiff_over_floor": 5.0,
    "W1.statements": 9.5,
    "W1.p99_over_p50": 1.0,
    "W2.k500_over_k10": 1.1,
    "W2.k500_over_floor": 2.2,
    "W2.start_k500_over_floor": 1.5,
    "expr.simple_over_python": 3.0,
    "expr.sum20_over_python": 2.5,
}
MACHINE = {"machine.cpu", "machine.cores", "machine.python", "machine.postgresql", "date"}


def results() -> Results:
    return Results(
        w1={
            name: Actions([[seconds] * 5] * 2) for name, seconds in ((FLOOR, 1.0), (SPIFF, 5.0), (OURS, 2.0))
        },
        w2={
            FLOOR: Signings([1.0], [1.0], [1.0], [10.0]),
            SPIFF: Signings([5.0], [50.0], [5.0], [50.0]),
            OURS: Signings([2.0], [2.2], [2.0], [15.0]),
        },
        statements=9.5,
        round_trips=3.0,
        simple=3.0,
        sum20=2.5,
        postgresql="15.20",
    )


def test_the_object_is_flat_and_has_exactly_the_agreed_keys() -> None:
    found = flat(results(), today=date(2026, 3, 2))

    assert {name: value for name, value in found.items() if name in KEYS} == KEYS
    assert set(found) == KEYS.keys() | MACHINE
    assert found["machine.postgresql"] == "15.20"
    assert found["date"] == "2026-03-02"


def test_the_table_names_every_peer_and_what_an_action_costs() -> None:
    text = table(results())

    assert "| Biaoliu, through its use cases | 2.00 | 2.00 to 2.00 | 2000.000 |" in text
    assert "9.5 statements and 3.0 round trips" in text
    assert text.count("| SpiffWorkflow") == 2
