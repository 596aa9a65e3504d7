"""How far a case is in its flow's picture: which nodes and ways are done, active, still to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from runtime.engine.compiled_flow import START, CompiledFlow
from runtime.nodes import move as m
from runtime.running.case_steps import CaseStep
from runtime.store.case_story import Happened

Way = tuple[str, str]

#: States of a step that say something else than "done".
_BAD = frozenset({"rejected", "returned"})


@dataclass
class _Walked:
    """Nodes and ways that tokens have gone, as far as nothing was taken back."""

    nodes: set[str] = field(default_factory=set)
    ways: set[Way] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Track:
    """Where a case is. States: done, active, todo, bad."""

    nodes: Mapping[str, str]
    ways: Mapping[Way, str]
    #: The last step at each node at which somebody had something to do.
    steps: Mapping[str, CaseStep]


def track(history: Iterable[Happened], steps: Iterable[CaseStep], flow: CompiledFlow) -> Track:
    """Return how far the case with this history and these steps is."""
    walked = _Walked()
    for happened in history:
        for move in happened.moves:
            _fold(move, walked, flow)
    last = {one.node: one for one in steps}
    active = {node for node, one in last.items() if one.state == "active"}
    nodes = {code: _state(code, last.get(code), walked) for code in flow.nodes}
    ways = {way: "active" if way[1] in active else "done" for way in walked.ways}
    return Track(nodes, ways, last)


def _state(node: str, step: CaseStep | None, walked: _Walked) -> str:
    if step is not None and step.state == "active":
        return "active"
    if step is not None and step.state in _BAD:
        return "bad"
    return "done" if node in walked.nodes or node in walked.ended else "todo"


def _fold(move: m.Move, walked: _Walked, flow: CompiledFlow) -> None:
    match move:
        case m.Submitted():
            walked.nodes.add(START)
        case m.TokenMoved():
            walked.nodes |= {move.origin, move.to}
            walked.ways.add((move.origin, move.to))
        case m.TokenEnded():
            walked.ended.add(move.node)
        case m.Returned():
            _take_back(move.to, walked, flow)
        case m.Withdrawn():
            _take_back(START, walked, flow)
            walked.nodes.discard(START)
        case _:
            pass  # what waits and who acted is told by the steps


def _take_back(node: str, walked: _Walked, flow: CompiledFlow) -> None:
    """Forget what lies behind a node: it is to be gone again."""
    behind: set[str] = set()
    waiting = [node]
    while waiting:
        for edge in flow.outgoing.get(waiting.pop(), ()):
            if edge.to not in behind:
                behind.add(edge.to)
                waiting.append(edge.to)
    walked.nodes -= behind
    walked.ended -= behind
    walked.ways -= {way for way in walked.ways if way[0] == node or way[0] in behind}
