"""Inputs of a property panel as values: what each shows, and which place of the document it changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from builder.edits.place import Place

#: How an input looks; `macros/field_panel.html` draws one each.
Kind = Literal[
    "text", "long", "number", "lines", "switch", "select", "json", "acts", "rename", "convert",
    "expression", "ordered", "pairs", "checks", "told", "sorting", "rename_view", "adding", "act",
]  # fmt: skip

#: An edit as a page posts it.
Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to choose that is more than a value: choosing it makes the edit."""

    label: str
    change: Change
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """What choosing a row fills in: our field from a column of the source."""

    ours: str
    ours_label: str
    place: Place
    theirs: str


@dataclass(frozen=True, slots=True)
class Check:
    """A validation of a field."""

    place: Place
    check: str
    message: str
    level: str
    remove: Change
    #: Its name; of a field's own validations the field's.
    code: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One row of a panel."""

    id: str
    label: str
    kind: Kind
    place: Place
    value: Any = None
    #: Value and label of what may be chosen.
    options: tuple[tuple[str, str], ...] = ()
    #: Label of "nothing chosen"; None where something must be.
    empty: str | None = None
    help: str = ""
    hint: str = ""
    #: Of an expression: what it may name, and what it must give.
    scope: str = ""
    want: str = ""
    #: Of a switch: what holds when nothing is written.
    normal: bool = False
    readonly: bool = False
    acts: tuple[Act, ...] = ()
    pairs: tuple[Pair, ...] = ()
    checks: tuple[Check, ...] = ()
    #: The edit that adds to a list.
    add: Change | None = None
    #: Where one may go on from here: the dictionary that is named.
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    title: str
    inputs: tuple[Input, ...]
    switches: tuple[Input, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.inputs or self.switches)


def setting(place: Place, value: Any) -> Change:
    """Return the edit that writes a value at a place."""
    return {"do": "set", "place": list(place), "value": value}


def setting_many(place: Place, **values: Any) -> Change:
    """Return the edit that writes several values of a mapping; None takes one out."""
    return {"do": "set_many", "place": list(place), "values": values}
