"""One thing that differs between two states of an app, as values that a page puts into words."""

from dataclasses import dataclass
from typing import Any, Literal

#: What happened to a part of an object. A field: `added`, `removed`, `retyped` (before and after are types),
#: `renamed` (labels), `required`, `optional`, `unique`, `common` (not unique any more), `hidden`, `shown`,
#: `changed` (after names the keys). The same words serve nodes, connections, values and rows.
Do = Literal[
    "added", "removed", "retyped", "renamed", "required", "optional", "unique", "common", "hidden", "shown",
    "changed",
]  # fmt: skip
#: What the part is: a field, a list of rows, a node, a connection, a value of a dictionary, a line of a
#: list without names (permissions, menu), or a property of the object itself.
Part = Literal["field", "rows", "node", "edge", "value", "line", "property"]


@dataclass(frozen=True, slots=True)
class Detail:
    """What happened to one part."""

    part: Part
    do: Do
    #: What it is called by the definition: `items.qty`, `n_legal`; a key of the language for a property.
    code: str
    #: What people call it.
    label: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one object."""

    kind: str
    do: Literal["added", "removed", "renamed", "changed"]
    code: str
    name: str
    #: The name it had, where it has another now.
    before: str = ""
    details: tuple[Detail, ...] = ()


def text_of(value: Any) -> str:
    """Return a value as a short text; nothing is an empty one."""
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def keys_changed(before: Any, after: Any, *, besides: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the keys of two mappings whose values differ, in the order of the language."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return ()
    keys = dict.fromkeys((*before, *after))
    return tuple(key for key in keys if key not in besides and before.get(key) != after.get(key))


def by_name(items: Any, name: str = "code") -> dict[str, Any]:
    """Return the mappings of a list by what names them; what has no name is left out."""
    if not isinstance(items, list):
        return {}
    return {str(one[name]): one for one in items if isinstance(one, dict) and one.get(name) is not None}
