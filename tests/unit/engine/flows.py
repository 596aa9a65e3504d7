"""Flows for tests, written as text: `start > a > g; g > b if big; g > end else; b > fix no`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from runtime.engine.compiled_flow import CompiledFlow, compile_flow
from runtime.language.flow import Edge, Flow, Node, Source, Start

APP = "shop"


def user(*codes: str) -> tuple[Source, ...]:
    """Return sources that name these people."""
    return tuple(Source("user", code) for code in codes)


def approve(code: str, *who: str, **keys: Any) -> Node:
    """Return a node where these people give a verdict."""
    return _human("approve", code, who, keys)


def fill(code: str, *who: str, **keys: Any) -> Node:
    """Return a node where these people complete fields."""
    return _human("fill", code, who, keys)


def notify(code: str, *who: str) -> Node:
    """Return a node that lets these people know."""
    return _human("notify", code, who, {})


def service(code: str, *rules: str) -> Node:
    """Return a node that runs these rules."""
    return Node(code, "service", actions=rules)


def gate(code: str, kind: str) -> Node:
    """Return a gateway."""
    return Node(code, kind)


def end(code: str = "end", *, terminate: bool = False) -> Node:
    """Return an end node."""
    return Node(code, "end", terminate=terminate)


def flow_of(
    nodes: Iterable[Node],
    edges: str | Iterable[Edge],
    *,
    joins: Mapping[str, str] | None = None,
    listens: Iterable[str] = (),
    **keys: Any,
) -> CompiledFlow:
    """Return a flow ready to run; a condition is the name of a fact that the ports know."""
    found = tuple(edges_of(edges) if isinstance(edges, str) else edges)
    # Every flow has an end, whether a test cares about it or not.
    given = tuple(nodes)
    known = given if any(node.code == "end" for node in given) else (*given, end())
    return compile_flow(
        APP,
        Flow("f", "流程", "form", Start(), known, found, **keys),
        compile_condition=str,
        joins=joins or {},
        listens=frozenset(listens),
    )


def edges_of(text: str) -> Iterable[Edge]:
    """Yield the edges of chains like `a > b > c if big`; a mark belongs to the last edge of its chain."""
    for chain in text.split(";"):
        words, when, default, outcome = chain.strip(), None, False, None
        if " if " in words:
            words, _, when = words.partition(" if ")
        elif words.endswith(" else"):
            words, default = words.removesuffix(" else"), True
        elif words.endswith(" no"):
            words, outcome = words.removesuffix(" no"), "rejected"
        codes = [code.strip() for code in words.split(">")]
        pairs = list(pairwise(codes))
        for origin, to in pairs[:-1]:
            yield Edge(origin, to)
        yield Edge(*pairs[-1], when=when, default=default, outcome=outcome)  # type: ignore[arg-type]


def _human(kind: str, code: str, who: tuple[str, ...], keys: dict[str, Any]) -> Node:
    given = {"assignees": user(*who)} | keys
    return Node(code, kind, **given)
