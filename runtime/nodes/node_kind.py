"""What every node kind does when a token arrives, and what it may ask of the engine then."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from runtime.language.flow import Edge, Node
from runtime.language.refusal import Refused
from runtime.language.speech import _, listed
from runtime.nodes.move import Assigned, Move, RulesFired, TokenMoved


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who gets the work of a node, and whose tasks a policy has already passed."""

    people: tuple[Assigned, ...]
    #: Person → which policy passed the task without them.
    passed: tuple[tuple[str, str], ...] = ()
    #: Nobody is needed: `approved` or `rejected`, decided by the policy named in `because`.
    outcome: str | None = None
    because: str = ""


class Arrival(Protocol):
    """A token that reached a node."""

    @property
    def node(self) -> Node:
        """The node reached."""

    @property
    def path(self) -> str:
        """Where the token stands in the scope tree."""

    @property
    def visit(self) -> int:
        """The visit the token comes from."""

    @property
    def outgoing(self) -> tuple[Edge, ...]:
        """The edges a token may leave along, in their order."""

    def holds(self, edge: Edge) -> bool:
        """Return whether the edge's condition holds for the record now."""

    def leave(
        self, edge: Edge, *, path: str | None = None, trace: tuple[tuple[str, bool], ...] = ()
    ) -> TokenMoved:
        """Return the move along `edge`, on the token's own path unless another is given."""

    def assign(self) -> Assignment:
        """Return who the node's assignee rule stands for now, policies applied."""

    def open_visit(self, assignment: Assignment, *, need: int) -> Iterator[Move]:
        """Yield the moves that open a visit for these people."""

    def give_notice(self, assignment: Assignment) -> Iterator[Move]:
        """Yield the move that lets these people know."""

    def fire(self, on: str, rules: tuple[str, ...] | None = None) -> Iterator[RulesFired]:
        """Run the rules of this moment; yields nothing if there are none."""

    def split(self) -> Iterator[Move]:
        """Yield the moves that open a scope with one token for every outgoing edge."""

    def arrive(self) -> Iterator[Move]:
        """Yield the move that counts this token's branch as arrived."""

    def end(self, *, whole_case: bool) -> Iterator[Move]:
        """Yield the moves that end this token, or the whole case at once."""


class NodeKind(ABC):
    """One kind of node; one instance serves every flow."""

    code: ClassVar[str]
    label: ClassVar[str]
    #: Document keys it understands besides code, kind, name and note.
    keys: ClassVar[frozenset[str]] = frozenset()
    #: Whether a person acts at it, so that the case waits there.
    human: ClassVar[bool] = False
    #: How it is drawn: a box with words, a diamond, a ring.
    shape: ClassVar[Literal["task", "gateway", "event"]] = "task"
    icon: ClassVar[str] = "square"

    @abstractmethod
    def enter(self, arrival: Arrival) -> Iterator[Move]:
        """Yield what happens when a token arrives."""


class NoWayOut(Refused):
    """No condition of a branch holds and there is no default; carries which were tried."""

    def __init__(self, node: Node, trace: tuple[tuple[str, bool], ...]) -> None:
        tried = listed(_("“%(condition)s”不成立", condition=condition) for condition, _held in trace)
        message = _(
            "条件分支“%(node)s”没有可走的路：%(tried)s。请联系流程管理员。",
            node=node.name or node.code,
            tried=tried,
        )
        super().__init__("no_way_out", message)
        self.trace = trace
