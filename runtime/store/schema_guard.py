"""Values are written into the tables that were read, or not at all.

Whoever writes a row knows its table from before. A publication may have given a field another column since,
and a write that waited for its locks would go on into the old one, where nobody reads. So a transaction that
has written rows asks last, on PostgreSQL together with the COMMIT, whether the schema still has the number
that its tables were read at. Nobody waits for that, and what only moves a case on asks nothing. SQLite lets
nobody publish beside a writer.
"""

from sqlalchemy import bindparam, exists, insert, null, select
from sqlalchemy.exc import IntegrityError

from runtime.language.refusal import Conflict
from runtime.language.speech import _
from runtime.store.entity_tables import EntityTable
from runtime.store.send import prepared, send_soon
from runtime.store.session import Session
from runtime.store.tables import org_revision

#: `Session.info` holds here the number of the schema that the transaction's first write was made by.
_WRITTEN = "schema_written"
_HERE = org_revision.alias("here")
#: Enters nothing where the number is the same; where it is not, a row that the table does not take.
_CONFIRM = prepared(
    insert(org_revision).from_select(
        ["number"],
        select(null()).where(
            ~exists(select(_HERE.c.number).where(_HERE.c.schema_number == bindparam("schema")))
        ),
    )
)


class TablesChanged(Conflict):
    """Somebody published while rows were written: nothing was kept, and another try reads the new tables."""

    def __init__(self) -> None:
        super().__init__("tables_changed", _("刚刚发布了新版本，这一步没有执行，请再做一次。"))


def note_written(tx: Session, there: EntityTable) -> None:
    """Remember that a row was written into `there`; belongs to every write of a record."""
    if there.schema is not None and tx.engine.dialect.name == "postgresql":
        tx.info.setdefault(_WRITTEN, there.schema)


def confirm_tables(tx: Session) -> None:
    """Let the commit fail with `TablesChanged` if rows were written into tables that are not today's."""
    schema = tx.info.pop(_WRITTEN, None)
    if schema is not None:
        send_soon(tx, _CONFIRM, refusal=_changed, schema=schema)


def forget_written(tx: Session) -> None:
    """Forget what a transaction has written: it is over."""
    tx.info.pop(_WRITTEN, None)


def _changed(error: IntegrityError) -> Exception | None:
    diagnosis = getattr(error.orig, "diag", None)
    return TablesChanged() if diagnosis is not None and diagnosis.table_name == org_revision.name else None
