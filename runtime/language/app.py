"""An app: everything one pack defines, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from runtime.language.entity import Entity
from runtime.language.flow import Flow
from runtime.language.rule import Rule


@dataclass(frozen=True, slots=True)
class Slot:
    """What a pack needs of the customer's organisation, bound at installation."""

    code: str
    kind: Literal["role", "department", "post", "user", "connector", "secret"]
    name: str
    note: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a pack's changelog."""

    version: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`pack.yaml`."""

    schema: int
    code: str
    name: str
    version: str
    summary: str = ""
    icon: str = "file-text"
    requires: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    changelog: tuple[Change, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a dictionary."""

    value: str
    label: str
    colour: str = ""
    disabled: bool = False
    children: tuple["Item", ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A list (or tree) of allowed values with labels."""

    code: str
    name: str
    items: tuple[Item, ...]
    note: str = ""

    def labels(self) -> dict[str, str]:
        """Return label by value, of the whole tree."""
        found: dict[str, str] = {}
        waiting = list(self.items)
        while waiting:
            item = waiting.pop()
            found[item.value] = item.label
            waiting.extend(item.children)
        return found


@dataclass(frozen=True, slots=True)
class Permission:
    """A grant: who may do what with which rows of which entities."""

    who: str
    on: tuple[str, ...]
    scope: Literal["own", "dept", "dept_tree", "company", "all", "granted"]
    can: tuple[str, ...]
    hide: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    where: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of an app's menu. `flow` starts that flow, `table` (with `view`) opens a list."""

    name: str
    flow: str | None = None
    table: str | None = None
    view: str | None = None
    icon: str = ""
    #: Role slots that see it; empty means everybody who may use the target.
    roles: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """A test of the pack: a story in steps, and what must hold then."""

    name: str
    steps: tuple[Mapping[str, Any], ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)
    clock: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class App:
    """One pack as a value; its release is this value, immutable and content-addressed."""

    manifest: Manifest
    dictionaries: tuple[Dictionary, ...] = ()
    entities: tuple[Entity, ...] = ()
    flows: tuple[Flow, ...] = ()
    rules: tuple[Rule, ...] = ()
    permissions: tuple[Permission, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    queries: tuple[Mapping[str, Any], ...] = ()
    walkthroughs: tuple[Walkthrough, ...] = ()
    #: File by `kind/code` ("flow/change" → "flows/change.yaml"), for problems and for a stable export.
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The pack's code."""
        return self.manifest.code

    def entity(self, code: str) -> Entity | None:
        """Return this app's form or table named `code`, or None."""
        return next((one for one in self.entities if one.code == code), None)

    def flow(self, code: str) -> Flow | None:
        """Return the flow named `code`, or None."""
        return next((one for one in self.flows if one.code == code), None)

    def dictionary(self, code: str) -> Dictionary | None:
        """Return the dictionary named `code`, or None."""
        return next((one for one in self.dictionaries if one.code == code), None)

    def rule(self, code: str) -> Rule | None:
        """Return the rule named `code`, or None."""
        return next((one for one in self.rules if one.code == code), None)

    def ref(self, name: str) -> str:
        """Return `name` as a full path: `table` → `pack/table`, `pack/table` as it is."""
        return name if "/" in name else f"{self.code}/{name}"
