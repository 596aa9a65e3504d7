"""Problems of a flow as its page lists them: each with what to select."""

from collections.abc import Iterable, Mapping
from typing import Any

from runtime.language.graph import START
from runtime.language.place import split_path
from runtime.language.problem import Problem
from runtime.nodes.picture import kinds


def problems_of(problems: Iterable[Problem], file: str, flow: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the problems of one flow's file: `message`, and `select` as the page names what it selects."""
    return [
        {"message": one.message, "select": _selected(split_path(one.path)[1], flow)}
        for one in problems
        if split_path(one.path)[0] == file
    ]


def _selected(place: tuple[str | int, ...], flow: Mapping[str, Any]) -> str:
    match place:
        case ("start", *_):
            return f"node:{START}"
        case ("nodes", int(at), *_):
            node = _item(flow, "nodes", at)
            return f"node:{node['code']}" if node and node.get("code") in kinds(flow) else "flow"
        case ("edges", int(at), *_):
            edge = _item(flow, "edges", at)
            if edge is None:
                return "flow"
            before = [one for one in flow["edges"][:at] if isinstance(one, Mapping)]
            number = sum(
                one.get("from") == edge.get("from") and one.get("to") == edge.get("to") for one in before
            )
            return f"edge:{edge.get('from')}>{edge.get('to')}#{number}"
    return "flow"


def _item(flow: Mapping[str, Any], key: str, at: int) -> Mapping[str, Any] | None:
    listed = flow.get(key)
    found = listed[at] if isinstance(listed, list) and 0 <= at < len(listed) else None
    return found if isinstance(found, Mapping) else None
