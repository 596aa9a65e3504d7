"""The world as the engine asks about it: an organisation, named facts, rules that write facts, a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from runtime.engine.situation import Passed, Trigger
from runtime.language.directory import Directory
from runtime.language.refusal import Refused
from tests.unit.engine.people import HOUSE
from tests.unit.engine.rows import Rows


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger."""

    rule: str
    path: str
    visit: int
    standing: bool = True


@dataclass
class FakePorts:
    """Answers from memory."""

    rows: Rows
    directory: Directory = HOUSE
    #: What conditions and user fields read.
    facts: dict[str, Any] = field(default_factory=dict)
    #: Rules by the moment they wait for.
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What a rule writes into the facts.
    writes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: Rules whose guard fails.
    guarded: set[str] = field(default_factory=set)
    fired: list[Trigger] = field(default_factory=list)
    ledger: list[Entry] = field(default_factory=list)

    def holds(self, condition: Any) -> bool:
        """Return whether the fact of this name is true."""
        return bool(self.facts.get(condition))

    def value(self, field: str) -> Any:
        """Return a fact."""
        return self.facts.get(field)

    def handlers(self, visit: int) -> tuple[str, ...]:
        """Return who finished a task of this visit in favour."""
        return self.rows.handlers(visit)

    def earlier(self) -> frozenset[str]:
        """Return who approved in this case."""
        return self.rows.earlier()

    def passed(self, path: str) -> tuple[Passed, ...]:
        """Return the human nodes completed at `path` or above it."""
        return self.rows.passed(path)

    def fire(self, trigger: Trigger) -> tuple[Any, ...]:
        """Write what the rules of this moment write, a ledger line each."""
        self.fired.append(trigger)
        rules = self.rules.get(trigger.on, ()) if trigger.rules is None else trigger.rules
        for rule in rules:
            if rule in self.guarded:
                raise Refused("guard", "余额不足。")
            self.facts |= self.writes.get(rule, {})
            self.ledger.append(Entry(rule, trigger.path, trigger.visit))
        return tuple({"rule": rule} for rule in rules)

    def invert(self, path: str, since_visit: int) -> tuple[Any, ...]:
        """Strike the lines made at or below `path` since this visit, newest first."""
        struck = []
        for place, entry in reversed(list(enumerate(self.ledger))):
            if entry.standing and entry.path.startswith(path) and entry.visit >= since_visit:
                self.ledger[place] = Entry(entry.rule, entry.path, entry.visit, standing=False)
                struck.append({"rule": entry.rule})
        return tuple(struck)

    def moments(self) -> list[str]:
        """Return the moments at which rules were asked, in order."""
        return [trigger.on for trigger in self.fired]

    def standing(self) -> list[str]:
        """Return the rules whose effects stand."""
        return [entry.rule for entry in self.ledger if entry.standing]
