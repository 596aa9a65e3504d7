"""How an action reaches the rows of other entities, and the lines it leaves in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Target:
    """A row found for a rule, locked, with its values as they are now."""

    #: "pack/table".
    entity: str
    id: int
    values: Mapping[str, Any]
    #: What the port keeps of the row for itself.
    row: Any = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One ledger line: what a rule wrote into one column of one row (or did to the row)."""

    rule: str
    entity: str
    row: int
    op: str  # set | add | create | delete | start
    column: str | None = None
    before: Any = None
    after: Any = None
    #: Signed; what taking the effect back subtracts again.
    delta: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """A column to be written: its new value, and by how much where it was added."""

    value: Any
    delta: Decimal | None = None


class Rows(Protocol):
    """The data port of actions. Everything happens in the transaction of the action that fired the rule."""

    def find(self, entity: str, match: Mapping[str, Any]) -> list[Target]:
        """Return the live rows whose columns equal these values, locked, by id."""

    def create(self, rule: str, entity: str, values: Mapping[str, Any]) -> list[Effect]:
        """Insert a row; defaults and formulas as for a person's.

        :raises Refused: if a required field is empty or a unique value exists; names rule and field.
        """

    def update(self, rule: str, target: Target, writes: Mapping[str, Write]) -> list[Effect]:
        """Write columns of a row; its formulas follow."""

    def delete(self, rule: str, target: Target) -> list[Effect]:
        """Take a row out of its table; taking the effect back restores it."""

    def start(self, rule: str, flow: str, values: Mapping[str, Any], initiator: str) -> list[Effect]:
        """Start another flow with these field values."""

    def notify(self, rule: str, people: tuple[str, ...], message: str, channels: tuple[str, ...]) -> None:
        """Tell people, after the commit."""

    def person_of(self, source: Any, old: Mapping[str, Any] | None) -> tuple[str, ...]:
        """Return the people an assignee source stands for, with `old` as the record if given."""
