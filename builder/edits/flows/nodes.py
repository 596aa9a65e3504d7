"""Nodes of a flow: put in, moved, taken out, laid out anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from builder.edits.documents import Documents
from builder.edits.edit import Edit
from builder.edits.flows.graph import EdgeRef, Graph, graph_of, kept, point
from runtime.language.graph import CHOOSING, START
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.nodes import NODES
from runtime.nodes.picture import relaid, size_of

#: Units between two nodes when one is put between them.
_GAP = 70


@dataclass(frozen=True)
class AddNode(Edit):
    """Put in a node: alone, into the middle of an edge, or behind another node."""

    do: ClassVar[str] = "add_node"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    kind: str
    #: Wished for; a number is added if it is taken.
    code: str = ""
    name: str = ""
    #: Its middle; empty finds a place.
    at: tuple[Any, ...] = ()
    #: The edge that it is to interrupt.
    split: dict[str, Any] | None = None
    #: The node behind which it is to come.
    after: str = ""
    #: Other keys to begin with, such as `decide: all`.
    values: dict[str, Any] = field(default_factory=dict)

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the node.

        :raises Refused: if there is no such kind of node.
        :raises Conflict: if the edge or node it belongs to has gone.
        """
        word = NODES.get(self.kind)
        if word is None or self.kind == START:
            raise Refused("unknown_kind", _("没有节点类型 %(kind)s。", kind=self.kind[:40]))
        graph = graph_of(documents, self.file)
        code = graph.free_code(self.code or self.kind)
        name = self.name.strip() or _(word.label)
        node = {"code": code, "kind": self.kind, "name": name, **self.values}
        places = graph.points
        way = self._way(graph)
        made = graph.having(nodes=_among(graph, node, behind=way.origin if way else self.after))
        if way is None:
            origin = self.after if self.after in places and graph.kinds[self.after] != "end" else ""
            made = made.having(edges=[*made.edges, _edge(graph, origin, code)]) if origin else made
            place = point(self.at, "at") if self.at else _beside(places, origin)
            return kept(documents, self.file, made.placed({code: place}))
        at = graph.index(way)
        behind: dict[str, Any] = {"from": code, "to": way.to}
        if self.kind == "exclusive":
            behind["default"] = True
        edges = [*graph.edges[:at], {**graph.edges[at], "to": code}, behind, *graph.edges[at + 1 :]]
        made = made.having(edges=edges)
        return kept(documents, self.file, made.placed(_room(made, way, code, self.at)))

    def _way(self, graph: Graph) -> EdgeRef | None:
        if self.kind == "end":
            return None  # nothing comes behind it
        if self.split is not None:
            return EdgeRef.read(self.split)
        leaving = graph.leaving(self.after) if self.after else []
        if len(leaving) != 1:
            return None
        # A rejected visit may lead to the same node, and its edge stays.
        to = leaving[0].get("to")
        same = [one for one in graph.edges if one.get("from") == self.after and one.get("to") == to]
        return EdgeRef(self.after, str(to), next(at for at, one in enumerate(same) if one is leaving[0]))

    @property
    def label(self) -> str:
        """What was put in."""
        word = NODES.get(self.kind)
        return _("添加节点 %(name)s", name=self.name or (_(word.label) if word else self.kind))


def _among(graph: Graph, node: Mapping[str, Any], *, behind: str) -> list[Mapping[str, Any]]:
    """Return the nodes with a new one: behind the node it follows, else before the ends that stand last."""
    codes = [START, *(str(one.get("code")) for one in graph.nodes)]
    at = codes.index(behind) if behind in codes else len(graph.nodes)
    while behind not in codes and at and graph.nodes[at - 1].get("kind") == "end":
        at -= 1
    return [*graph.nodes[:at], node, *graph.nodes[at:]]


