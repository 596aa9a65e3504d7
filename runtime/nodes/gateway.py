"""Nodes that route: exclusive, parallel, join; service, which runs rules; end. They leave no rows."""

from collections.abc import Iterator
from typing import ClassVar

from runtime.nodes.move import Move
from runtime.nodes.node_kind import Arrival, NodeKind, NoWayOut


class Exclusive(NodeKind):
    """Leave along the first edge whose condition holds, else along the default edge (BPMN 2.0 §13.4.2)."""

    code = "exclusive"
    label = "条件分支"
    shape = "gateway"
    icon = "git-branch"

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Leave along one edge.

        :raises NoWayOut: if no condition holds and there is no default; carries the condition trace.
        """
        trace: list[tuple[str, bool]] = []
        for edge in arrival.outgoing:
            if edge.default:
                continue
            held = arrival.holds(edge)
            trace.append((edge.when or "", held))
            if held:
                yield arrival.leave(edge, trace=tuple(trace))
                return
        default = next((edge for edge in arrival.outgoing if edge.default), None)
        if default is None:
            raise NoWayOut(arrival.node, tuple(trace))
        yield arrival.leave(default, trace=tuple(trace))


class Parallel(NodeKind):
    """Leave along every edge at once (BPMN 2.0 §13.4.1)."""

    code = "parallel"
    label = "并行分支"
    shape = "gateway"
    icon = "arrows-split-2"

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Open a scope and send a token along each edge."""
        yield from arrival.split()


class Join(NodeKind):
    """Wait until every branch of the split has arrived or ended."""

    code = "join"
    label = "汇合"
    shape = "gateway"
    icon = "git-merge"

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Count this branch."""
        yield from arrival.arrive()


class Service(NodeKind):
    """Run rules in the same transaction."""

    code = "service"
    label = "自动处理"
    icon = "bolt"
    keys: ClassVar[frozenset[str]] = frozenset({"actions"})

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Run the node's rules, after those that wait for the moment by its name, and go on."""
        yield from arrival.fire(f"node.{arrival.node.code}.entered")
        if arrival.node.actions:
            yield from arrival.fire(f"node.{arrival.node.code}.entered", arrival.node.actions)
        yield from arrival.fire(f"node.{arrival.node.code}.done")
        yield arrival.leave(arrival.outgoing[0])


class End(NodeKind):
    """End the token; with `terminate` the whole case at once (BPMN 2.0 §13.5.6)."""

    code = "end"
    label = "结束"
    shape = "event"
    icon = "player-stop"
    keys: ClassVar[frozenset[str]] = frozenset({"terminate"})

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """End the token or the case."""
        yield from arrival.end(whole_case=arrival.node.terminate)
