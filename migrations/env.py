"""How Alembic reaches the database: a connection it is handed, else Flask's engine, else DATABASE_URL.

On SQLite a change of a column rebuilds its table, and with foreign keys on that would delete child rows: they
are off while migrating, checked, and on again. On PostgreSQL one process migrates at a time.

A new migration is written with `alembic -c migrations/alembic.ini revision --autogenerate -m "Do what"`, on a
database that is up to date, and then read and tidied.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app, has_app_context
from sqlalchemy import Connection

from runtime.settings import read_settings
from runtime.store import column_types
from runtime.store.database import make_engine
from runtime.store.session import WRITER
from runtime.store.tables import metadata

#: Any number, the same for every process of the product.
_LOCK = 7203418


class BrokenReferences(Exception):
    """A migration left rows that refer to nothing; it was undone."""


@contextmanager
def _connected() -> Iterator[Connection]:
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        yield given
        return
    if has_app_context():
        with current_app.extensions["migrate"].db.engine.connect() as connection:
            yield connection
        return
    engine = make_engine(read_settings().database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _migrate(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection.execution_options(**{WRITER: True}),
        target_metadata=metadata,
        include_object=_is_fixed,
        render_item=_render,
        render_as_batch=sqlite,
        compare_server_default=False,
        transactional_ddl=True,
    )
    driver: Any = connection.connection.driver_connection
    if sqlite:
        driver.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
    try:
        with context.begin_transaction():
            if not sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            context.run_migrations()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all() if sqlite else []
            if broken:
                raise BrokenReferences(broken[:10])
    finally:
        if sqlite:
            driver.execute("PRAGMA foreign_keys = ON")


def _is_fixed(_object: Any, name: str | None, type_: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave tables of entities alone: only publishing changes them."""
    return type_ != "table" or name in metadata.tables


def _render(type_: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Write our column types by their own names."""
    if type_ != "type":
        return False
    named = {id(column_types.BigInt): "BigInt", id(column_types.Json): "Json"}
    name = named.get(id(item))
    if isinstance(item, column_types.UtcDateTime):
        name = "UtcDateTime()"
    if name is None:
        return False
    autogenerate.imports.add("from runtime.store import column_types as ct")
    return f"ct.{name}"


with _connected() as connected:
    _migrate(connected)
