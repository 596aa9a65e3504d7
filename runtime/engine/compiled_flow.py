"""A flow made ready to run: indexed once per release, read by every action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.flow import Edge, Flow, Node, Source
from runtime.nodes import NODES, NodeKind

#: The start node as other nodes see it: code `start`, its one person the initiator.
START = "start"


@dataclass(frozen=True)
class CompiledFlow:
    """A flow with its nodes by code, edges by origin, and conditions compiled."""

    app: str
    flow: Flow
    nodes: Mapping[str, Node]
    kinds: Mapping[str, NodeKind]
    outgoing: Mapping[str, tuple[Edge, ...]]
    #: Those a token may leave along; those of a rejected visit are apart.
    onward: Mapping[str, tuple[Edge, ...]]
    #: What people call the nodes; empty for those without a name.
    names: Mapping[str, str]
    #: Nodes that name the previous handlers.
    asks_previous: frozenset[str]
    #: Compiled condition of an edge, by the edge itself.
    conditions: Mapping[Edge, Any]
    #: Join behind each split.
    joins: Mapping[str, str]
    #: Moments that some rule waits for; everything else is not even asked.
    listens: frozenset[str]

    def kind(self, node: str) -> NodeKind:
        """Return what the node does."""
        return self.kinds[node]


def compile_flow(
    app: str,
    flow: Flow,
    *,
    compile_condition: Callable[[str], Any],
    joins: Mapping[str, str],
    listens: frozenset[str],
) -> CompiledFlow:
    """Return the flow ready to run. `joins` are the pairs that the graph check found."""
    start = Node(
        START,
        "start",
        flow.start.name,
        assignees=(Source("initiator"),),
        self_policy="self",
        edit=flow.start.edit or (),
        require=flow.start.require,
        hide=flow.start.hide,
    )
    nodes = {START: start} | {node.code: node for node in flow.nodes}
    outgoing: dict[str, list[Edge]] = {code: [] for code in nodes}
    for edge in flow.edges:
        outgoing[edge.origin].append(edge)
    return CompiledFlow(
        app=app,
        flow=flow,
        nodes=nodes,
        kinds={code: NODES.require(node.kind) for code, node in nodes.items()},
        outgoing={code: tuple(edges) for code, edges in outgoing.items()},
        onward={
            code: tuple(edge for edge in edges if edge.outcome != "rejected")
            for code, edges in outgoing.items()
        },
        asks_previous=frozenset(code for code, node in nodes.items() if _asks_previous(node)),
        names={code: node.name for code, node in nodes.items()},
        conditions={edge: compile_condition(edge.when) for edge in flow.edges if edge.when},
        joins=joins,
        listens=listens,
    )


def _asks_previous(node: Node) -> bool:
    sources = (*node.assignees, *node.exclude, *node.empty_to)
    return any("previous" in (source.kind, source.of) for source in sources)
