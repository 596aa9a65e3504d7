"""The nodes and connections of a flow before and after."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from builder.compare.change import Detail, Part, by_name, keys_changed, text_of
from runtime.language.graph import CHOOSING
from runtime.language.speech import _

_BESIDES = frozenset({"code", "name"})


def flow_details(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Detail]:
    """Yield what happened to nodes and connections; where they stand in the picture says nothing."""
    old, new = by_name(before.get("nodes")), by_name(after.get("nodes"))
    if keys_changed(before.get("start"), after.get("start")):
        found = keys_changed(before.get("start"), after.get("start"))
        yield Detail("node", "changed", "start", _start(after), after="、".join(found))
    yield from _items("node", old, new)
    yield from _edges(before, after, {**old, **new})
    yield from _orders(before, after, new)


def _items(part: Part, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Detail]:
    for code, one in new.items():
        name = text_of(one.get("name")) or code
        if code not in old:
            yield Detail(part, "added", code, name)
            continue
        was = text_of(old[code].get("name")) or code
        if was != name:
            yield Detail(part, "renamed", code, name, was, name)
        if found := keys_changed(old[code], one, besides=_BESIDES):
            yield Detail(part, "changed", code, name, after="、".join(found))
    for code, one in old.items():
        if code not in new:
            yield Detail(part, "removed", code, text_of(one.get("name")) or code)


def _edges(before: Mapping[str, Any], after: Mapping[str, Any], nodes: Mapping[str, Any]) -> Iterator[Detail]:
    old, new = _by_ends(before), _by_ends(after)
    for ends, one in new.items():
        if ends not in old:
            yield Detail("edge", "added", ends, _named(one, nodes, after))
        elif found := keys_changed(old[ends], one):
            yield Detail("edge", "changed", ends, _named(one, nodes, after), after="、".join(found))
    for ends, one in old.items():
        if ends not in new:
            yield Detail("edge", "removed", ends, _named(one, nodes, before))


def _orders(
    before: Mapping[str, Any], after: Mapping[str, Any], nodes: Mapping[str, Any]
) -> Iterator[Detail]:
    """Yield the nodes that try their edges in another order: the first whose condition holds is taken."""
    old, new = _by_ends(before), _by_ends(after)
    for code, node in nodes.items():
        if node.get("kind") not in CHOOSING:
            continue
        was, now = (
            [ends for ends, edge in one.items() if ends in other and edge.get("from") == code]
            for one, other in ((old, new), (new, old))
        )
        if was != now:
            yield Detail("node", "changed", code, text_of(node.get("name")) or code, after="order")


def _by_ends(flow: Mapping[str, Any]) -> dict[str, Any]:
    """Return the connections by where they lead; several between the same nodes are counted."""
    seen = Counter[str]()
    found = {}
    for one in flow.get("edges") or ():
        if not isinstance(one, dict):
            continue
        ends = f"{one.get('from')}→{one.get('to')}"
        seen[ends] += 1
        found[ends if seen[ends] == 1 else f"{ends} #{seen[ends]}"] = one
    return found


def _named(edge: Mapping[str, Any], nodes: Mapping[str, Any], flow: Mapping[str, Any]) -> str:
    def name(code: Any) -> str:
        if code == "start":
            return _start(flow)
        node = nodes.get(str(code))
        return (text_of(node.get("name")) if node else "") or text_of(code)

    return f"{name(edge.get('from'))} → {name(edge.get('to'))}"


def _start(flow: Mapping[str, Any]) -> str:
    start = flow.get("start")
    return (text_of(start.get("name")) if isinstance(start, dict) else "") or _("发起")
