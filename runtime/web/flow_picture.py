"""A flow's picture as js/flow/picture.js draws it: the same for designing and for following a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.assignees import SOURCES
from runtime.language.graph import START
from runtime.language.speech import _, listed
from runtime.nodes import NODES
from runtime.nodes.picture import items, kinds, lanes, points, size_of

#: Characters of a condition that stands at an edge without a label.
_LONGEST = 22
#: Decisions of several people.
_TOGETHER = frozenset({"any", "all", "count", "percent"})

#: How people read a slot, field or person that a source names: kind of thing, code.
Naming = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a node beside what it is: how far a case is, what is wrong."""

    #: done, active, todo, bad; empty while designing.
    state: str = ""
    #: Second line, in the place of who works there.
    note: str = ""


def as_it_is(_kind: str, code: str) -> str:
    """Name everything by its code."""
    return code


def flow_picture(
    document: Mapping[str, Any],
    *,
    naming: Naming = as_it_is,
    marks: Mapping[str, Mark] | None = None,
    walked: Mapping[tuple[str, str], str] | None = None,
) -> dict[str, Any]:
    """Return nodes, edges and lanes of a flow's document; `marks` and `walked` (states of ways) of a case."""
    places, known = points(document), kinds(document)
    start = document.get("start")
    first = {**(start if isinstance(start, Mapping) else {}), "code": START, "kind": START}
    nodes: dict[str, dict[str, Any]] = {}
    for one in (first, *items(document, "nodes")):
        code = str(one.get("code", ""))
        if code not in known or code in nodes:
            continue
        mark = (marks or {}).get(code, Mark("todo" if marks is not None else ""))
        nodes[code] = _node(one, code, places[code], mark, naming)
    return {
        "nodes": list(nodes.values()),
        "edges": [
            {
                **one,
                "state": (walked or {}).get((one["from"], one["to"]), "todo" if marks is not None else ""),
            }
            for one in _edges(document, known)
        ],
        "lanes": _lanes(document),
    }


def name_of(node: Mapping[str, Any]) -> str:
    """Return how people read a node: its name, else what its kind is called."""
    name = node.get("name")
    if isinstance(name, str) and name.strip():
        return name
    kind = NODES.get(str(node.get("kind")))
    return _(kind.label) if kind else str(node.get("code") or node.get("kind") or "")


def people_of(sources: object, naming: Naming) -> str:
    """Return who a list of sources stands for, in words: "角色：法务、发起人的部门主管"."""
    if not isinstance(sources, list):
        return ""
    return listed(filter(None, (_source(one, naming) for one in sources)))


def together(node: Mapping[str, Any]) -> bool:
    """Say whether several people decide at a node."""
    decide = node.get("decide")
    word = (
        decide if isinstance(decide, str) else next(iter(decide), "") if isinstance(decide, Mapping) else ""
    )
    return word in _TOGETHER


def _node(
    one: Mapping[str, Any], code: str, place: tuple[int, int], mark: Mark, naming: Naming
) -> dict[str, Any]:
    kind = str(one.get("kind", ""))
    word = NODES.get(kind)
    wide, high = size_of(kind)
    many = together(one)
    return {
        "code": code,
        "kind": kind,
        "shape": word.shape if word else "task",
        "icon": "users-group" if many else word.icon if word else "question-mark",
        "tone": "violet" if many else "accent" if word and word.human else "ok",
        "name": name_of(one),
        "note": mark.note or (_who(one, naming) if not mark.state else ""),
        "state": mark.state,
        "x": place[0],
        "y": place[1],
        "w": wide,
        "h": high,
    }


def _who(one: Mapping[str, Any], naming: Naming) -> str:
    word = NODES.get(str(one.get("kind")))
    if word is None or "assignees" not in word.keys:
        return ""
    return people_of(one.get("assignees"), naming) or _("未设置处理人")


def _source(one: object, naming: Naming) -> str:
    if isinstance(one, str):
        word = SOURCES.get(one)
        return _(word.label) if word else one
    if not isinstance(one, Mapping):
        return ""
    for kind, of in one.items():
        word = SOURCES.get(str(kind))
        if word is not None:
            what = next(iter(sorted(word.of)), "")
            named = naming(what, str(of))
            if what == "person":
                return _("%(whose)s的%(what)s", whose=named, what=_(word.label))
            return _("%(kind)s：%(name)s", kind=_(word.label), name=named)
    return ""


def _edges(document: Mapping[str, Any], known: Mapping[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    numbers: dict[tuple[str, str], int] = {}
    for one in items(document, "edges"):
        way = (str(one.get("from", "")), str(one.get("to", "")))
        number = numbers.get(way, 0)
        numbers[way] = number + 1
        if way[0] in known and way[1] in known:
            kind = (
                "reject"
                if one.get("outcome") == "rejected"
                else "default"
                if one.get("default") is True
                else ""
            )
            found.append({"from": way[0], "to": way[1], "n": number, "label": _label(one), "kind": kind})
    drawn = {(one["from"], one["to"]) for one in found if one["kind"] == "reject"}
    for one in items(document, "nodes"):
        way = (str(one.get("code", "")), str(one.get("on_reject", "")))
        if way[0] in known and way[1] in known and way[1] not in (START, "end") and way not in drawn:
            drawn.add(way)
            found.append({"from": way[0], "to": way[1], "n": -1, "label": _("不同意"), "kind": "reject"})
    return found


def _label(edge: Mapping[str, Any]) -> str:
    label, when = edge.get("label"), edge.get("when")
    if isinstance(label, str) and label.strip():
        return label
    if when is not None and when != "":
        text = str(when)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    if edge.get("outcome") == "rejected":
        return _("不同意")
    return _("默认") if edge.get("default") is True else ""


def _lanes(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    found, top = [], 0
    for code, name, high in lanes(document):
        found.append({"code": code, "name": name, "y": top, "h": high})
        top += high
    return found
