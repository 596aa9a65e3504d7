"""The benchmark measures what it says: ratios within a cycle, and only of peers that do the work."""

from __future__ import annotations

from typing import Any

import pytest

from bench.measure import Actions, measure_w1, measure_w2, percentile, ratio
from bench.workload import WrongPath, expenses, signing


class _Flow:
    """A peer in memory: the expense's tasks one after another, or `k` signatures."""

    def __init__(self, *, skips: str = "") -> None:
        self.skips = skips
        self.open_now: dict[int, list[tuple[int, str]]] = {}
        self.signed = 0

    def setup(self) -> None: ...

    def open(self) -> None: ...

    def start(self, no: int, amount: int) -> int:
        nodes = ["manager", *(["director"] if amount > 5000 else []), "finance", "hr", "cashier"]
        return self._open([node for node in nodes if node != self.skips], no)

    def start_multi(self, k: int) -> int:
        return self._open(["approve"] * k, -k)

    def open_tasks(self, inst: Any) -> list[tuple[Any, str]]:
        return list(self.open_now[inst])

    def complete(self, inst: Any, task_id: Any, name: str, data: dict[str, str]) -> None:
        assert data
        self.open_now[inst].remove((task_id, name))
        self.signed += name == "approve"

    def _open(self, nodes: list[str], no: int) -> int:
        self.open_now[no] = list(enumerate(nodes))
        return no


def test_an_expense_takes_five_actions_and_a_large_one_six() -> None:
    assert len(expenses(_Flow(), first=0, count=1)) == 5
    assert len(expenses(_Flow(), first=1, count=1)) == 6


def test_a_peer_that_skips_a_step_is_not_measured() -> None:
    with pytest.raises(WrongPath):
        expenses(_Flow(skips="hr"), first=0, count=1)


def test_a_signing_counts_every_signature_or_the_first_few() -> None:
    assert len(signing(_Flow(), k=12).approvals) == 12
    assert len(signing(_Flow(), k=12, most=5).approvals) == 5


def test_every_peer_has_its_turn_in_every_cycle() -> None:
    peers = {"floor": _Flow(), "ours": _Flow()}

    w1 = measure_w1(peers, cycles=3, instances=2)
    w2 = measure_w2(peers, cycles=3, small=2, slow=frozenset({"ours"}))

    assert {name: [len(cycle) for cycle in one.cycles] for name, one in w1.items()} == {
        "floor": [11, 11, 11],
        "ours": [11, 11, 11],
    }
    assert {name: len(one.large) for name, one in w2.items()} == {"floor": 3, "ours": 3}
    assert peers["floor"].signed > peers["ours"].signed


def test_a_ratio_compares_within_a_cycle_only() -> None:
    # The machine was ten times slower in the second cycle: the ratio does not see it.
    assert ratio([2.0, 20.0, 2.2], [1.0, 10.0, 1.0]) == pytest.approx(2.0)


def test_the_tail_is_what_every_block_of_cycles_shows() -> None:
    calm = [[1.0] * 10] * 9 + [[1.0] * 8 + [3.0] * 2]
    disturbed = [[50.0] * 2 + [1.0] * 8] * 10

    assert Actions(cycles=[*calm, *disturbed, *calm]).tail() == 3.0
    assert Actions(cycles=calm).percentile(50) == 1.0
    assert percentile([3.0, 1.0, 2.0], 0) == 1.0
