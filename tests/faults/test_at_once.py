"""Several people at the very same instant, in processes of their own or in threads of one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from random import Random

import pytest

from runtime.store.database import make_engine
from runtime.store.session import Sessions
from runtime.store.states import VisitState
from runtime.store.tables import event, visit
from tests.faults.consistency import inconsistencies
from tests.faults.office import Office
from tests.faults.orders import Answer, Order, answer
from tests.faults.players import Pair, at_once, held
from tests.faults.walk import Walk

#: How many sign one visit at the same instant.
SIGNERS = 20
#: How often two people try something at the same instant.
PAIRS = 60


@pytest.mark.parametrize("flow", ["either", "claimed"])
def test_of_two_approvers_one_wins_and_the_other_hears_of_whom(trial: Office, pair: Pair, flow: str) -> None:
    number = trial.done(trial.submit("p000", flow, {"subject": "同时"}))

    answers = at_once(trial.engine, pair, [trial.act(who, number) for who in ("p111", "p112")])

    winner, lost = _told_apart(answers)
    assert lost["refused"] == "Conflict"
    assert f"已由人员{winner}处理" in lost["message"]
    assert trial.count(event, case_id=number) == 2
    assert inconsistencies(trial.engine) == []


def test_of_two_who_claim_one_has_it_and_the_other_hears_of_whom(trial: Office, pair: Pair) -> None:
    number = trial.done(trial.submit("p000", "claimed", {"subject": "同时"}))

    answers = at_once(trial.engine, pair, [trial.act(who, number, "claim") for who in ("p111", "p112")])

    winner, lost = _told_apart(answers)
    assert lost == {"refused": "Conflict", "message": f"已由人员{winner}领取。"}
    assert inconsistencies(trial.engine) == []


@pytest.mark.parametrize("verb", ["approve", "return", "reject"])
def test_whoever_comes_after_a_decision_hears_whose_it_was(trial: Office, verb: str) -> None:
    number = trial.done(trial.submit("p000", "fork", {"amount": "100"}))
    late = trial.act("p114", number)
    trial.done(trial.act("p113", number, verb))

    answered = trial.answer(late)

    assert answered["refused"] == "Conflict"
    assert "已由人员p113处理" in answered["message"]


def test_of_withdrawing_and_approving_one_happens(trial: Office, pair: Pair) -> None:
    number = trial.done(trial.submit("p000", "fork", {"amount": "100"}))

    answers = at_once(trial.engine, pair, [trial.withdraw("p000", number), trial.act("p111", number)])

    assert sorted(one.get("refused", "done") for one in answers) == ["Conflict", "done"]
    assert inconsistencies(trial.engine) == []


def test_everybody_of_a_signing_at_the_same_instant_is_counted_once(trial: Office) -> None:
    number = trial.done(trial.submit("p000", "panel_20", {"subject": "会签"}))
    orders = [trial.act(f"p{signer:03}", number) for signer in range(1, SIGNERS + 1)]

    answers = _in_threads(trial, orders)

    assert [one.get("done") for one in answers] == ["approve"] * SIGNERS
    assert trial.count(visit, case_id=number, open=0, approved=SIGNERS, state=VisitState.CLOSED.value) == 1
    assert trial.count(event, case_id=number) == SIGNERS + 1
    assert inconsistencies(trial.engine) == []


def test_two_who_sign_last_in_two_processes_close_the_visit_once(trial: Office, pair: Pair) -> None:
    number = trial.done(trial.submit("p000", "panel_5", {"subject": "会签"}))
    for signer in ("p001", "p002", "p003"):
        trial.done(trial.act(signer, number))

    answers = at_once(trial.engine, pair, [trial.act(who, number) for who in ("p004", "p005")])

    assert [one.get("done") for one in answers] == ["approve", "approve"]
    assert trial.count(visit, case_id=number, approved=5, state=VisitState.CLOSED.value) == 1
    assert inconsistencies(trial.engine) == []


def test_whatever_two_do_at_once_holds_together(trial: Office, pair: Pair) -> None:
    walk = Walk(trial, Random(20261121))

    answers: list[Answer] = []
    for _ in range(PAIRS):
        answers += at_once(trial.engine, pair, [walk.next_order(), walk.next_order()])

    assert [one for one in answers if "failed" in one] == []
    assert sum("done" in one for one in answers) > PAIRS
    assert inconsistencies(trial.engine) == []


def _told_apart(answers: Sequence[Answer]) -> tuple[str, Answer]:
    """Return who of p111 and p112 got their way, and what the other one heard."""
    first, second = answers
    return ("p111", second) if "done" in first else ("p112", first)


def _in_threads(office: Office, orders: Sequence[Order]) -> list[Answer]:
    """Return the answers to orders that threads of this process, each on its own connection, ask at once."""
    sqlite = office.engine.dialect.name == "sqlite"
    engine = make_engine(office.url, **({} if sqlite else {"pool_size": len(orders)}))
    opened, answers = Sessions(engine), dict[int, Answer]()
    ready = threading.Barrier(len(orders) + 1)

    def ask(number: int) -> None:
        ready.wait()
        answers[number] = answer(opened, orders[number])

    threads = [threading.Thread(target=ask, args=[number]) for number in range(len(orders))]
    with held(office.engine, waiting=len(orders)):
        for thread in threads:
            thread.start()
        ready.wait()
    for thread in threads:
        thread.join()
    engine.dispose()
    return [answers[number] for number in range(len(orders))]
