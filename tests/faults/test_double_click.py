"""One request that comes twice at the same instant: one action, and the same answer to both."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from runtime.store.fault_point import BEFORE_COMMIT
from runtime.store.tables import event, flow_case
from tests.faults.consistency import inconsistencies
from tests.faults.office import Office
from tests.faults.players import Pair, at_once
from tests.needs import needs_postgres


def test_on_a_task_it_is_one_action(trial: Office, pair: Pair) -> None:
    number = trial.done(trial.submit("p000", "either", {"subject": "双击"}))
    click = trial.act("p111", number)

    first, second = at_once(trial.engine, pair, [click, click])

    assert first == second
    assert first["done"] == "approve"
    assert trial.count(event, case_id=number) == 2
    assert inconsistencies(trial.engine) == []


@pytest.mark.parametrize(
    ("use", "flow", "posted"),
    [
        pytest.param("submit", "either", {"subject": "双击"}, id="without a number"),
        pytest.param("submit", "plain", {"amount": "5"}, id="with a number"),
        # The second finds the quota used up by the first, and must not say so.
        pytest.param("submit", "fork", {"amount": "60000"}, id="with a quota"),
        pytest.param("draft", "plain", {"amount": "5"}, id="of a draft"),
    ],
)
def test_on_a_new_form_it_is_one_case(
    trial: Office, pair: Pair, use: str, flow: str, posted: Mapping[str, str]
) -> None:
    click = (trial.submit if use == "submit" else trial.draft)("p000", flow, posted)

    first, second = at_once(trial.engine, pair, [click, click])

    assert first == second
    assert first["done"] == use
    assert trial.count(flow_case) == trial.count(event) == 1
    assert inconsistencies(trial.engine) == []


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=needs_postgres)])
def test_it_is_one_case_even_if_both_have_done_everything_but_the_commit(trial: Office, pair: Pair) -> None:
    click = trial.draft("p000", "either", {"subject": "双击"})
    for player in pair:
        assert player.ask({**click, "fault": {"point": BEFORE_COMMIT, "do": "wait"}}) == {"at": BEFORE_COMMIT}

    for player in pair:
        player.say({"go": "on"})

    first, second = (player.hear() for player in pair)
    assert first == second
    assert first["done"] == "draft"
    assert trial.count(flow_case) == trial.count(event) == 1


def test_a_refusal_stays_a_refusal_however_often_it_is_asked(trial: Office, pair: Pair) -> None:
    click = trial.submit("p000", "fork", {"amount": "100001"})

    first, second = at_once(trial.engine, pair, [click, click])

    assert first == second == trial.answer(click)
    assert "超过 100000" in first["message"]
    assert trial.count(flow_case) == 0
