"""Business rules: write-back, linkage and automation, one concept (flow-semantics §7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from runtime.language.flow import Source


@dataclass(frozen=True, slots=True)
class TimeTrigger:
    """When the clock fires a rule. Exactly one of the first six is given."""

    daily: str | None = None
    weekly: str | None = None
    monthly: str | None = None
    every: str | None = None
    before: str | None = None
    after: str | None = None
    #: Days before or after the date field.
    days: tuple[int, ...] = ()
    #: "HH:MM" of the installation's time zone.
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens, when, and to which rows. Keys as in definitions §4 "Rule keys"."""

    code: str
    #: `submitted`, `approved`, `node.<code>.done`, `created` …, or a time trigger.
    on: str | TimeTrigger
    do: str
    name: str = ""
    note: str = ""
    flow: str | None = None
    source: str | None = None
    when: str | None = None
    #: Target entity.
    table: str | None = None
    match: Mapping[str, str] = field(default_factory=dict)
    where: str | None = None
    each: str | None = None
    set: Mapping[str, str] = field(default_factory=dict)
    add: Mapping[str, str] = field(default_factory=dict)
    subtract: Mapping[str, str] = field(default_factory=dict)
    guard: str | None = None
    #: None: `one` for update, `any` for delete (definitions §4).
    rows: Literal["one", "some", "any"] | None = None
    message: str = ""
    #: `notify`: to whom, through what, how often again.
    to: tuple[Source, ...] = ()
    channels: tuple[str, ...] = ()
    repeat_days: int | None = None
    #: `start`: the flow to start, and who is its initiator.
    start: str | None = None
    initiator: Source | None = None
    #: What only this action knows.
    options: Mapping[str, Any] = field(default_factory=dict)
