"""Databases for tests: made once per worker, emptied between tests.

Use cases commit, so a test cannot be rolled back. Emptying truncates the fixed tables and drops the tables
of entities.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, inspect, text

from runtime.store.database import begin_writing, make_engine, sessions, with_driver
from runtime.store.tables import metadata, org_revision
from tests.needs import postgres_url


@contextmanager
def sqlite_engine(folder: Path) -> Iterator[Engine]:
    """Yield an engine on a new SQLite file with the fixed tables."""
    engine = make_engine(f"sqlite:///{folder / f'{uuid4().hex}.db'}")
    _furnish(engine)
    yield engine
    engine.dispose()


@contextmanager
def postgres_engine() -> Iterator[Engine]:
    """Yield an engine on a new PostgreSQL database with the fixed tables; it is dropped afterwards."""
    name = f"biaoliu_test_{os.getpid()}_{uuid4().hex[:8]}"
    with _server() as server:
        server.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine = make_engine(with_driver(postgres_url()).set(database=name))
    try:
        _furnish(engine)
        yield engine
    finally:
        engine.dispose()
        with _server() as server:
            server.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def empty(engine: Engine) -> None:
    """Bring the database back to the state after its making."""
    postgres = engine.dialect.name == "postgresql"
    with sessions(engine)() as session:
        connection = begin_writing(session)
        for name in inspect(connection).get_table_names():
            if name not in metadata.tables:
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
        if postgres:
            connection.exec_driver_sql(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY CASCADE")
        else:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
            connection.execute(text("DELETE FROM sqlite_sequence"))
        connection.execute(org_revision.insert().values(number=1, schema_number=1))
        session.commit()


def _furnish(engine: Engine) -> None:
    with engine.begin() as connection:
        metadata.create_all(connection)
    empty(engine)


@contextmanager
def _server() -> Iterator[Connection]:
    server = create_engine(with_driver(postgres_url()), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        yield connection
    server.dispose()
