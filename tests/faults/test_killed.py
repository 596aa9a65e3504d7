"""Processes killed with SIGKILL where it hurts most: nothing is lost, nothing happens twice, nothing half."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from runtime.store.fault_point import AFTER_LOCK, BEFORE_ANSWER, BEFORE_COMMIT, IN_DRAIN
from runtime.store.outbox import LEASE_SECONDS
from runtime.store.states import CaseState, OutboxState
from runtime.store.tables import event, flow_case, outbox
from tests.faults.consistency import inconsistencies
from tests.faults.contract_story import contract_story
from tests.faults.office import Office
from tests.faults.orders import NOW, Answer, Order
from tests.faults.players import Pair, Player
from tests.faults.walk import Walk

POINTS = (AFTER_LOCK, BEFORE_COMMIT, BEFORE_ANSWER)
#: Actions before everything is brought to its end.
ACTIONS = 200


@dataclass
class Client:
    """Somebody whose process dies again and again, and who asks the same once more each time."""

    office: Office
    player: Player
    kills: Counter[str] = field(default_factory=Counter)
    actions: int = 0
    retried: int = 0

    def insist(self, asked: Order, points: Sequence[str]) -> Answer:
        """Return the answer to an order whose process is killed at these points, one try after the other.

        A refused order does not get as far as its commit: then the refusal is its answer.
        """
        self.actions += 1
        # What is no case yet has no row to lock.
        is_new = asked["use"] in ("submit", "draft") and asked["given"]["case_id"] is None
        for tries, point in enumerate(one for one in points if not (is_new and one == AFTER_LOCK)):
            known = self._is_done(asked)
            heard = self.player.ask({**asked, "fault": {"point": point, "do": "die"}})
            if heard != {"killed": True}:
                return self._heard(heard, tries)
            self.kills[point] += 1
            assert self._is_done(asked) == known or point == BEFORE_ANSWER, f"half done {point}"
            assert self._is_done(asked) or point != BEFORE_ANSWER, "what was committed is lost"
        return self._heard(self.player.ask(asked), len(points))

    def _heard(self, answer: Answer, tries: int) -> Answer:
        self.retried += tries > 0
        assert "failed" not in answer, answer
        return answer

    def _is_done(self, asked: Order) -> bool:
        return self.office.count(event, client_token=asked["token"]) == 1

    def told(self, what: str) -> str:
        """Return the hits in a line."""
        hits = ", ".join(f"{point} {self.kills[point]}" for point in (*POINTS, IN_DRAIN))
        where = self.office.engine.dialect.name
        return f"kill -9, {what} on {where}: {self.actions} actions, {self.retried} retried; killed {hits}"


def test_work_goes_on_after_every_death(trial: Office, pair: Pair, tell: Callable[[str], None]) -> None:
    chance = Random(20261120)
    walk, client = Walk(trial, chance), Client(trial, pair[0])

    for _ in range(ACTIONS):
        client.insist(walk.next_order(), _some_points(chance))
    while asked := walk.last_order():
        assert "done" in client.insist(asked, _some_points(chance))
    _deliver_among_deaths(client, pair)

    assert min(client.kills[point] for point in POINTS) > 20
    assert inconsistencies(trial.engine) == []
    account = trial.rows("trial/account")[0]
    assert (account["reserved"], account["spent"]) == (0, walk.spent())
    tell(client.told("trial office"))


def test_a_contract_and_its_change_survive_a_death_at_every_point_of_every_action(
    sales: Office, sellers: Pair, tell: Callable[[str], None]
) -> None:
    client = Client(sales, sellers[0])

    for step in contract_story(sales):
        assert "done" in client.insist(step, POINTS)

    assert sales.count(flow_case, state=CaseState.APPROVED.value) == sales.count(flow_case) == 2
    [contract] = sales.rows("sales_contract/sales_contract")
    assert (contract["amount"], contract["version"]) == (240000, 2)
    assert [row["plan_amount"] for row in sales.rows("sales_contract/contract_receipt_plan")] == [
        120000,
        120000,
    ]
    assert sales.rows("customer_archive/customer")[0]["receivable_amount"] == 240000
    assert inconsistencies(sales.engine) == []
    assert client.kills[BEFORE_COMMIT] == client.kills[BEFORE_ANSWER] == client.actions == 10
    tell(client.told("contract and change"))


def _some_points(chance: Random) -> list[str]:
    """Return where one order dies: half of them not at all, some twice."""
    return chance.choices(POINTS, k=chance.choice([0, 0, 1, 2]))


def _deliver_among_deaths(client: Client, pair: Pair) -> None:
    """Drain with a process that dies, then with two at once when the dead one's lease is over."""
    at = NOW
    for hit in (1, 3):
        fault = {"point": IN_DRAIN, "do": "die", "hit": hit}
        heard = client.player.ask({"deliver": at.isoformat(), "fault": fault})
        client.kills[IN_DRAIN] += heard == {"killed": True}
        at += timedelta(seconds=LEASE_SECONDS + 1)
    delivered = [1]
    while any(delivered):
        for player in pair:
            player.say({"deliver": at.isoformat()})
        delivered = [player.hear()["delivered"] for player in pair]
    assert client.kills[IN_DRAIN]
    assert client.office.count(outbox) == client.office.count(outbox, state=OutboxState.DONE.value) > 0
