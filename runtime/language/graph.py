"""Whether a flow can be run to its end: the shape of its graph, before any condition is looked at.

Every problem shows the path that proves it. Places are `$.nodes[1]`, `$.edges[2].to` of the flow's document.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import networkx as nx

from runtime.language.flow import Edge, Flow
from runtime.language.pairing import Flaw, Pairing, paired
from runtime.language.place import Place, written
from runtime.language.problem import Problem
from runtime.language.schemas.wrong import meant
from runtime.language.speech import _

START = "start"
#: Kinds that choose among their edges by condition.
CHOOSING = frozenset({"exclusive", "inclusive"})
#: Kinds that send a token along several edges.
SPLITTING = frozenset({"parallel", "inclusive"})


def pair_joins(flow: Flow) -> Mapping[str, str]:
    """Return the join behind each split. A split whose branches all end at end nodes has none.

    Of a flow with problems, what could be paired.
    """
    return Graph(flow).pairing.pairs


def check_graph(flow: Flow, *, is_human: Callable[[str], bool]) -> tuple[Problem, ...]:
    """Return what keeps the flow from running to its end; `is_human` tells whether a kind of node waits
    for a person."""
    graph = Graph(flow)
    found = list(_dangling(graph))
    if found:
        return tuple(found)  # paths through edges that lead nowhere prove nothing
    found += _edges(graph)
    found += _dead_ends(graph)
    found += _endless(graph, is_human)
    if not any(problem.code == "flow.unreachable" for problem in found):
        found += _pairs(graph)
    return tuple(found)


@dataclass(frozen=True)
class Graph:
    """A flow with its edges by node; `on_reject` to a node counts as an edge."""

    flow: Flow
    #: Position of every node in the document; the start has none.
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {node.code: index for index, node in enumerate(self.flow.nodes)})

    def __contains__(self, code: str) -> bool:
        return code == START or code in self.places

    @cached_property
    def digraph(self) -> "nx.DiGraph[str]":
        """The nodes and where tokens can go between them."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from([START, *self.places])
        graph.add_edges_from((one.origin, one.to) for one in self.flow.edges)
        for node in self.flow.nodes:
            if node.on_reject in self.places and node.on_reject is not None:
                graph.add_edge(node.code, node.on_reject)
        return graph

    @cached_property
    def pairing(self) -> Pairing:
        """Which joins belong to which splits."""
        kinds = {node.code: node.kind for node in self.flow.nodes}
        leaving = {code: sorted(self.digraph.successors(code), key=self._order) for code in self.digraph}
        return paired(START, leaving, kinds)

    def _order(self, code: str) -> int:
        return self.places.get(code, -1)

    def leaving(self, code: str) -> list[tuple[int, Edge]]:
        """Return the edges that leave a node, with their positions."""
        return [(index, one) for index, one in enumerate(self.flow.edges) if one.origin == code]

    def place(self, code: str) -> Place:
        """Return where a node stands."""
        return ("nodes", self.places[code]) if code in self.places else ("start",)

    def name(self, code: str) -> str:
        """Return a node as people know it."""
        node = self.flow.node(code)
        label = node.name if node else self.flow.start.name if code == START else ""
        return _("%(label)s（%(code)s）", label=label, code=code) if label else code

    def way(self, path: Iterable[str]) -> str:
        """Return a path as people read it."""
        return " → ".join(self.name(code) for code in path)

    def way_to(self, code: str) -> str:
        """Return the shortest path from the start to a node."""
        return self.way(nx.shortest_path(self.digraph, START, code))

    def problem(self, code: str, place: Sequence[str | int], message: str) -> Problem:
        """Return a problem of this flow."""
        return Problem(f"flow.{code}", written(place), message)


def _dangling(graph: Graph) -> Iterator[Problem]:
    known = [START, *graph.places]
    for index, edge in enumerate(graph.flow.edges):
        for key, code in (("from", edge.origin), ("to", edge.to)):
            if code not in graph:
                message = _("没有节点 %(name)s", name=code) + meant(code, known)
                yield graph.problem("unknown_node", ("edges", index, key), message)
    for node in graph.flow.nodes:
        target = node.on_reject
        if target is not None and target != "end" and target not in graph:
            place = (*graph.place(node.code), "on_reject")
            message = _("不同意后应到 end 或一个节点，没有节点 %(node)s", node=target)
            yield graph.problem("unknown_node", place, message)


def _edges(graph: Graph) -> Iterator[Problem]:
    for index, edge in enumerate(graph.flow.edges):
        if edge.to == START:
            message = _("不能有连线回到发起节点；退回请用 return_to 或 on_reject")
            yield graph.problem("edge_to_start", ("edges", index, "to"), message)
        kind = _kind(graph, edge.origin)
        for key, given in (("when", edge.when is not None), ("default", edge.default)):
            if given and kind not in CHOOSING:
                name = graph.name(edge.origin)
                message = _("只有条件分支的连线才能写 %(key)s，%(node)s 不是条件分支", key=key, node=name)
                yield graph.problem("condition_here", ("edges", index, key), message)
        if kind in CHOOSING and edge.when is None and not edge.default:
            name = graph.name(edge.origin)
            message = _("%(node)s 的这条连线应写条件 when，或 default: true", node=name)
            yield graph.problem("no_condition", ("edges", index), message)
    for code in (START, *graph.places):
        yield from _leaving(graph, code)


