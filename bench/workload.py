"""The two workloads, as short slices of work that can be interleaved between peers.

W1 is an expense approval: manager, above 5,000 the director, then finance and human resources in
parallel, then the cashier, and a ledger row. W2 is one instance that k people sign in parallel.
"""

import time
from dataclasses import dataclass
from typing import Any

from bench.peer import Peer

AMOUNTS = (3000, 8000)
#: User actions of one instance by amount, the submission included.
ACTIONS = {3000: 5, 8000: 6}


#: Numbers of the people that expenses are spread over.
PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Signing:
    """One instance of W2: seconds of its start and of each approval."""

    start: float
    approvals: list[float]


def expenses(peer: Peer, *, first: int, count: int) -> list[float]:
    """Run `count` expenses, numbered from `first`, to their end; return the seconds of each user action.

    :raises WrongPath: if an instance took another number of actions than its amount demands.
    """
    seconds: list[float] = []
    for no in range(first, first + count):
        amount = AMOUNTS[no % 2]
        taken, instance = _timed(peer.start, no, amount)
        actions = [taken]
        while tasks := peer.open_tasks(instance):
            task, node = tasks[0]
            taken, _ = _timed(peer.complete, instance, task, node, {f"comment_{node}": f"ok {node}"})
            actions.append(taken)
        if len(actions) != ACTIONS[amount]:
            raise WrongPath(f"amount {amount}: {len(actions)} actions, expected {ACTIONS[amount]}")
        seconds += actions
    return seconds


def signing(peer: Peer, *, k: int, most: int | None = None) -> Signing:
    """Have `k` people sign one instance, or the first `most` of them.

    :raises WrongPath: if there are not `k` tasks, or some are left after everybody signed.
    """
    start, instance = _timed(peer.start_multi, k)
    tasks = peer.open_tasks(instance)
    if len(tasks) != k:
        raise WrongPath(f"{len(tasks)} open tasks, expected {k}")
    approvals = [
        _timed(peer.complete, instance, task, node, {"vote": "yes"})[0] for task, node in tasks[:most]
    ]
    if len(approvals) == k and peer.open_tasks(instance):
        raise WrongPath("everybody signed, and tasks are still open")
    return Signing(start, approvals)


def assignee(no: int, node: str) -> int:
    """Return the number, from 1, of who handles a node of expense number `no`; the same in every peer."""
    return (no * 7 + sum(map(ord, node))) % PEOPLE + 1


class WrongPath(Exception):
    """A peer did not do the work that is being measured."""


def _timed(action: Any, *arguments: Any) -> tuple[float, Any]:
    before = time.perf_counter()
    result = action(*arguments)
    return time.perf_counter() - before, result
