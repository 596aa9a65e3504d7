"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy's common INSERT has not."""

from typing import TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.session import Session

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert(tx: Session, table: Table) -> Insert:
    """Return an INSERT of the session's database that knows `on_conflict_do_update`."""
    if tx.engine.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
