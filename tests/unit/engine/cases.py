"""Flows and cases that several tests begin with."""

from __future__ import annotations

from typing import Any

from runtime.language.flow import Decide, Node, Source
from tests.unit.engine.flows import approve, fill, flow_of
from tests.unit.engine.running import Running

#: Four people, one after the other; the last may only return to `a`.
LINE = flow_of(
    [fill("f", "cal"), approve("a", "amy"), approve("b", "bob"), approve("z", "leo", return_to=("a",))],
    "start > f > a > b > z > end",
)
#: Who decides together.
FIVE = ("amy", "bob", "leo", "cal", "una")
#: A source that finds nobody.
NOBODY = (Source("role", "nobody"),)


def submitted(*nodes: Node, initiator: str = "ivy", **keys: Any) -> Running:
    """Return a submitted case whose nodes follow one another."""
    codes = " > ".join(node.code for node in nodes)
    case = Running(flow_of(nodes, f"start > {codes} > end"), initiator=initiator, **keys)
    case.submit()
    return case


def deciding(rule: str, number: int | None = None, people: tuple[str, ...] = FIVE, **keys: Any) -> Running:
    """Return a submitted case whose only node these people decide on."""
    node = approve("a", *people, decide=Decide(rule, number), on_reject="end", **keys)  # type: ignore[arg-type]
    case = Running(flow_of([node], "start > a > end"))
    case.submit()
    return case
