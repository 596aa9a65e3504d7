"""How rules reach other rows: on real tables, in the action's transaction, every write on the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from runtime.actions.rows import Effect, Target, Write
from runtime.assignees import SOURCES
from runtime.assignees.source import Asking
from runtime.language.expressions import Env
from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers, Refused
from runtime.language.speech import _
from runtime.records.calculate import calculate
from runtime.records.check import check
from runtime.records.compiled import CompiledEntity
from runtime.records.defaults import defaults
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.running.lookups import resolved
from runtime.running.new_owner import new_owner
from runtime.running.older_release import OlderRelease
from runtime.running.take_back import take_back
from runtime.store import effects, record_inserts, record_writes, records
from runtime.store.effects import Line, Place
from runtime.store.entity_tables import EntityTable
from runtime.store.outbox import Delivery, enqueue_at_commit
from runtime.store.record_inserts import NewRecord
from runtime.store.revisions import Cause


@dataclass
class RuleRows:
    """The data port of one moment of one case."""

    context: Context
    app: str
    place: Place
    #: Values of the record that fires the rules.
    env: Callable[[], Env]
    #: Its value of a field, for people named by a rule.
    value: Callable[[str], Any]
    #: What the case's release knows of its app's tables besides today's.
    older: OlderRelease
    #: Ids drawn for new records, by the number of their table; each serves once.
    drawn: dict[int, int] = field(default_factory=dict)
    _notices: int = 0

    def find(self, entity: str, match: Mapping[str, Any]) -> list[Target]:
        """Return the live rows that match, whole, locked, by id."""
        there = self.context.tables.get(entity)
        # Whole records: their formulas may sum up rows.
        found = records.find(self.context.tx, there, match=match, lock=True, rows=bool(there.rows))
        return [Target(entity, one.id or 0, self.older.known(one), one) for one in found]

    def create(self, rule: str, entity: str, values: Mapping[str, Any]) -> list[Effect]:
        """Insert a row with defaults and formulas, checked as a person's."""
        compiled = self.context.world.entity(entity)
        env = self._env_of(entity)
        values, beside = self.older.split(compiled, values)
        blank = defaults(compiled, env=env, reading=self.context.reading)
        given = {**blank, **fitted(compiled, values)}
        whole = calculate(compiled, resolved(self.context, compiled, given), env=env.of(given))
        if problems := self.older.unfit(check(compiled, whole, env=env).problems):
            raise _unfit(rule, compiled, problems)
        owner, department, company = ownership(self.context, compiled, whole, env.ports.initiator)
        new = NewRecord(whole, owner, department, company)
        record = self._inserted(rule, compiled, self.context.tables.get(entity), new)
        self.older.keep(entity, record.id or 0, beside)
        return self._kept([Effect(rule, entity, record.id or 0, "create")])

    def _inserted(self, rule: str, compiled: CompiledEntity, there: EntityTable, new: NewRecord) -> Record:
        def refused(found: InvalidAnswers) -> Exception:
            return _unfit(rule, compiled, found.problems)

        tx, cause, number = self.context.tx, self.cause(rule), self.drawn.pop(there.number, None)
        if number is not None:
            return record_inserts.insert_as(tx, there, new, cause=cause, number=number, refused=refused)
        try:
            return record_inserts.insert(tx, there, new, cause=cause)
        except InvalidAnswers as error:
            raise refused(error) from error

    def update(self, rule: str, target: Target, writes: Mapping[str, Write]) -> list[Effect]:
        """Write columns of a row; its formulas follow in the same write."""
        compiled = self.context.world.entity(target.entity)
        given, beside = self.older.split(compiled, {name: write.value for name, write in writes.items()})
        values = fitted(compiled, given)
        self._write(rule, compiled, target.row, values)
        self.older.keep(target.entity, target.id, beside)
        lines = [
            Effect(
                rule,
                target.entity,
                target.id,
                "add" if write.delta is not None else "set",
                name,
                target.values.get(name),
                values[name],
                write.delta,
            )
            for name, write in writes.items()
            # Beside today's fields nothing is taken back: nobody sees it but older releases.
            if name in values and name not in beside
            if write.delta is not None or values[name] != target.values.get(name)
        ]
        return self._kept(lines)

    def delete(self, rule: str, target: Target) -> list[Effect]:
        """Take a row out of its table."""
        there = self.context.tables.get(target.entity)
        record_writes.delete(self.context.tx, there, target.row, cause=self.cause(rule))
        return self._kept([Effect(rule, target.entity, target.id, "delete")])

    def start(self, rule: str, flow: str, values: Mapping[str, Any], initiator: str) -> list[Effect]:
        """Start another flow as `initiator`, in the same transaction."""
        from runtime.running.start_case import start_by_rule  # a case may start a case

        form, case_id = start_by_rule(
            self.context, app=self.app, flow=flow, values=values, initiator=initiator
        )
        return self._kept([Effect(rule, form, case_id, "start")])

    def notify(self, rule: str, people: tuple[str, ...], message: str, channels: tuple[str, ...]) -> None:
        """Write one delivery for all the people."""
        numbers = self.context.directory.numbers(people)
        if numbers:
            self._notices += 1
            key = f"rule:{self.place.case_id}:{self.place.seq}:{self.place.visit_no}:{rule}:{self._notices}"
            payload = {
                "people": list(numbers),
                "case_id": self.place.case_id,
                "kind": f"rule:{rule}",
                "title": message,
                "channels": list(channels),
            }
            moment = self.context.clock.moment
            enqueue_at_commit(self.context.tx, [Delivery(key, "notice", payload, moment)], now=moment)

    def person_of(self, source: Any, old: Mapping[str, Any] | None) -> tuple[str, ...]:
        """Return the people a source stands for."""
        initiator = self.env().ports.initiator or ""
        asking = Asking(
            directory=self.context.directory,
            app=self.app,
            initiator=initiator,
            previous=(self.context.actor_code,),
            value=(lambda code: old.get(code)) if old is not None else self.value,
        )
        return SOURCES.require(source.kind).people(source, asking).people

    def take_back(self, *, path: str, since_visit: int) -> list[Effect]:
        """Take back what the case's rules did at or below `path`, newest first."""
        return take_back(self, path=path, since_visit=since_visit)

    def write_back(self, rule: str, entity: str, record: Record, values: Mapping[str, Any]) -> None:
        """Write columns as they are given, formulas following, without a new ledger line."""
        self._write(rule, self.context.world.entity(entity), record, values)

    def keep(self, lines: list[tuple[Effect, int | None]]) -> None:
        """Put lines on the ledger; each with the number of the line it takes back, if any."""
        effects.add(self.context.tx, self.place, [self._line(line, inverts) for line, inverts in lines])
        # What the next row is computed from must see this one.
        self.env().ports.forget()  # type: ignore[attr-defined]  # ours are DatabasePorts

    def _write(self, rule: str, compiled: CompiledEntity, record: Record, values: Mapping[str, Any]) -> None:
        env = self._env_of(compiled.path)

        def recompute(whole: Mapping[str, Any]) -> Mapping[str, Any]:
            return calculate(compiled, whole, env=env.of(whole))

        written = resolved(self.context, compiled, values)
        record_writes.update(
            self.context.tx,
            self.context.tables.get(compiled.path),
            record,
            written,
            cause=self.cause(rule),
            system=new_owner(self.context, compiled, record, {**record.values, **written}),
            recompute=recompute,
        )

    def _env_of(self, entity: str) -> Env:
        pack = entity.partition("/")[0]
        return Env(ports=self.context.ports(pack, initiator=self.env().ports.initiator))

    def cause(self, rule: str) -> Cause:
        clock = self.context.clock
        return Cause(self.context.actor_id, clock.moment, self.place.case_id, self.place.seq, rule)

    def _kept(self, lines: list[Effect]) -> list[Effect]:
        self.keep([(line, None) for line in lines])
        return lines

    def _line(self, line: Effect, inverts: int | None) -> Line:
        compiled = self.context.world.entity(line.entity)
        field = compiled.fields.get(line.column or "")

        def dumped(value: Any) -> Any:
            return field.kind.dump(field.field, value) if field and value is not None else value

        return Line(
            rule=line.rule,
            entity=self.context.tables.get(line.entity).number,
            row_id=line.row,
            op=line.op,
            col=line.column,
            before=dumped(line.before),
            after=dumped(line.after),
            delta=None if line.delta is None else format(line.delta, "f"),
            inverts=inverts,
        )


def ownership(
    context: Context, compiled: CompiledEntity, values: Mapping[str, Any], initiator: str | None
) -> tuple[int | None, str | None, str | None]:
    """Return who owns a new record: the entity's owner field, else the initiator, and their department."""
    entity = compiled.entity
    code = values.get(entity.owner) if entity.owner else initiator
    person = context.directory.person(code)
    department = values.get(entity.owner_dept) if entity.owner_dept else None
    if person is None:
        return None, department, None
    return person.id, department or person.department, person.company


def fitted(compiled: CompiledEntity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as their fields store them: rounded, whole numbers as int, empty texts as empty."""
    result: dict[str, Any] = {}
    for name, value in values.items():
        field = compiled.fields.get(name)
        number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        result[name] = field.kind.fit(field.field, number) if field and value is not None else value
    return result


def _unfit(rule: str, compiled: CompiledEntity, problems: tuple[Problem, ...]) -> Refused:
    said = _("；").join(problem.message for problem in problems[:5])
    table = compiled.entity.name
    return Refused(
        rule, _("业务规则“%(rule)s”不能写入“%(table)s”：%(why)s", rule=rule, table=table, why=said)
    )
