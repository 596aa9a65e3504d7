"""A case's record read together with its lock, where the caller knows which form it is: one round trip less.

The lock comes first in the same pipeline, so what is read is what stands while it is held.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, ScalarSelect, Select, bindparam, select

from runtime.records.record import Record
from runtime.store.entity_tables import EntityTable
from runtime.store.prepared import Call
from runtime.store.records import as_record, as_row, record_columns
from runtime.store.tables import flow_case, task


def calls(there: EntityTable, *, task_id: int) -> list[Call]:
    """Return the reads of the record of a task's case, and of its sub-tables, if it is of this entity."""
    asked = {"task": task_id}
    found = [Call(there.statement("ahead", make=partial(_main, there)), asked)]
    for sub in there.rows.values():
        found.append(Call(sub.statement("ahead", make=partial(_rows, there, sub)), asked))
    return found


def record(there: EntityTable, answers: Sequence[list[tuple[Any, ...]]]) -> Record | None:
    """Return the record that the answers to `calls` hold, None if the case is of another entity."""
    main, *lists = answers
    if not main:
        return None
    rows = zip(there.rows.items(), lists, strict=True)
    return as_record(
        there, main[0], {code: [as_row(sub, row) for row in found] for (code, sub), found in rows}
    )


def _main(there: EntityTable) -> Select[Any]:
    table = there.table.c
    return select(*record_columns(there)).where(table.id == _record_id(there), table.s_deleted_at.is_(None))


def _rows(there: EntityTable, sub: EntityTable) -> Select[Any]:
    table = sub.table.c
    asked = select(table.id, *sub.columns.values()).where(table.parent_id == _record_id(there))
    return asked.order_by(table.position, table.id)


def _record_id(there: EntityTable) -> ScalarSelect[Any]:
    key = bindparam("task", type_=BigInteger)
    case = select(task.c.case_id).where(task.c.id == key).scalar_subquery()
    found = select(flow_case.c.record_id).where(flow_case.c.id == case, flow_case.c.entity == there.number)
    return found.scalar_subquery()
