"""Rows for a rule that is only tried: found as they are, changed in memory, nothing written.

Only records that the person may view are found, and of them only what they may see: a rule under design must
not show its designer what the finished one may compute with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from runtime.actions.rows import Effect, Target, Write
from runtime.assignees import SOURCES
from runtime.assignees.source import Asking
from runtime.language.expressions import Env
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.records.calculate import calculate
from runtime.records.check import check
from runtime.records.defaults import defaults
from runtime.records.record import Record
from runtime.records.rights import Masked, visible_values
from runtime.records.show import title
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.running.record_env import record_env
from runtime.running.rule_rows import fitted
from runtime.store import records
from runtime.store.access import ADMINISTRATORS, Access

#: Stands for a value that the person may not even know of.
_GONE = Masked()
#: Rows that a rule may find while it is tried.
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom a rule would tell what."""

    people: tuple[str, ...]
    message: str


@dataclass
class DryRows:
    """The data port of actions for a trial."""

    context: Context
    app: str
    #: Values of the record that fires the rule, with its initiator.
    env: Env
    #: Titles of what was found, by table and id.
    titles: dict[tuple[str, int], str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    #: What flows would be started with.
    started: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    #: How many rows the last search found.
    found: int = 0
    _written: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    _deleted: set[tuple[str, int]] = field(default_factory=set)

    def find(self, entity: str, match: Mapping[str, Any]) -> list[Target]:
        """Return the live rows that match and that the person may view, by id.

        :raises Refused: if it matches by what the person may not see of every row: what is found tells it.
        """
        there, access = self.context.tables.get(entity), access_to(self.context, entity)
        self._may_match(access, match)
        where = access.rows_clause("view")
        found = records.find(
            self.context.tx, there, match=match, where=where, limit=MOST_ROWS, rows=bool(there.rows)
        )
        targets = []
        for one in found:
            key = (entity, one.id or 0)
            if key in self._deleted:
                continue
            rights = access.rights(access.standing(key[1]))
            shown = visible_values(access.entity, one.values, rights=rights)
            seen = unmasked(shown)
            env = record_env(
                replace(one, values=seen), ports=self.env.ports, directory=self.context.directory
            )
            self.titles[key] = title(access.entity, seen, env=env)
            # A computed value that is hidden stays so when it is computed again.
            written = self._written.get(key, {}).items()
            values = seen | {
                name: value for name, value in written if not isinstance(shown.get(name, _GONE), Masked)
            }
            targets.append(Target(entity, key[1], values, replace(one, values=values)))
        self.found = len(targets)
        return targets

    def _may_match(self, access: Access, match: Mapping[str, Any]) -> None:
        if self.context.actor_code in self.context.directory.members(ADMINISTRATORS):
            return
        closed = next((name for name in match if not access.is_open(name)), None)
        if closed is not None:
            field = access.entity.fields.get(closed)
            told = _(
                "“%(table)s”的“%(field)s”您无权查看，按它查找记录的规则只有系统管理员可以试算。",
                table=access.entity.entity.name,
                field=field.field.label if field else closed,
            )
            raise Refused("not_open", told)

    def create(self, rule: str, entity: str, values: Mapping[str, Any]) -> list[Effect]:
        """Return what would stand in a new row; it is checked as a person's."""
        compiled = self.context.world.entity(entity)
        given = fitted(compiled, values)
        env = Env(ports=self.env.ports)
        blank = defaults(compiled, env=env, reading=self.context.reading)
        whole = calculate(compiled, {**blank, **given}, env=env.of({**blank, **given}))
        found = check(compiled, whole, env=env)
        if found.problems:
            why = _("；").join(problem.message for problem in found.problems[:5])
            raise Refused(rule, _("不能写入“%(table)s”：%(why)s", table=compiled.entity.name, why=why))
        return [Effect(rule, entity, 0, "create", name, None, given[name]) for name in values]

    def update(self, rule: str, target: Target, writes: Mapping[str, Write]) -> list[Effect]:
        """Return what would change; later rows of the same rule see it."""
        compiled = self.context.world.entity(target.entity)
        values = fitted(compiled, {name: write.value for name, write in writes.items()})
        given = {**target.values, **values}
        env = Env(ports=self.env.ports)
        self._written[target.entity, target.id] = dict(calculate(compiled, given, env=env.of(given)))
        return [
            Effect(rule, target.entity, target.id, "set", name, target.values.get(name), values[name])
            for name in writes
        ]

    def delete(self, rule: str, target: Target) -> list[Effect]:
        """Return that the row would go."""
        self._deleted.add((target.entity, target.id))
        return [Effect(rule, target.entity, target.id, "delete")]

    def start(self, rule: str, flow: str, values: Mapping[str, Any], initiator: str) -> list[Effect]:
        """Note the flow that would be started."""
        del rule, initiator
        self.started.append((flow, dict(values)))
        return []

    def notify(self, rule: str, people: tuple[str, ...], message: str, channels: tuple[str, ...]) -> None:
        """Note whom the rule would tell."""
        del rule, channels
        known = self.context.directory.people
        self.notices.append(Notice(tuple(known[one].name for one in people if one in known), message))

    def person_of(self, source: Any, old: Mapping[str, Any] | None) -> tuple[str, ...]:
        """Return the people a source stands for."""
        asking = Asking(
            directory=self.context.directory,
            app=self.app,
            initiator=self.env.ports.initiator or "",
            previous=(self.context.actor_code,),
            value=(old if old is not None else self.env.record).get,
        )
        return SOURCES.require(source.kind).people(source, asking).people


def unmasked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without what is left of those that the person may not see."""
    result: dict[str, Any] = {}
    for name, one in values.items():
        if isinstance(one, list):
            result[name] = [unmasked(row) if isinstance(row, Mapping) else row for row in one]
        else:
            result[name] = None if isinstance(one, Masked) else one
    return result


def sample_record(entity: str, actor: int, moment: Any) -> Record:
    """Return a record that nobody stored, for values typed by hand."""
    return Record(entity, None, 1, 1, actor, None, None, actor, moment, moment, None, {})
