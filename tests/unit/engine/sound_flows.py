"""Sound flows of any shape, drawn as nested blocks: what opens inside a block closes inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from runtime.engine.compiled_flow import CompiledFlow
from runtime.language.flow import Decide, Edge, Node, Source
from runtime.language.graph import check_graph, pair_joins
from runtime.nodes import NODES
from tests.unit.engine.flows import end, flow_of, gate, notify, service, user

#: Conditions, true or false as a test likes; loops go round while theirs is true.
FACTS = ("one", "two", "again")
PEOPLE = ("ivy", "amy", "bob", "cal", "old", "eva")
_DECIDE = (Decide("claim"), Decide("any"), Decide("all"), Decide("count", 2), Decide("percent", 60))


@dataclass(frozen=True)
class Work:
    """A human node, without its code."""

    node: Node


@dataclass(frozen=True)
class Quiet:
    """A node nobody acts at: a notice or a service."""

    kind: str


@dataclass(frozen=True)
class Chain:
    """Blocks one after the other."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Choice:
    """One of several ways; None ends there, `stop` ends the whole case."""

    ways: tuple[Block | None, ...]
    stop: bool


@dataclass(frozen=True)
class Fork:
    """All ways at once; those after the first may end instead of joining."""

    ways: tuple[Block, ...]
    ending: tuple[bool, ...]


@dataclass(frozen=True)
class Loop:
    """A block that is gone through again while a condition holds; somebody is asked each time."""

    block: Block


Block = Work | Quiet | Chain | Choice | Fork | Loop
#: An edge whose other end is not known yet: origin, condition, default.
_Loose = tuple[str, str | None, bool]


@st.composite
def works(draw: st.DrawFn) -> Work:
    """Draw a human node with any people and policies that leave somebody to ask."""
    kind = draw(st.sampled_from(["approve", "approve", "fill"]))
    people = draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))
    decide = draw(st.sampled_from(_DECIDE)) if kind == "approve" else Decide()
    return Work(
        Node(
            "work",
            kind,
            assignees=(*user(*people), *draw(st.sampled_from([(), (Source("previous"),)]))),
            decide=decide,
            finish=draw(st.sampled_from(["early", "all"])),
            reject=draw(st.sampled_from([None, "veto", "vote"])),
            self_policy=draw(st.sampled_from(["superior", "self", "pass"])),
            empty=draw(st.sampled_from(["admin", "pass"])),
            duplicates=draw(st.sampled_from(["adjacent", "none", "earlier"])),
            on_reject="end" if kind == "approve" and draw(st.booleans()) else None,
        )
    )


def _grown(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(blocks, min_size=2, max_size=3).map(tuple)
    ways = st.lists(st.none() | blocks, min_size=2, max_size=3).map(tuple)
    ending = st.tuples(st.just(False), st.booleans(), st.booleans())
    return st.one_of(
        st.builds(Chain, some),
        st.builds(Choice, ways, st.booleans()),
        st.builds(Fork, some, ending),
        st.builds(Loop, blocks),
    )


BLOCKS: st.SearchStrategy[Block] = st.recursive(
    works() | st.builds(Quiet, st.sampled_from(["notify", "service"])), _grown, max_leaves=8
)


def sound_flow(block: Block) -> CompiledFlow:
    """Return the flow that goes through `block` and ends."""
    drawing = _Drawing()
    drawing.place(end(), drawing.add(block, [("start", None, False)]))
    flow = flow_of(drawing.nodes, drawing.edges).flow
    assert check_graph(flow, is_human=lambda kind: NODES.require(kind).human) == ()
    return flow_of(drawing.nodes, drawing.edges, joins=pair_joins(flow), listens=["submitted"])


@dataclass
class _Drawing:
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def place(self, node: Node, loose: Sequence[_Loose]) -> list[_Loose]:
        self.nodes.append(node)
        self.edges += [Edge(origin, node.code, when, default) for origin, when, default in loose]
        return [(node.code, None, False)]

    def code(self, kind: str) -> str:
        return f"{kind}_{len(self.nodes)}"

    def add(self, block: Block | None, loose: list[_Loose]) -> list[_Loose]:
        """Add a block behind `loose`; return the edges that lead out of it."""
        match block:
            case None:
                return loose
            case Work(node):
                given = {name: getattr(node, name) for name in Node.__slots__}
                return self.place(Node(**given | {"code": self.code(node.kind)}), loose)
            case Quiet("notify"):
                return self.place(notify(self.code("notify"), "bob"), loose)
            case Quiet():
                return self.place(service(self.code("service"), "book"), loose)
            case Chain(blocks):
                for one in blocks:
                    loose = self.add(one, loose)
                return loose
            case Choice():
                return self._choose(block, loose)
            case Fork():
                return self._fork(block, loose)
            case Loop(inner):
                return self._loop(inner, loose)

    def _choose(self, block: Choice, loose: list[_Loose]) -> list[_Loose]:
        code = self.code("choice")
        self.place(gate(code, "exclusive"), loose)
        out: list[_Loose] = [(code, None, True)]
        for fact, way in zip(FACTS, block.ways, strict=False):
            exits = self.add(way, [(code, fact, False)])
            if way is None:
                self.place(end(self.code("end"), terminate=block.stop), exits)
            else:
                out += exits
        return out

    def _fork(self, block: Fork, loose: list[_Loose]) -> list[_Loose]:
        code = self.code("fork")
        self.place(gate(code, "parallel"), loose)
        arriving: list[_Loose] = []
        for way, ends in zip(block.ways, block.ending, strict=False):
            exits = self.add(way, [(code, None, False)])
            if ends:
                self.place(end(self.code("end")), exits)
            else:
                arriving += exits
        return self.place(gate(self.code("join"), "join"), arriving)

    def _loop(self, inner: Block, loose: list[_Loose]) -> list[_Loose]:
        head, back = self.code("ask"), f"back_{len(self.nodes)}"
        exits = self.add(inner, self.place(Node(head, "approve", assignees=user("amy")), loose))
        self.place(gate(back, "exclusive"), exits)
        self.edges.append(Edge(back, head, when="again"))
        return [(back, None, True)]
