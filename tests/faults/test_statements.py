"""What an approval costs in statements and round trips, whoever else is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from sqlalchemy import Connection, event

from runtime.store.send import counter
from runtime.store.session import Session
from tests.faults.office import Office
from tests.faults.orders import Order, answer
from tests.needs import needs_postgres

pytestmark = pytest.mark.parametrize("database", [pytest.param("postgresql", marks=needs_postgres)])

#: Besides BEGIN and COMMIT.
MOST_STATEMENTS = 10
MOST_ROUND_TRIPS = 3


class Cost(NamedTuple):
    """What one action sent."""

    statements: int
    round_trips: int


def test_an_approval_is_few_statements_in_few_round_trips(trial: Office, tell: Callable[[str], None]) -> None:
    costs = []
    for _ in range(2):  # the first fills what a process keeps
        number = trial.done(trial.submit("p000", "plain", {"amount": "5"}))
        costs = [_cost(trial, trial.act(who, number)) for who in ("p110", "p111")]

    tell(f"an approval that goes on costs {costs[0]}, one that ends the case {costs[1]}")
    assert max(one.statements for one in costs) <= MOST_STATEMENTS
    assert max(one.round_trips for one in costs) <= MOST_ROUND_TRIPS


def test_an_approval_costs_the_same_however_many_sign(trial: Office) -> None:
    costs = {}
    for people in (5, 5, 100):  # the first fills what a process keeps
        number = trial.done(trial.submit("p000", f"panel_{people}", {"subject": "会签"}))
        costs[people] = [_cost(trial, trial.act(f"p{who:03}", number)) for who in (1, 2, 3)]

    assert costs[5] == costs[100]
    assert max(one.statements for one in costs[100]) <= MOST_STATEMENTS


def test_a_signing_of_a_hundred_starts_in_as_many_statements_as_one_of_five(trial: Office) -> None:
    costs = {
        people: _cost(trial, trial.submit("p000", f"panel_{people}", {"subject": "会签"}))
        for people in (5, 5, 100)
    }

    assert costs[5] == costs[100]


def _cost(office: Office, asked: Order) -> Cost:
    """Carry the order out and return what it sent, through the seam and past it."""
    sessions: list[Session] = []
    past: list[str] = []

    def opened() -> Session:
        sessions.append(office.opened())
        return sessions[-1]

    def note(_: Connection, __: object, statement: str, *___: object) -> None:
        past.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        answered = answer(opened, asked)
    finally:
        event.remove(office.engine, "before_cursor_execute", note)
    assert "done" in answered, answered
    sent = counter(sessions[0])
    return Cost(sent.statements + len(past), sent.round_trips + len(past))
