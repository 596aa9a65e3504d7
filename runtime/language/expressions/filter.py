"""A condition that a database can test: plain values, made by `subset`, turned into SQL by the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from runtime.language.expressions.compile import Compiled
from runtime.language.expressions.environment import Env
from runtime.language.expressions.types import Type


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row: a field's code, or `record.owner` and its like."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that does not depend on the row: number `place` of those computed first."""

    place: int
    type: Type


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers added and subtracted (sign +1 or −1); every column has the same scale, empty counts as 0."""

    terms: tuple[tuple[int, Column | Computed], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A date or moment moved by days, step by step (sign +1 or −1)."""

    column: Column
    steps: tuple[tuple[int, Computed], ...]


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """Days from one date to another; at least one is a column."""

    first: Column | Computed
    last: Column | Computed


Operand = Column | Computed | Sum | Moved | DaysBetween


@dataclass(frozen=True, slots=True)
class Fixed:
    """A condition that does not depend on the row."""

    value: Computed


@dataclass(frozen=True, slots=True)
class Truth:
    """A boolean column that is true."""

    column: Column


@dataclass(frozen=True, slots=True)
class Empty:
    """A column without a value."""

    column: Column


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison, false if either side is empty; `sign` is one of `== != < <= > >=`."""

    left: Operand
    sign: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Among:
    """A value that equals one of a computed list, or none of it; false if the value is empty."""

    operand: Operand
    values: Computed
    negated: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; none is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: "Condition"


Condition = Fixed | Truth | Empty | Pair | Among | Every | Some | Negation


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition for SQL, with the expressions whose values it needs first."""

    root: Condition
    computed: tuple[Compiled, ...]
    #: Names of the columns it tests.
    columns: frozenset[str]

    def values(self, env: Env) -> Sequence[Any]:
        """Return the values that do not depend on the row.

        :raises EvaluationError: as the expressions do.
        """
        return tuple(one.evaluate(env) for one in self.computed)


def columns_of(operand: Operand) -> tuple[Column, ...]:
    """Return the columns that an operand reads."""
    match operand:
        case Column():
            return (operand,)
        case Sum():
            return tuple(term for _, term in operand.terms if isinstance(term, Column))
        case Moved():
            return (operand.column,)
        case DaysBetween():
            return tuple(side for side in (operand.first, operand.last) if isinstance(side, Column))
    return ()
