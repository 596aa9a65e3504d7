"""A case's record read together with its lock, where the caller knows which form it is: one round trip less.

The lock comes first in the same pipeline, so what is read is what stands while it is held.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, Join, ScalarSelect, Select, and_, bindparam, select

from runtime.records.record import Record
from runtime.store.entity_tables import EntityTable
from runtime.store.prepared import Call
from runtime.store.records import as_record, as_row
from runtime.store.tables import flow_case, task


def joined(there: EntityTable, placed: Join) -> Join:
    """Return `placed`, in which tasks and cases are, with the case's record if it is of this entity."""
    table = there.table.c
    is_it = and_(
        flow_case.c.entity == there.number, table.id == flow_case.c.record_id, table.s_deleted_at.is_(None)
    )
    return placed.outerjoin(there.table, is_it)


def calls(there: EntityTable, *, task_id: int) -> list[Call]:
    """Return the reads of the sub-tables of the record of a task's case, if it is of this entity."""
    asked = {"task": task_id}
    return [
        Call(sub.statement("ahead", make=partial(_rows, there, sub)), asked) for sub in there.rows.values()
    ]


def record(
    there: EntityTable, main: Sequence[Any], answers: Sequence[list[tuple[Any, ...]]]
) -> Record | None:
    """Return the record in the columns of `main` and in the answers to `calls`.

    None if there is none: the case is of another entity.
    """
    if main[0] is None:
        return None
    rows = zip(there.rows.items(), answers, strict=True)
    return as_record(there, main, {code: [as_row(sub, row) for row in found] for (code, sub), found in rows})


def _rows(there: EntityTable, sub: EntityTable) -> Select[Any]:
    table = sub.table.c
    asked = select(table.id, *sub.columns.values()).where(table.parent_id == _record_id(there))
    return asked.order_by(table.position, table.id)


def _record_id(there: EntityTable) -> ScalarSelect[Any]:
    key = bindparam("task", type_=BigInteger)
    case = select(task.c.case_id).where(task.c.id == key).scalar_subquery()
    found = select(flow_case.c.record_id).where(flow_case.c.id == case, flow_case.c.entity == there.number)
    return found.scalar_subquery()
