"""Places in a document, written `$.fields[3].type`."""

import json
import re
from collections.abc import Iterable

#: Keys and indexes from the root of a document to a value.
Place = tuple[str | int, ...]

_SIMPLE = re.compile(r"[\w/]+")
_STEP = re.compile(r"\.([\w/]+)|\[(\d+)\]|\[(\"(?:[^\"\\]|\\.)*\")\]")


def written(place: Iterable[str | int]) -> str:
    """Return the place as text: `("fields", 3, "type")` → `$.fields[3].type`."""
    return "$" + "".join(_written_step(step) for step in place)


def _written_step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _SIMPLE.fullmatch(step) else f"[{json.dumps(step, ensure_ascii=False)}]"


def read_place(text: str) -> Place:
    """Return what `written` wrote; what it cannot read ends the place there."""
    steps: list[str | int] = []
    at = 1
    while found := _STEP.match(text, at):
        key, index, quoted = found.groups()
        steps.append(int(index) if index is not None else key if key is not None else json.loads(quoted))
        at = found.end()
    return tuple(steps)


def in_file(file: str, place: Iterable[str | int]) -> str:
    """Return the path of a problem in a pack: `forms/change.yaml $.fields[3].type`."""
    return f"{file} {written(place)}"


def split_path(path: str) -> tuple[str, Place]:
    """Return file ("" if there is none) and place of a problem's path."""
    file, _, place = path.rpartition(" $")
    return file, read_place(f"${place}" if file else path)
