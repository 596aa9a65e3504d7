"""Where the nodes of a flow's document stand on the canvas. Documents may be half finished."""

from collections.abc import Iterator, Mapping
from typing import Any

from runtime.language.arrange import Point, arranged, lane_heights
from runtime.language.graph import START
from runtime.nodes import NODES

#: Units of the canvas.
SIZES = {"task": (156, 64), "gateway": (46, 46), "event": (44, 44)}
LANE_HEIGHT = 160
#: Where something stands that was never placed, below everything that was.
_BELOW = 140


def items(document: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return the entries of a list of a document that are mappings; none if there is no list."""
    found = document.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def shape_of(kind: object) -> str:
    """Return how a kind of node is drawn; an unknown one as a box."""
    found = NODES.get(kind) if isinstance(kind, str) else None
    return found.shape if found else "task"


def kinds(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the kind of each node by its code, the start first."""
    found = {START: "start"}
    for one in items(document, "nodes"):
        if isinstance(one.get("code"), str):
            found[one["code"]] = str(one.get("kind", ""))
    return found


def size_of(kind: str) -> tuple[int, int]:
    """Return width and height of a node of this kind."""
    return SIZES[shape_of(kind)]


def ways(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield from where to where tokens can go: edges, and where a rejected node leads."""
    for one in items(document, "edges"):
        yield str(one.get("from", "")), str(one.get("to", ""))
    for one in items(document, "nodes"):
        target = one.get("on_reject")
        if isinstance(target, str) and target not in ("end", START):
            yield str(one.get("code", "")), target


def lanes(document: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Return code, name and height of each lane, top first."""
    return [
        (str(one.get("code", "")), str(one.get("name", "")), _whole(one.get("height"), LANE_HEIGHT))
        for one in items(document, "lanes")
    ]


def points(document: Mapping[str, Any]) -> dict[str, Point]:
    """Return the middle of every node: as written, else as arranged."""
    known = kinds(document)
    picture = document.get("picture")
    written = {
        code: (place[0], place[1])
        for code, place in (picture.items() if isinstance(picture, Mapping) else ())
        if code in known and isinstance(place, list) and [type(one) for one in place] == [int, int]
    }
    if len(written) == len(known):
        return {code: written[code] for code in known}
    made = relaid(document)[0]
    down = max((y for _, y in written.values()), default=-_BELOW) + _BELOW if written else 0
    return {code: written.get(code) or (made[code][0], made[code][1] + down) for code in known}


def relaid(document: Mapping[str, Any]) -> tuple[dict[str, Point], list[int]]:
    """Return all nodes arranged anew, each in the lane it stands in, and how high each lane is then."""
    known = kinds(document)
    widths = {code: size_of(kind)[0] for code, kind in known.items()}
    edges = [(one, other) for one, other in ways(document) if one in known and other in known]
    bands = lanes(document)
    if not bands:
        return arranged(widths, edges), []
    inside = {code: lane_at(bands, y) for code, (_, y) in _written(document, known).items()}
    inside = {code: inside.get(code, 0) for code in known}
    heights = lane_heights(widths, edges, inside, [height for *_, height in bands])
    return arranged(widths, edges, lanes=inside, heights=heights), heights


def lane_at(bands: list[tuple[str, str, int]], y: int) -> int:
    """Return the number of the lane at a height; above the first and below the last it is that one."""
    bottom = 0
    for number, (*_, height) in enumerate(bands):
        bottom += height
        if y < bottom:
            return number
    return len(bands) - 1


def _written(document: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Point]:
    picture = document.get("picture")
    if not isinstance(picture, Mapping):
        return {}
    return {
        code: (_whole(place[0], 0), _whole(place[1], 0))
        for code, place in picture.items()
        if code in known and isinstance(place, list) and len(place) == 2
    }


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
