"""Taking effects back from the ledger, newest first (flow-semantics §6).

Amounts go back by the opposite, whatever others did since. A value goes back only if it still is what the
effect wrote; a created row only if nobody changed it and nothing refers to it. Otherwise all of it stops.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from runtime.actions.rows import Effect
from runtime.language.refusal import NotFound, Refused
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.record import Record
from runtime.store import effects, record_writes, records
from runtime.store.effects import Line, Standing
from runtime.store.entity_tables import EntityTable
from runtime.store.tables import revision

if TYPE_CHECKING:
    from runtime.running.rule_rows import RuleRows


class CannotTakeBack(Refused):
    """An effect cannot be taken back; the message shows what it wrote and what stands there now."""


def take_back(rows: RuleRows, *, path: str, since_visit: int) -> list[Effect]:
    """Take back what the case wrote at or below `path` from visit `since_visit` on; return a line for each.

    :raises CannotTakeBack: if one cannot be; nothing is taken back then.
    """
    tx = rows.context.tx
    standing = effects.standing(tx, case_id=rows.place.case_id, path=path, since_visit=since_visit)
    taken = frozenset(one.id for one in standing)
    lines = [_Inversion(rows, one, taken).run() for one in standing]
    rows.keep([(line, one.id) for line, one in zip(lines, standing, strict=True)])
    effects.mark_inverted(tx, taken)
    return lines


@dataclass
class _Inversion:
    """One line being taken back."""

    rows: RuleRows
    standing: Standing
    #: All lines that are taken back together: what the case itself wrote later is gone when its row goes.
    taken: frozenset[int]

    def run(self) -> Effect:
        """Take it back and return the line that says so."""
        line = self.standing.line
        if line.op == "start":
            return self._started(line)
        there = self.rows.context.tables.by_number(line.entity)
        compiled = self.rows.context.world.entity(there.path)
        if line.op == "delete":
            return self._deleted(line, there)
        try:
            record = records.read(self.rows.context.tx, there, line.row_id, lock=True)
        except NotFound:
            raise self._stop(compiled, _("记录已被删除")) from None
        if line.op == "create":
            return self._created(line, there, compiled, record)
        return self._written(line, compiled, record)

    def _written(self, line: Line, compiled: CompiledEntity, record: Record) -> Effect:
        field = compiled.fields.get(line.col or "")
        if field is None:
            raise self._stop(compiled, _("字段“%(field)s”已不存在", field=line.col))
        now = record.values.get(field.code)
        if line.op == "add":
            delta = -Decimal(line.delta or 0)
            value = field.kind.fit(field.field, Decimal(now or 0) + delta)
        else:
            delta = None
            value = self._read(field, line.before)
            if now != self._read(field, line.after):
                raise self._stop(compiled, self._both(field, line.after, now))
        self.rows.write_back(line.rule, compiled.path, record, {field.code: value})
        return Effect(line.rule, compiled.path, line.row_id, line.op, field.code, now, value, delta)

    def _created(self, line: Line, there: EntityTable, compiled: CompiledEntity, record: Record) -> Effect:
        tx = self.rows.context.tx
        row: dict[str, int] = {"entity": line.entity, "row_id": line.row_id}
        if effects.touched_by_others(tx, **row, after=self.standing.id, besides=self.taken):
            raise self._stop(compiled, _("由本单生成的记录已被其他单据改写"))
        edited = select(revision.c.id).where(
            revision.c.entity == line.entity,
            revision.c.record_id == line.row_id,
            revision.c.rev > 1,
            revision.c.rule.is_(None),
        )
        if tx.execute(edited.limit(1)).first():
            raise self._stop(compiled, _("由本单生成的记录已被人工修改"))
        user = self._referrer(there.path, line.row_id)
        if user:
            raise self._stop(compiled, _("由本单生成的记录已被“%(table)s”引用", table=user))
        record_writes.delete(tx, there, record, cause=self.rows.cause(line.rule))
        return Effect(line.rule, compiled.path, line.row_id, "delete")

    def _deleted(self, line: Line, there: EntityTable) -> Effect:
        tx = self.rows.context.tx
        row = tx.execute(select(*records.record_columns(there)).where(there.table.c.id == line.row_id)).one()
        gone = records.as_record(there, row, {})
        before = replace(gone, rev=gone.rev - 1)
        record_writes.restore(tx, there, before, cause=self.rows.cause(line.rule))
        return Effect(line.rule, there.path, line.row_id, "create")

    def _started(self, line: Line) -> Effect:
        from runtime.running.start_case import end_started  # a case may end a case

        path = end_started(self.rows.context, case_id=line.row_id)
        return Effect(line.rule, path, line.row_id, "end")

    def _referrer(self, path: str, row_id: int) -> str | None:
        """Return the name of an entity whose live rows refer to this row, None if there is none."""
        context = self.rows.context
        for app in context.world.apps.values():
            for entity in app.entities:
                compiled = context.world.entity(f"{app.code}/{entity.code}")
                for field in compiled.fields.values():
                    if field.field.type == "lookup" and field.field.options["from"] == path:
                        there = context.tables.get(compiled.path)
                        match = {f"{field.code}_ref": row_id}
                        if records.find(context.tx, there, match=match, limit=1):
                            return entity.name
        return None

    def _read(self, field: CompiledField, stored: Any) -> Any:
        return field.kind.parse(field.field, stored, self.rows.context.reading)

    def _both(self, field: CompiledField, wrote: Any, now: Any) -> str:
        reading = self.rows.context.reading
        ours = field.kind.say(field.field, self._read(field, wrote), reading) or _("空")
        theirs = field.kind.say(field.field, now, reading) or _("空")
        label = field.field.label
        return _("“%(label)s”本单写入 %(ours)s，现为 %(theirs)s", label=label, ours=ours, theirs=theirs)

    def _stop(self, compiled: CompiledEntity, why: str) -> CannotTakeBack:
        name = compiled.entity.name
        message = _("不能撤销对“%(table)s”的影响：%(why)s。请先处理后再操作。", table=name, why=why)
        return CannotTakeBack("cannot_take_back", message)
