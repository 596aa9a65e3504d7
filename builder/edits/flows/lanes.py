"""Lanes of a flow's picture: nodes stay in theirs when lanes come, go, change places or grow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.documents import Documents
from builder.edits.edit import Edit
from builder.edits.flows.graph import Graph, graph_of, kept
from runtime.language.speech import _
from runtime.nodes.picture import LANE_HEIGHT, lane_at, lanes

#: Units that a node keeps from the edge of its lane.
_EDGE = 40


@dataclass(frozen=True)
class SetLanes(Edit):
    """Have these lanes, top first: `{code, name, height}`. Nodes of a lane that goes join the one above."""

    do: ClassVar[str] = "set_lanes"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    lanes: tuple[dict[str, Any], ...]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the lanes, and the nodes where their lanes are now."""
        graph = graph_of(documents, self.file)
        made = [_written(one) for one in self.lanes]
        if not made:
            return kept(documents, self.file, graph.having(lanes=None))
        before = lanes(graph.document)
        places = graph.points
        after = lanes({"lanes": made})
        if not before:
            return kept(documents, self.file, _first(graph, made, places))
        tops = _tops(before)
        now = {code: (top, high) for (code, _name, high), top in zip(after, _tops(after), strict=True)}
        moved = {}
        for node, (x, y) in places.items():
            number = lane_at(before, y)
            home = next((at for at in range(number, -1, -1) if before[at][0] in now), None)
            top, high = now[before[home][0]] if home is not None else now[after[0][0]]
            inside = min(max(y - tops[number], _EDGE), max(high - _EDGE, _EDGE))
            moved[node] = (x, top + inside)
        return kept(documents, self.file, graph.having(lanes=made).placed(moved))

    @property
    def label(self) -> str:
        """What was done."""
        return _("修改泳道")


def _first(graph: Graph, made: list[dict[str, Any]], places: Mapping[str, tuple[int, int]]) -> Graph:
    """Return the flow with its first lanes: everything that is there stands in the first of them."""
    top = min((y for _x, y in places.values()), default=_EDGE)
    bottom = max((y for _x, y in places.values()), default=_EDGE)
    down = max(0, 80 - top)
    high = max(LANE_HEIGHT, bottom + down + 80)
    made = [{**made[0], "height": high}, *made[1:]] if high != LANE_HEIGHT else made
    moved = {node: (x, y + down) for node, (x, y) in places.items()}
    return graph.having(lanes=made).placed(moved if down else {})


def _tops(listed: list[tuple[str, str, int]]) -> list[int]:
    tops = [0]
    for _code, _name, high in listed:
        tops.append(tops[-1] + high)
    return tops[:-1]


def _written(lane: Mapping[str, Any]) -> dict[str, Any]:
    made = {key: one for key, one in lane.items() if key in ("code", "name", "height")}
    if made.get("height") == LANE_HEIGHT:
        del made["height"]
    return made