def _leaving(graph: Graph, code: str) -> Iterator[Problem]:
    kind = _kind(graph, code)
    rejected = [(index, edge) for index, edge in graph.leaving(code) if edge.outcome == "rejected"]
    onward = [(index, edge) for index, edge in graph.leaving(code) if edge.outcome != "rejected"]
    place, name = graph.place(code), graph.name(code)
    if kind == "end":
        if onward or rejected:
            yield graph.problem("after_end", place, _("结束节点 %(node)s 后面不能再有连线", node=name))
        return
    if not onward:
        message = _("%(node)s 后面没有连线：%(way)s", node=name, way=_route(graph, code))
        yield graph.problem("no_way_on", place, message)
    if kind not in CHOOSING | SPLITTING:
        for index, _edge in onward[1:]:
            message = _("%(node)s 只能有一条连线；多条路请加条件分支或并行分支", node=name)
            yield graph.problem("several_edges", ("edges", index), message)
    if kind in SPLITTING and len(onward) == 1:
        yield graph.problem("one_branch", place, _("并行分支 %(node)s 至少要有两条连线", node=name))
    for index, _edge in [(index, edge) for index, edge in onward if edge.default][1:]:
        message = _("%(node)s 只能有一条默认连线", node=name)
        yield graph.problem("two_defaults", ("edges", index, "default"), message)
    node = graph.flow.node(code)
    for index, edge in rejected:
        if node is None or node.on_reject != edge.to:
            message = _("%(node)s 应写 on_reject: %(to)s，与这条“不同意”连线一致", node=name, to=edge.to)
            yield graph.problem("rejected_edge", ("edges", index, "outcome"), message)


def _dead_ends(graph: Graph) -> Iterator[Problem]:
    digraph = graph.digraph
    reached = nx.descendants(digraph, START) | {START}
    ends = [node.code for node in graph.flow.nodes if node.kind == "end"]
    if not ends:
        yield graph.problem("no_end", ("nodes",), _("流程至少要有一个结束节点（kind: end）"))
        return
    for code in graph.places:
        if code not in reached:
            message = _("从发起走不到 %(node)s", node=graph.name(code))
            yield graph.problem("unreachable", graph.place(code), message)
    ending = set(ends).union(*(nx.ancestors(digraph, end) for end in ends))
    for code in digraph:
        if code in reached and code not in ending and digraph.out_degree(code):
            message = _(
                "走到 %(node)s 后再也到不了结束：%(way)s", node=graph.name(code), way=graph.way_to(code)
            )
            yield graph.problem("no_end", graph.place(code), message)


def _endless(graph: Graph, is_human: Callable[[str], bool]) -> Iterator[Problem]:
    automatic = [code for code in graph.places if not is_human(_kind(graph, code))]
    for circle in nx.simple_cycles(graph.digraph.subgraph(automatic)):
        ordered = _from_first(circle, graph.places)
        way = graph.way([*ordered, ordered[0]])
        message = _("这个循环里没有人办理的节点，会永远转下去：%(way)s", way=way)
        yield graph.problem("endless", graph.place(ordered[0]), message)
        return  # one is enough: there can be very many


def _pairs(graph: Graph) -> Iterator[Problem]:
    for flaw in graph.pairing.flaws:
        yield graph.problem(flaw.code, graph.place(flaw.node), _unpaired(graph, flaw))


def _unpaired(graph: Graph, flaw: Flaw) -> str:
    ways = _("；").join(graph.way(path) for path in flaw.paths)
    node, other = graph.name(flaw.node), graph.name(flaw.other)
    match flaw.code:
        case "join_without_split":
            return _("汇合 %(node)s 前面没有并行分支，会永远等下去：%(ways)s", node=node, ways=ways)
        case "two_joins":
            return _(
                "同一个并行分支的几条路到了不同的汇合 %(other)s 和 %(node)s，会永远等下去：%(ways)s",
                other=other,
                node=node,
                ways=ways,
            )
    return _(
        "并行分支 %(other)s 的一条路没有经过汇合就到了 %(node)s，请在它之前汇合：%(ways)s",
        other=other,
        node=node,
        ways=ways,
    )


def _from_first(circle: list[str], order: Mapping[str, int]) -> list[str]:
    first = circle.index(min(circle, key=lambda code: order[code]))
    return circle[first:] + circle[:first]


def _kind(graph: Graph, code: str) -> str:
    node = graph.flow.node(code)
    return node.kind if node else START


def _route(graph: Graph, code: str) -> str:
    return graph.way_to(code) if nx.has_path(graph.digraph, START, code) else graph.name(code)
