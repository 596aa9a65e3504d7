"""What an expression may ask for while it is evaluated: values at hand, and ports to everything else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Any, Protocol

_EMPTY: Mapping[str, Any] = MappingProxyType({})


def _empty() -> Mapping[str, Any]:
    return _EMPTY


class ExpressionPorts(Protocol):
    """Everything outside the values at hand. Equal answers give equal results: replay is deterministic.

    No method is called with an empty key, person or condition: the answer is empty without asking.
    """

    @property
    def zone(self) -> tzinfo:
        """The installation's time zone: what `date_part`, `year` and texts of moments go by."""

    @property
    def initiator(self) -> str | None:
        """The code of who started the case, or creates the record."""

    @property
    def current_user(self) -> str | None:
        """The code of who acts or looks; None where the system does."""

    def today(self) -> date:
        """Return today in the installation's time zone."""

    def now(self) -> datetime:
        """Return the present moment, aware."""

    def person(self, code: str) -> Mapping[str, Any] | None:
        """Return what is known of a person, by the names of `names.PERSON`; None for nobody."""

    def lookup(self, *, table: str, column: str, key: Any) -> Any:
        """Return `column` of the row of `table` whose key is `key`, None if there is no such row."""

    def lookup_where(self, *, table: str, column: str, conditions: Mapping[str, Any]) -> Any:
        """Return `column` of the first row (by id) that meets all conditions, None if none does.

        A condition is equality; with a list, membership.
        """

    def live(self, *, table: str, column: str, key: str, value: Any, ref: int | None) -> Any:
        """Return `column` of the row a lookup field points to: with id `ref`, else with `value` as `key`."""

    def exists(self, *, table: str, conditions: Mapping[str, Any]) -> bool:
        """Tell whether a row meets all conditions."""

    def aggregate(self, *, kind: str, table: str, column: str | None, conditions: Mapping[str, Any]) -> Any:
        """Return the `sum`, `max`, `min` or `count` over the rows that meet all conditions.

        Empty values are left out. `count` without a column counts rows. None for the max or min of nothing.
        """

    def overlap(
        self, *, table: str, start: str, end: str, starts: Any, ends: Any, conditions: Mapping[str, Any]
    ) -> bool:
        """Tell whether a row that meets all conditions runs at some time between `starts` and `ends`.

        `start` and `end` are the row's columns. Touching ends do not overlap. The record itself does not
        count.
        """

    def label(self, *, dictionary: str, value: str) -> str:
        """Return the label of a dictionary's value, the value itself if it is not listed."""

    def name(self, *, kind: str, code: str) -> str:
        """Return the name of a user, department, company, post or role, the code itself if unknown."""

    def workdays(self, first: date, last: date) -> int:
        """Return the number of workdays from `first` to `last`, both included."""


@dataclass(slots=True)
class Env:
    """The values an expression reads. Missing keys are empty."""

    ports: ExpressionPorts
    record: Mapping[str, Any] = field(default_factory=_empty)
    row: Mapping[str, Any] = field(default_factory=_empty)
    #: The place of `row` in its sub-table, from 1.
    index: int = 1
    old: Mapping[str, Any] = field(default_factory=_empty)
    form: Mapping[str, Any] = field(default_factory=_empty)
    #: `record.*` by the names of `names.SYSTEM`; people as codes.
    system: Mapping[str, Any] = field(default_factory=_empty)
    #: `flow.*` by the names of `names.FLOW`.
    flow: Mapping[str, Any] = field(default_factory=_empty)

    def of(self, record: Mapping[str, Any]) -> "Env":
        """Return the same with the values of another record; asked for often, so written out."""
        return Env(self.ports, record, self.row, self.index, self.old, self.form, self.system, self.flow)
