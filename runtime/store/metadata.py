"""The one MetaData of the fixed tables, and the column shapes they share."""

from typing import Any

from sqlalchemy import Column, Identity, MetaData, Table
from sqlalchemy.sql.schema import SchemaItem

from runtime.store.column_types import BigInt

#: Names are given by rule, so that migrations of both databases can name what they change.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)


def fixed(name: str, *items: SchemaItem, hot: bool = False) -> Table:
    """Return a fixed table.

    `hot` rows are updated often: PostgreSQL keeps a fifth of each page free for that. Numbers that SQLite
    gives out are never given out again, as on PostgreSQL.
    """
    counts_up = any(isinstance(item, Column) and item.identity is not None for item in items)
    options: dict[str, Any] = {"sqlite_autoincrement": counts_up}
    if hot:
        options["postgresql_with"] = {"fillfactor": 80}
    return Table(name, metadata, *items, **options)


def identity(name: str = "id") -> Column[int]:
    """Return a primary key that the database counts up."""
    return Column(name, BigInt, Identity(always=False), primary_key=True)
