"""Edges of a flow: drawn, led elsewhere, described, put in order; and where a rejection leads."""

from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.documents import Documents
from builder.edits.edit import Edit
from builder.edits.flows.graph import EdgeRef, Graph, graph_of, kept
from builder.edits.place import gone
from runtime.language.graph import CHOOSING, START
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.nodes import NODES

#: What an edge says besides what it joins.
_KEYS = ("when", "default", "outcome", "label", "note")


@dataclass(frozen=True)
class Connect(Edit):
    """Draw an edge from one node to another."""

    do: ClassVar[str] = "connect"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    origin: str
    to: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the edge.

        :raises Refused: if no edge may lead there.
        :raises Conflict: if one of the nodes has gone.
        """
        graph = graph_of(documents, self.file)
        check_ends(graph, self.origin, self.to)
        edge: dict[str, Any] = {"from": self.origin, "to": self.to}
        siblings = graph.leaving(self.origin)
        if (
            graph.kinds[self.origin] in CHOOSING
            and siblings
            and not any(one.get("default") for one in siblings)
        ):
            edge["default"] = True
        # Conditions are judged in order; what holds otherwise stands last.
        otherwise = (at for at, one in enumerate(graph.edges) if one in siblings and one.get("default"))
        at = next(otherwise, len(graph.edges))
        return kept(documents, self.file, graph.having(edges=[*graph.edges[:at], edge, *graph.edges[at:]]))

    @property
    def label(self) -> str:
        """What was joined."""
        return _("连线 %(origin)s → %(to)s", origin=self.origin, to=self.to)


@dataclass(frozen=True)
class SetEdge(Edit):
    """Say something of an edge, or lead it elsewhere; None takes a key out."""

    do: ClassVar[str] = "set_edge"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    edge: dict[str, Any]
    values: dict[str, Any]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the edge as changed; of a node's edges one is the default.

        :raises Refused: if no edge may lead there, or edges have no such key.
        :raises Conflict: if the edge has gone.
        """
        graph = graph_of(documents, self.file)
        at = graph.index(EdgeRef.read(self.edge))
        before = graph.edges[at]
        made = dict(before)
        for key, value in self.values.items():
            if key not in (*_KEYS, "from", "to"):
                raise Refused("unknown_key", _("连线没有 %(key)s 这一项。", key=key[:40]))
            if value is None or value is False:
                made.pop(key, None)
            else:
                made[key] = value
        origin, to = str(made.get("from")), str(made.get("to"))
        if (origin, to) != (before.get("from"), before.get("to")):
            check_ends(graph, origin, to)
        edges = list(graph.edges)
        if self.values.get("default") is True:
            made.pop("when", None)
            edges = [
                {key: one for key, one in other.items() if key != "default"}
                if _sibling(other, origin)
                else other
                for other in edges
            ]
        elif made.get("when") is not None:
            made.pop("default", None)
        edges[at] = made
        return kept(documents, self.file, graph.having(edges=edges))

    @property
    def label(self) -> str:
        """What was changed."""
        ref = EdgeRef.read(self.edge)
        return _("修改连线 %(origin)s → %(to)s", origin=ref.origin, to=ref.to)


@dataclass(frozen=True)
class OrderEdge(Edit):
    """Let an edge be tried at another moment: number `to` among the edges of its node."""

    do: ClassVar[str] = "order_edge"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    edge: dict[str, Any]
    to: int

    def apply(self, documents: Documents) -> Documents:
        """Return the documents in the new order.

        :raises Conflict: if the edge has gone.
        """
        graph = graph_of(documents, self.file)
        at = graph.index(EdgeRef.read(self.edge))
        origin = graph.edges[at].get("from")
        slots = [number for number, one in enumerate(graph.edges) if one.get("from") == origin]
        order = [number for number in slots if number != at]
        order.insert(max(0, min(self.to, len(order))), at)
        edges = list(graph.edges)
        for slot, number in zip(slots, order, strict=True):
            edges[slot] = graph.edges[number]
        return kept(documents, self.file, graph.having(edges=edges))

    @property
    def label(self) -> str:
        """What was put elsewhere."""
        ref = EdgeRef.read(self.edge)
        return _("调整连线次序 %(origin)s → %(to)s", origin=ref.origin, to=ref.to)


@dataclass(frozen=True)
class SetReject(Edit):
    """Say where a rejected visit leads: nowhere (None), `end`, `start`, or another node."""

    do: ClassVar[str] = "set_reject"
    of: ClassVar[frozenset[str]] = frozenset({"flow"})
    node: str
    to: str | None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with it; an edge of rejected visits goes along.

        :raises Refused: if nothing can be rejected there.
        :raises Conflict: if one of the nodes has gone.
        """
        graph = graph_of(documents, self.file)
        found = graph.node(self.node)
        word = NODES.get(str(found.get("kind")))
        if self.to is not None and (word is None or "on_reject" not in word.keys or self.to == self.node):
            raise Refused("not_here", _("这个节点不能这样设置不同意后的去向。"))
        if self.to not in (None, "end") and self.to not in graph.kinds:
            raise gone(("nodes", str(self.to)))
        made = {key: one for key, one in found.items() if key != "on_reject"}
        if self.to is not None:
            made["on_reject"] = self.to
        nodes = [made if one is found else one for one in graph.nodes]
        edges = [
            one
            for one in graph.edges
            if not (one.get("from") == self.node and one.get("outcome") == "rejected")
        ]
        changed = graph.having(nodes=nodes)
        return kept(
            documents, self.file, changed if len(edges) == len(graph.edges) else changed.having(edges=edges)
        )

    @property
    def label(self) -> str:
        """What was said."""
        return _("修改 %(node)s 不同意后的去向", node=self.node)


def check_ends(graph: Graph, origin: str, to: str) -> None:
    """Refuse an edge that could never be right.

    :raises Refused: with the reason.
    :raises Conflict: if one of the nodes has gone.
    """
    for code in (origin, to):
        if code not in graph.kinds:
            raise gone(("nodes", code))
    if origin == to:
        raise Refused("edge_to_itself", _("连线不能回到同一个节点。"))
    if to == START:
        raise Refused("edge_to_start", _("不能连回发起节点；退回请在节点的“退回”中设置。"))
    if graph.kinds[origin] == "end":
        raise Refused("after_end", _("结束节点后面不能再有连线。"))
    if graph.joined(origin, to) and graph.kinds[origin] not in CHOOSING:
        raise Refused("joined", _("这两个节点之间已经有连线了。"))


def _sibling(edge: Any, origin: str) -> bool:
    return bool(edge.get("from") == origin)
