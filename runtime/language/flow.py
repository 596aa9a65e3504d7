"""A flow: nodes and edges stored as data (flow-semantics of the product, BPMN 2.0 where silent)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Source:
    """One source of people: `{role: legal, within: department}` → kind role, of "legal", the rest options."""

    kind: str
    of: Any = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decide:
    """How many of a visit's people decide; `count` and `percent` have a number."""

    rule: Literal["claim", "any", "all", "count", "percent"] = "claim"
    #: People for `count`, percent for `percent` (0 < n ≤ 100).
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a visit's work falls due and what happens then; run by the timers of a later release."""

    minutes: int | None = None
    hours: int | None = None
    days: int | None = None
    workdays: int | None = None
    #: Field to count from instead of the visit's start.
    start: str | None = None
    #: Offsets in the same unit from the due moment; negative is before.
    remind: tuple[int, ...] = ()
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """The start node: who may start, and what they may fill in."""

    name: str = "发起"
    who: tuple[Source, ...] = ()
    #: Fields editable at the start; None means all that are not readonly.
    edit: tuple[str, ...] | None = None
    hide: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One node; which keys mean anything depends on its kind (the kind's schema has checked them)."""

    code: str
    kind: str
    name: str = ""
    note: str = ""
    assignees: tuple[Source, ...] = ()
    #: Sources whose people are taken out again.
    exclude: tuple[Source, ...] = ()
    decide: Decide = Decide()
    order: Literal["parallel", "serial"] = "parallel"
    #: None: `veto` for `all`, `vote` otherwise (flow-semantics §4).
    reject: Literal["veto", "vote"] | None = None
    finish: Literal["early", "all"] = "early"
    self_policy: Literal["superior", "self", "pass"] = "superior"
    empty: Literal["admin", "block", "named", "pass", "reject"] = "admin"
    #: The people for `empty: named`.
    empty_to: tuple[Source, ...] = ()
    duplicates: Literal["adjacent", "none", "earlier"] = "adjacent"
    edit: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    opinion: Literal["required", "optional", "none"] = "optional"
    #: Nodes one may return to; None means every passed human node.
    return_to: tuple[str, ...] | None = None
    resubmit: Literal["replay"] = "replay"
    #: None: no verdict "不同意"; `end` ends the case as rejected; else the node an edge leads to.
    on_reject: str | None = None
    due: Due | None = None
    #: `end` only: ends the whole case at once.
    terminate: bool = False
    #: `service` only: codes of the rules it runs, in order.
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection; order of edges is order of evaluation."""

    origin: str
    to: str
    when: str | None = None
    default: bool = False
    label: str = ""
    #: For edges that leave only on a rejected visit.
    outcome: Literal["approved", "rejected"] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A band across the canvas (泳道); which nodes stand in it follows from `picture`."""

    code: str
    name: str
    #: Units of the canvas; bands lie below each other from 0.
    height: int = 160


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow of one form. The start node is implied: its code is `start`."""

    code: str
    name: str
    form: str
    start: Start
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    note: str = ""
    #: Until when the initiator may withdraw: before anyone acted, or until the end.
    withdraw: Literal["untouched", "until_end"] = "untouched"
    #: Bands of the canvas, top first; no part of the meaning.
    lanes: tuple[Lane, ...] = ()
    #: Canvas positions (middles) by node code; no part of the meaning.
    picture: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def node(self, code: str) -> Node | None:
        """Return the node named `code`, or None (also for `start`, which is not in the list)."""
        return next((one for one in self.nodes if one.code == code), None)
