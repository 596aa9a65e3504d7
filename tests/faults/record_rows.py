"""Whether records fit their histories and the cases they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func, select

from runtime.store import entity_tables
from runtime.store.session import Session
from runtime.store.states import CaseState, RecordState
from runtime.store.tables import flow_case, revision

#: What the record of a case must say of itself.
_STATE = {
    CaseState.DRAFT: RecordState.DRAFT,
    CaseState.WITHDRAWN: RecordState.DRAFT,
    CaseState.RUNNING: RecordState.LIVE,
    CaseState.APPROVED: RecordState.LIVE,
    CaseState.REJECTED: RecordState.ENDED,
    CaseState.TERMINATED: RecordState.ENDED,
}


def record_faults(tx: Session) -> Iterator[str]:
    """Yield a sentence for every record that is not the sum of its revisions, or not its case's."""
    yield from _revisions(tx)
    yield from _forms(tx)
    yield from _numbers(tx)


def _revisions(tx: Session) -> Iterator[str]:
    written: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    asked = select(revision.c.entity, revision.c.record_id, revision.c.rev).order_by(revision.c.rev)
    for entity, record_id, rev in tx.execute(asked):
        written[entity, record_id].append(rev)
    tables = entity_tables.read(tx)
    for path in tables.paths():
        there = tables.get(path)
        for row in tx.execute(select(there.table.c.id, there.table.c.rev)):
            revs = written.pop((there.number, row.id), [])
            if revs != list(range(1, row.rev + 1)):
                yield f"{path} {row.id} is at revision {row.rev}, its history has {revs}"
    yield from (
        f"revisions {revs} are of record {key}, which does not exist" for key, revs in written.items()
    )


def _forms(tx: Session) -> Iterator[str]:
    tables = entity_tables.read(tx)
    for case in tx.execute(select(flow_case)):
        there = tables.by_number(case.entity).table.c
        asked = select(there.s_state, there.s_case_id).where(there.id == case.record_id)
        record = tx.execute(asked).one_or_none()
        if record is None or record.s_case_id != case.id:
            yield f"case {case.id} has no record of its own"
        elif record.s_state != _STATE[CaseState(case.state)].value:
            yield f"case {case.id} is in state {case.state}, its record in state {record.s_state}"


def _numbers(tx: Session) -> Iterator[str]:
    asked = select(flow_case.c.no).where(flow_case.c.no.is_not(None))
    for number in tx.scalars(asked.group_by(flow_case.c.entity, flow_case.c.no).having(func.count() > 1)):
        yield f"number {number} was given twice"
