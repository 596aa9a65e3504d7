"""The engine's ports on a database: one case, one action, one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from runtime.actions import ACTIONS
from runtime.actions.action import CompiledRule
from runtime.actions.rows import Effect
from runtime.engine.situation import Passed, Trigger
from runtime.language.directory import Directory
from runtime.language.expressions import Env
from runtime.packs.compiled_app import CompiledApp
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.running.older_release import OlderRelease
from runtime.running.record_env import record_env
from runtime.running.rule_rows import RuleRows
from runtime.store import case_facts
from runtime.store.case_situation import code_of
from runtime.store.effects import Place
from runtime.store.lock_case import Locked


@dataclass
class CasePorts:
    """What the engine may ask while it runs one command on one case."""

    context: Context
    app: CompiledApp
    locked: Locked
    #: Reads the case's record; asked only when something needs it.
    read: Callable[[], Record]
    #: The submission that this action belongs to.
    submission: int
    _known: dict[str, Any] = field(default_factory=dict)

    @property
    def directory(self) -> Directory:
        """The organisation as it is now."""
        return self.context.directory

    @cached_property
    def record(self) -> Record:
        """The case's record, read once."""
        return self.read()

    @cached_property
    def env(self) -> Env:
        """The record's values for expressions."""
        initiator = code_of(self.directory, self.locked.initiator)
        own = (self.record.entity, self.record.id)
        ports = self.context.ports(self.locked.app, initiator=initiator, own=own)
        return record_env(self.record, ports=ports, directory=self.directory)

    def holds(self, condition: Any) -> bool:
        """Return whether a compiled condition holds for the record."""
        return bool(condition.holds(self.env))

    def value(self, field: str) -> Any:
        """Return the record's value of a field; `sub.column` gives a list."""
        code, _, column = field.partition(".")
        value = self.record.values.get(code)
        return [row.get(column) for row in value or ()] if column else value

    def handlers(self, visit: int) -> tuple[str, ...]:
        """Return who finished a task in this visit."""
        return case_facts.handlers(
            self.context.tx, case_id=self.locked.id, visit_no=visit, directory=self.directory
        )

    def earlier(self) -> frozenset[str]:
        """Return who approved in this case since the last return or submission."""
        return case_facts.earlier(self.context.tx, case_id=self.locked.id, directory=self.directory)

    def passed(self, path: str) -> tuple[Passed, ...]:
        """Return the human nodes completed at `path` or above it."""
        return case_facts.passed(self.context.tx, case_id=self.locked.id, path=path, directory=self.directory)

    def fire(self, trigger: Trigger) -> tuple[Any, ...]:
        """Run the rules of a moment in the same transaction."""
        rows = self._rows(trigger.path, trigger.visit)
        lines: list[Effect] = []
        for rule in self._rules(trigger):
            lines += ACTIONS.require(rule.rule.do).run(rule, self.env, rows)
        return tuple(_told(line) for line in lines)

    def invert(self, path: str, since_visit: int) -> tuple[Any, ...]:
        """Take back what the case's rules did at or below `path`."""
        rows = self._rows(path, self.locked.visits)
        return tuple(_told(line) for line in rows.take_back(path=path, since_visit=since_visit))

    def _rules(self, trigger: Trigger) -> tuple[CompiledRule, ...]:
        if trigger.rules is not None:
            return tuple(self.app.rules[code] for code in trigger.rules)
        return self.app.moments.get((self.locked.flow, trigger.on), ())

    def _rows(self, path: str, visit: int) -> RuleRows:
        place = Place(self.locked.id, self.locked.seq + 1, path, visit, self.submission)
        return RuleRows(
            self.context,
            self.locked.app,
            place,
            env=lambda: self.env,
            value=self.value,
            drawn=self.locked.drawn or {},
            older=self._older,
        )

    @cached_property
    def _older(self) -> OlderRelease:
        """What the case's release knows of its app's tables besides today's."""
        number = self.context.world.older(self.context.tx, self.locked.release)
        return OlderRelease(self.context, self.app.entities, self.locked.app, number)


def _told(line: Effect) -> tuple[Any, ...]:
    """Return a ledger line as the history keeps it: rule, table, row, what, column, before and after."""
    texts = (None if one is None else str(one) for one in (line.before, line.after, line.delta))
    return (line.rule, line.entity, line.row, line.op, line.column, *texts)
