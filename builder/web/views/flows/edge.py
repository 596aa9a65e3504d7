"""The panel of one edge: where it leads, and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.web.views.flows.subject import Subject
from runtime.language.graph import CHOOSING, START
from runtime.language.whole_number import whole_number
from runtime.web.views.common import Choice


@dataclass(frozen=True, slots=True)
class EdgePanel:
    """One edge; the JSON of each choice is the edit that it makes."""

    ref: Mapping[str, Any]
    place: tuple[str | int, ...]
    origin: str
    to: str
    targets: tuple[Choice, ...]
    label: str
    when: Any
    scope: str
    #: Its node chooses among its edges.
    choosing: bool
    default: bool
    outcome: str
    #: Its number among the edges of its node, and how many there are.
    number: int
    count: int


def edge_panel(subject: Subject, named: str) -> EdgePanel | None:
    """Return the panel of the edge `<from>><to>#<n>`; None if there is none."""
    ways, _hash, number = named.rpartition("#")
    origin, _arrow, to = ways.partition(">")
    edges = [(at, one) for at, one in enumerate(subject.flow.get("edges") or ()) if isinstance(one, Mapping)]
    fitting = [(at, one) for at, one in edges if one.get("from") == origin and one.get("to") == to]
    chosen = whole_number(number)
    if chosen is None or chosen >= len(fitting):
        return None
    at, edge = fitting[chosen]
    ref = {"from": origin, "to": to, "n": chosen}
    siblings = [place for place, one in edges if one.get("from") == origin]
    kind = next((str(one.get("kind")) for one in subject.nodes if one["code"] == origin), "")
    targets = [code for code in subject.names if code not in (START, origin)]
    return EdgePanel(
        ref=ref,
        place=("edges", at),
        origin=subject.names.get(origin, origin),
        to=subject.names.get(to, to),
        targets=tuple(
            Choice(
                json.dumps({"do": "set_edge", "edge": ref, "values": {"to": one}}),
                subject.names[one],
                one == to,
            )
            for one in targets
        ),
        label=str(edge.get("label") or ""),
        when=edge.get("when"),
        scope=f"entity:{subject.flow.get('form') or ''}",
        choosing=kind in CHOOSING,
        default=edge.get("default") is True,
        outcome=str(edge.get("outcome") or ""),
        number=siblings.index(at),
        count=len(siblings),
    )
