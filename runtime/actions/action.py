"""What every action is given, and the compiled rule it runs."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from runtime.actions.rows import Effect, Rows
from runtime.language.expressions.environment import Env
from runtime.language.refusal import Refused
from runtime.language.rule import Rule

#: A compiled expression.
Formula = Callable[[Env], Any]


@dataclass(frozen=True)
class CompiledRule:
    """A rule whose expressions are ready to be evaluated; made once per release."""

    rule: Rule
    #: "pack/table" of the target, None for actions without one.
    table: str | None = None
    when: Formula | None = None
    where: Formula | None = None
    guard: Formula | None = None
    match: Mapping[str, Formula] = field(default_factory=dict)
    set: Mapping[str, Formula] = field(default_factory=dict)
    add: Mapping[str, Formula] = field(default_factory=dict)
    subtract: Mapping[str, Formula] = field(default_factory=dict)
    message: Callable[[Env], str] | None = None
    #: Whether the rule reads `old.*` in `when`, which must then be asked per target.
    when_reads_old: bool = False

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code


class GuardFailed(Refused):
    """A guard does not hold: the whole action stops, with the figures."""


class WrongRows(Refused):
    """A rule must find exactly one row (or at least one) and did not."""


class Action(ABC):
    """One thing a rule can do."""

    code: ClassVar[str]
    label: ClassVar[str]
    keys: ClassVar[frozenset[str]]
    required: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def run(self, rule: CompiledRule, env: Env, rows: Rows) -> Iterator[Effect]:
        """Do it, once or for each row, and yield a line per effect.

        :raises Refused: if it cannot be done; the whole action of the person stops.
        """


def each_env(rule: CompiledRule, env: Env) -> Iterator[Env]:
    """Yield the values to run with: once, or once per row of the sub-table that `each` names, in order."""
    if rule.rule.each is None:
        yield env
        return
    for index, row in enumerate(env.record.get(rule.rule.each) or (), start=1):
        yield replace(env, row=row, index=index)


def applies(rule: CompiledRule, env: Env) -> bool:
    """Return whether the rule's `when` holds; one that reads `old.*` is asked per target."""
    return rule.when is None or rule.when_reads_old or bool(rule.when(env))


def told(rule: CompiledRule, env: Env, otherwise: str) -> str:
    """Return the rule's message with its figures, or `otherwise`."""
    return rule.message(env) if rule.message else otherwise
