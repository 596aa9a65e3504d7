"""Where the nodes of a flow stand when nobody has placed them: from left to right, as tokens go.

Layers by longest path, order inside a layer by the middle of the neighbours, long edges kept free of nodes
(Sugiyama, Tagawa, Toda 1981). With lanes a node stays in its lane. The same flow gives the same picture.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Point = tuple[int, int]

#: Units of the canvas between columns, and from one row to the next.
COLUMN_GAP = 104
ROW = 120
#: Of the first column's left edge, and of the first row's middle.
LEFT, TOP = 40, 100
#: A row inside a lane, and the empty edge of a lane.
LANE_ROW, LANE_EDGE = 90, 35
_SWEEPS = 6


@dataclass
class _Layers:
    """Nodes by layer, long edges cut into steps from layer to layer."""

    rows: list[list[str]] = field(default_factory=list)
    before: dict[str, list[str]] = field(default_factory=dict)
    after: dict[str, list[str]] = field(default_factory=dict)

    def neighbours(self, rank: int, *, forwards: bool) -> Iterable[tuple[str, list[str]]]:
        """Yield the nodes of a layer, each with those it is joined to in the layer before (or behind)."""
        known = self.before if forwards else self.after
        return [(one, known.get(one, [])) for one in self.rows[rank]]


def arranged(
    widths: Mapping[str, int],
    edges: Sequence[tuple[str, str]],
    *,
    lanes: Mapping[str, int] | None = None,
    heights: Sequence[int] = (),
) -> dict[str, Point]:
    """Return the middle of every node; `widths` names them in their order, the first is where tokens begin.

    `lanes` says the number of each node's lane, `heights` how high the lanes are (`lane_heights`).
    Edges of unknown nodes are left out.
    """
    known = [
        one for one in dict.fromkeys(edges) if one[0] in widths and one[1] in widths and one[0] != one[1]
    ]
    forwards = _without_circles(list(widths), known)
    ranks = _ranks(list(widths), forwards)
    layers = _layers(ranks, forwards, cut=lanes is None)
    _order(layers, lanes or {})
    columns = _columns(layers.rows, widths)
    rows = _rows(layers) if lanes is None else _rows_in_lanes(layers, lanes, heights)
    return {one: (columns[ranks[one]], rows[one]) for one in widths}


def lane_heights(
    widths: Mapping[str, int],
    edges: Sequence[tuple[str, str]],
    lanes: Mapping[str, int],
    least: Sequence[int],
) -> list[int]:
    """Return how high each lane must be for its nodes to stand below each other, at least `least`."""
    known = [
        one for one in dict.fromkeys(edges) if one[0] in widths and one[1] in widths and one[0] != one[1]
    ]
    ranks = _ranks(list(widths), _without_circles(list(widths), known))
    deep: dict[tuple[int, int], int] = {}
    for one in widths:
        place = (lanes.get(one, 0), ranks[one])
        deep[place] = deep.get(place, 0) + 1
    most = [
        max((n for (lane, _), n in deep.items() if lane == number), default=1) for number in range(len(least))
    ]
    return [max(height, rows * LANE_ROW + 2 * LANE_EDGE) for height, rows in zip(least, most, strict=True)]


def _without_circles(nodes: list[str], edges: list[tuple[str, str]]) -> list[tuple[str, str]]:
    leaving: dict[str, list[str]] = {}
    for origin, to in edges:
        leaving.setdefault(origin, []).append(to)
    state: dict[str, int] = {}
    back: set[tuple[str, str]] = set()
    for root in nodes:
        stack = [(root, iter(leaving.get(root, ())))] if root not in state else []
        state.setdefault(root, 1)
        while stack:
            node, rest = stack[-1]
            to = next(rest, "")
            if not to:
                state[node] = 2
                stack.pop()
            elif to not in state:
                state[to] = 1
                stack.append((to, iter(leaving.get(to, ()))))
            elif state[to] == 1:
                back.add((node, to))
    return [one for one in edges if one not in back]


def _ranks(nodes: list[str], edges: list[tuple[str, str]]) -> dict[str, int]:
    waiting = dict.fromkeys(nodes, 0)
    for _, to in edges:
        waiting[to] += 1
    leaving: dict[str, list[str]] = {}
    for origin, to in edges:
        leaving.setdefault(origin, []).append(to)
    ranks = dict.fromkeys(nodes, 0)
    ready = [one for one in nodes if not waiting[one]]
    while ready:
        node = ready.pop(0)
        for to in leaving.get(node, ()):
            ranks[to] = max(ranks[to], ranks[node] + 1)
            waiting[to] -= 1
            if not waiting[to]:
                ready.append(to)
    return ranks


def _layers(ranks: Mapping[str, int], edges: list[tuple[str, str]], *, cut: bool) -> _Layers:
    made = _Layers([[] for _ in range(max(ranks.values(), default=0) + 1)])
    for node, rank in ranks.items():
        made.rows[rank].append(node)
    for origin, to in edges:
        way = [origin]
        for rank in range(ranks[origin] + 1, ranks[to]) if cut else ():
            way.append(f"{origin} {to} {rank}")
            made.rows[rank].append(way[-1])
        for one, other in zip(way, [*way[1:], to], strict=True):
            made.after.setdefault(one, []).append(other)
            made.before.setdefault(other, []).append(one)
    return made


def _order(layers: _Layers, lanes: Mapping[str, int]) -> None:
    place = {one: float(at) for row in layers.rows for at, one in enumerate(row)}
    for sweep in range(_SWEEPS):
        forwards = sweep % 2 == 0
        numbers = range(len(layers.rows))
        for rank in numbers if forwards else reversed(numbers):
            wanted = {}
            for one, near in layers.neighbours(rank, forwards=forwards):
                wanted[one] = sum(place[other] for other in near) / len(near) if near else place[one]
            row = sorted(layers.rows[rank], key=lambda one: (lanes.get(one, 0), wanted[one]))
            layers.rows[rank] = row
            place.update({one: float(at) for at, one in enumerate(row)})


def _columns(rows: list[list[str]], widths: Mapping[str, int]) -> list[int]:
    found, left = [], LEFT
    for row in rows:
        wide = max((widths[one] for one in row if one in widths), default=0)
        found.append(_round(left + wide / 2))
        left += wide + COLUMN_GAP
    return found


def _rows(layers: _Layers) -> dict[str, int]:
    at = {one: number * ROW * 1.0 for row in layers.rows for number, one in enumerate(row)}
    numbers = range(len(layers.rows))
    for sweep in range(_SWEEPS + 1):
        forwards = sweep % 2 == 0
        for rank in numbers if forwards else reversed(numbers):
            wanted = [
                (one, sum(at[other] for other in near) / len(near) if near else at[one])
                for one, near in layers.neighbours(rank, forwards=forwards)
            ]
            at.update(_spread(wanted))
    top = min(at.values(), default=0)
    return {one: _round(y - top + TOP) for one, y in at.items()}


def _spread(wanted: list[tuple[str, float]]) -> dict[str, float]:
    """Return places in this order, a row apart, as near as can be to those wanted."""
    blocks: list[tuple[float, list[str]]] = []  # middle, nodes
    for one, place in wanted:
        middle, nodes = place, [one]
        while blocks and blocks[-1][0] + len(blocks[-1][1]) * ROW / 2 > middle - len(nodes) * ROW / 2:
            other, others = blocks.pop()
            count = len(nodes) + len(others)
            middle = (other * len(others) + middle * len(nodes)) / count
            nodes = [*others, *nodes]
        blocks.append((middle, nodes))
    return {
        one: middle + (at - (len(nodes) - 1) / 2) * ROW
        for middle, nodes in blocks
        for at, one in enumerate(nodes)
    }


def _rows_in_lanes(layers: _Layers, lanes: Mapping[str, int], heights: Sequence[int]) -> dict[str, int]:
    tops = [sum(heights[:number]) for number in range(len(heights))]
    found = {}
    for row in layers.rows:
        by_lane: dict[int, list[str]] = {}
        for one in row:
            by_lane.setdefault(min(lanes.get(one, 0), len(heights) - 1), []).append(one)
        for lane, members in by_lane.items():
            middle = tops[lane] + heights[lane] / 2
            for at, one in enumerate(members):
                found[one] = _round(middle + (at - (len(members) - 1) / 2) * LANE_ROW)
    return found


def _round(value: float) -> int:
    return int(round(value / 10) * 10)
