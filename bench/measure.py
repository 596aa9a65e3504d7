"""Interleaved measurement: short slices of every peer in turn, ratios only within one cycle.

A machine that other work shares changes its speed from minute to minute; peers that take turns within
seconds meet the same speed, so the ratio of two slices of one cycle means something and two absolute
times do not. Nobody is always first.
"""

import gc
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bench.peer import Peer
from bench.workload import expenses, signing

#: Approvals of one large signing that a peer is given; SpiffWorkflow takes 30 s and more for all 500.
SLOW_SIGNATURES = 30
SMALL, LARGE = 10, 500
TAIL_CYCLES = 10


@dataclass(slots=True)
class Actions:
    """W1 of one peer: seconds of each action, one list a cycle."""

    cycles: list[list[float]] = field(default_factory=list)

    def means(self) -> list[float]:
        """Return the mean action of each cycle."""
        return [statistics.fmean(cycle) for cycle in self.cycles]

    def percentile(self, percent: float) -> float:
        """Return a percentile over all actions of all cycles."""
        return percentile([action for cycle in self.cycles for action in cycle], percent)

    def tail(self) -> float:
        """Return p99 ÷ p50: the median over blocks of `TAIL_CYCLES` cycles.

        What the product does to itself (garbage, compiling) is in every block; what another program did
        to the machine in one minute is not.
        """
        blocks = [self.cycles[at : at + TAIL_CYCLES] for at in range(0, len(self.cycles), TAIL_CYCLES)]
        actions = [[action for cycle in block for action in cycle] for block in blocks]
        return statistics.median(percentile(one, 99) / percentile(one, 50) for one in actions)


@dataclass(slots=True)
class Signings:
    """W2 of one peer: of each cycle the median approval and the median start, small and large."""

    small: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)
    start_small: list[float] = field(default_factory=list)
    start_large: list[float] = field(default_factory=list)


def measure_w1(peers: Mapping[str, Peer], *, cycles: int, instances: int) -> dict[str, Actions]:
    """Return the actions of every peer; each runs `instances` expenses in each of `cycles` cycles.

    Two uncounted instances open every slice, so that no peer pays for the caches the one before it took.
    """
    found = {name: Actions() for name in peers}
    with _warm(peers):
        for cycle in range(cycles):
            first = 1000 * (cycle + 1)
            for name in _in_turn(peers, cycle):
                expenses(peers[name], first=first, count=2)
                found[name].cycles.append(expenses(peers[name], first=first + 2, count=instances))
    return found


def measure_w2(
    peers: Mapping[str, Peer], *, cycles: int, small: int, slow: frozenset[str]
) -> dict[str, Signings]:
    """Return the signings of every peer; in each cycle `small` small instances around a large one.

    A peer in `slow` signs a large instance only `SLOW_SIGNATURES` times.
    """
    found = {name: Signings() for name in peers}
    with _warm(peers):
        for cycle in range(cycles):
            for name in _in_turn(peers, cycle):
                peer, lines = peers[name], found[name]
                before = [signing(peer, k=SMALL) for _ in range(small // 2)]
                large = signing(peer, k=LARGE, most=SLOW_SIGNATURES if name in slow else None)
                after = [signing(peer, k=SMALL) for _ in range(small - small // 2)]
                few = before + after
                lines.small.append(statistics.median(one for run in few for one in run.approvals))
                lines.start_small.append(statistics.median(run.start for run in few))
                lines.large.append(statistics.median(large.approvals))
                lines.start_large.append(large.start)
    return found


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median over the cycles of ours ÷ theirs."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def percentile(values: list[float], percent: float) -> float:
    """Return the value below which `percent` percent of the values lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(percent / 100 * (len(ranked) - 1)))]


class _warm:
    """Run every peer once, then keep the garbage collector away from what that loaded."""

    def __init__(self, peers: Mapping[str, Peer]) -> None:
        self._peers = peers

    def __enter__(self) -> None:
        for peer in self._peers.values():
            expenses(peer, first=1, count=10)
            signing(peer, k=SMALL)
        gc.collect()
        gc.freeze()

    def __exit__(self, *_: object) -> None:
        gc.unfreeze()


def _in_turn(peers: Mapping[str, Peer], cycle: int) -> Iterator[str]:
    gc.collect()
    names = list(peers)
    yield from names[cycle % len(names) :]
    yield from names[: cycle % len(names)]
