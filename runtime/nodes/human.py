"""Nodes at which people act: start, fill, approve; and notify, which waits for nobody."""

from collections.abc import Iterator
from math import ceil
from typing import ClassVar

from runtime.language.flow import Decide
from runtime.nodes.move import Move
from runtime.nodes.node_kind import Arrival, NodeKind

_WHO = frozenset({"assignees", "exclude", "self", "empty", "empty_to"})
_DATA = frozenset({"edit", "require", "hide", "opinion", "due"})


class Start(NodeKind):
    """Where the initiator works; a token only comes here again when it is returned."""

    code = "start"
    label = "发起"
    shape = "event"
    icon = "player-play"
    human = True

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Wait for the initiator."""
        yield from arrival.open_visit(arrival.assign(), need=1)


class Fill(NodeKind):
    """A person completes fields; no verdict."""

    code = "fill"
    label = "填写"
    icon = "edit"
    keys: ClassVar[frozenset[str]] = _WHO | _DATA | {"return_to", "resubmit"}
    human = True

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Wait for the first of the people to complete it."""
        yield from arrival.fire(f"node.{arrival.node.code}.entered")
        yield from arrival.open_visit(arrival.assign(), need=1)


class Approve(NodeKind):
    """A verdict by one or more people."""

    code = "approve"
    label = "审批"
    icon = "user-check"
    keys: ClassVar[frozenset[str]] = (
        _WHO | _DATA | {"decide", "reject", "finish", "duplicates", "return_to", "resubmit", "on_reject"}
    )
    human = True

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Wait for as many approvals as the node asks for."""
        yield from arrival.fire(f"node.{arrival.node.code}.entered")
        assignment = arrival.assign()
        yield from arrival.open_visit(assignment, need=needed(arrival.node.decide, len(assignment.people)))


class Notify(NodeKind):
    """Gives people read access and something to read; never waits."""

    code = "notify"
    label = "知会"
    icon = "send-2"
    keys: ClassVar[frozenset[str]] = frozenset({"assignees", "exclude", "hide"})

    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Tell the people and go on."""
        yield from arrival.fire(f"node.{arrival.node.code}.entered")
        yield from arrival.give_notice(arrival.assign())
        yield from arrival.fire(f"node.{arrival.node.code}.done")
        yield arrival.leave(arrival.outgoing[0])


def needed(decide: Decide, people: int) -> int:
    """Return how many of `people` must approve, at least one (flow-semantics §4: percent is rounded up)."""
    if decide.rule == "all":
        return max(people, 1)
    if decide.rule == "count":
        return max(min(decide.number or 1, people), 1)
    if decide.rule == "percent":
        return max(ceil(people * (decide.number or 100) / 100), 1)
    return 1
