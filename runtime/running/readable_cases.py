"""Which of many cases a person may read: a statement, and one for each form among them."""

from collections.abc import Iterable

from sqlalchemy import exists, or_, select

from runtime.language.refusal import NotFound
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.store.tables import flow_case, task

#: Cases of one page: more are not asked for.
_MOST = 500


def readable_cases(context: Context, cases: Iterable[int | None]) -> frozenset[int]:
    """Return the numbers of those cases that the acting person may read; see `access.may_read_case`."""
    asked = sorted({number for number in cases if number is not None})[:_MOST]
    if not asked:
        return frozenset()
    mine = or_(task.c.assignee == context.actor_id, task.c.behalf == context.actor_id)
    took_part = or_(
        flow_case.c.initiator == context.actor_id, exists().where(task.c.case_id == flow_case.c.id, mine)
    )
    rows = context.tx.execute(
        select(flow_case.c.id, flow_case.c.entity, flow_case.c.record_id, took_part).where(
            flow_case.c.id.in_(asked)
        )
    ).all()
    readable = {row[0] for row in rows if row[3]}
    others: dict[int, dict[int, list[int]]] = {}
    for number, entity, record, took in rows:
        if not took:
            others.setdefault(entity, {}).setdefault(record, []).append(number)
    for entity, by_record in others.items():
        readable.update(*(by_record[record] for record in _seen(context, entity, by_record)))
    return frozenset(readable)


def _seen(context: Context, entity: int, records: Iterable[int]) -> Iterable[int]:
    try:
        access = access_to(context, context.tables.by_number(entity).path)
    except NotFound:
        return ()
    table = access.there.table
    asked = select(table.c.id).where(table.c.id.in_(list(records)), access.rows_clause("view"))
    return context.tx.execute(asked).scalars().all()
