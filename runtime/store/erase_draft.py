"""A draft that nobody has ever seen disappears altogether: case, events, record, rows and history."""

from sqlalchemy import and_, delete, update

from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session
from runtime.store.tables import event, file, flow_case, revision


def erase_draft(tx: Session, there: EntityTable, *, case_id: int, record_id: int) -> None:
    """Remove a case that was never submitted, and its record; its files are loose again and will go."""
    for sub in there.rows.values():
        tx.execute(delete(sub.table).where(sub.table.c.parent_id == record_id))
    tx.execute(delete(there.table).where(there.table.c.id == record_id))
    own = and_(revision.c.entity == there.number, revision.c.record_id == record_id)
    tx.execute(delete(revision).where(own))
    hung = and_(file.c.entity == there.number, file.c.record_id == record_id)
    tx.execute(update(file).where(hung).values(entity=None, record_id=None, field=None))
    tx.execute(delete(event).where(event.c.case_id == case_id))
    tx.execute(delete(flow_case).where(flow_case.c.id == case_id))