@dataclass(frozen=True)
class MoveNodes(Edit):
    """Put nodes elsewhere on the canvas."""

    do: ClassVar[str] = "move_nodes"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    #: New middle of each node, by code.
    to: dict[str, Any]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the nodes there; those that have gone are left out."""
        graph = graph_of(documents, self.file)
        places = {code: point(place, "to") for code, place in self.to.items() if code in graph.kinds}
        return kept(documents, self.file, graph.placed(places))

    @property
    def label(self) -> str:
        """What was moved."""
        if len(self.to) == 1:
            return _("移动节点 %(node)s", node=next(iter(self.to)))
        return _("移动 %(n)s 个节点", n=len(self.to))


@dataclass(frozen=True)
class RemoveNodes(Edit):
    """Take out nodes and edges. What led to a node then leads to where it led, if that is one place."""

    do: ClassVar[str] = "remove_nodes"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    nodes: tuple[str, ...] = ()
    edges: tuple[dict[str, Any], ...] = ()

    def apply(self, documents: Documents) -> Documents:
        """Return the documents without them.

        :raises Refused: if the start is among them.
        """
        if START in self.nodes:
            raise Refused("start_stays", _("发起节点不能删除。"))
        graph = graph_of(documents, self.file)
        gone = {graph.index(EdgeRef.read(one)) for one in self.edges}
        edges = [one for at, one in enumerate(graph.edges) if at not in gone]
        codes = set(self.nodes)
        for code in self.nodes:
            edges = _bridged(edges, code, graph.kinds)
        nodes = [_forgetting(one, codes) for one in graph.nodes if one.get("code") not in codes]
        return kept(documents, self.file, graph.having(nodes=nodes, edges=edges).placed({}))

    @property
    def label(self) -> str:
        """What was taken out."""
        if len(self.nodes) == 1:
            return _("删除节点 %(node)s", node=self.nodes[0])
        if self.nodes:
            return _("删除 %(n)s 个节点", n=len(self.nodes))
        return _("删除 %(n)s 条连线", n=len(self.edges))


@dataclass(frozen=True)
class LayOut(Edit):
    """Arrange all nodes anew, from left to right, each in its lane."""

    do: ClassVar[str] = "layout"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the new picture."""
        graph = graph_of(documents, self.file)
        places, heights = relaid(graph.document)
        if heights:
            lanes = [{**one, "height": high} for one, high in zip(graph.lanes, heights, strict=False)]
            graph = graph.having(lanes=lanes)
        return kept(documents, self.file, graph.placed(places))

    @property
    def label(self) -> str:
        """What was done."""
        return _("自动布局")


def _edge(graph: Graph, origin: str, to: str) -> dict[str, Any]:
    choosing = graph.kinds.get(origin) == "exclusive"
    first = choosing and not any(one.get("default") for one in graph.leaving(origin))
    return {"from": origin, "to": to, "default": True} if first else {"from": origin, "to": to}


def _beside(places: Mapping[str, tuple[int, int]], origin: str) -> tuple[int, int]:
    if origin in places:
        x, y = places[origin][0] + 220, places[origin][1]
        while any(abs(x - a) < 120 and abs(y - b) < 70 for a, b in places.values()):
            y += 100
        return x, y
    return 120, max((y for _x, y in places.values()), default=0) + 120


def _room(graph: Graph, way: EdgeRef, code: str, at: tuple[Any, ...]) -> dict[str, tuple[int, int]]:
    """Return where a node on an edge comes to stand; what is too near behind it moves to the right."""
    places, kinds = graph.points, graph.kinds
    (ax, ay), (bx, by) = places.get(way.origin, (0, 0)), places.get(way.to, (0, 0))
    half = size_of(kinds[code])[0] // 2
    first = ax + size_of(kinds.get(way.origin, ""))[0] // 2 + _GAP + half
    x, y = point(at, "at") if at else (max(first, (ax + bx) // 2) if bx > ax else first, (ay + by) // 2)
    if bx > ax:
        x = max(x, first)
    found = {code: (x, y)}
    lacking = x + half + _GAP + size_of(kinds.get(way.to, ""))[0] // 2 - bx
    if bx > ax and lacking > 0:
        found |= {one: (px + lacking, py) for one, (px, py) in places.items() if px >= bx and one != code}
    return found


def _bridged(edges: list[Mapping[str, Any]], code: str, kinds: Mapping[str, str]) -> list[Mapping[str, Any]]:
    onward = [one for one in edges if one.get("from") == code and one.get("outcome") != "rejected"]
    to = onward[0].get("to") if len(onward) == 1 else None
    made: list[Mapping[str, Any]] = []
    for one in edges:
        if one.get("from") == code:
            continue
        if one.get("to") != code:
            made.append(one)
        elif to is not None and to not in (one.get("from"), code) and one.get("outcome") != "rejected":
            bridge = {**one, "to": to}
            ends = (bridge.get("from"), to)
            # Of a choosing node each edge has a condition of its own; elsewhere a second one is wrong.
            there = any((other.get("from"), other.get("to")) == ends for other in (*edges, *made))
            if not there or kinds.get(str(one.get("from"))) in CHOOSING:
                made.append(bridge)
    return made


def _forgetting(node: Mapping[str, Any], codes: set[str]) -> Mapping[str, Any]:
    """Return a node without what it says of nodes that go."""
    made = dict(node)
    # `end` ends the case, whether or not a node is called so.
    if made.get("on_reject") in codes - {"end"}:
        del made["on_reject"]
    returns = made.get("return_to")
    if isinstance(returns, list) and codes & {one for one in returns if isinstance(one, str)}:
        made["return_to"] = [one for one in returns if one not in codes]
    return made if made != node else node
