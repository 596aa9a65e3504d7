"""Databases for tests: made once per worker, emptied between tests.

Use cases commit, so a test cannot be rolled back. Emptying truncates the fixed tables and drops the tables
of entities.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text

import builder.store.draft_tables  # noqa: F401 – declares the designer's tables
from runtime.store.database import make_engine, with_driver
from runtime.store.session import Session, Sessions
from runtime.store.tables import metadata, org_revision
from tests.needs import postgres_url

#: A number that came before would bring back what the process kept of an earlier test.
_NUMBERS = count(1, 1000)


@contextmanager
def bare_sqlite_engine(folder: Path) -> Iterator[Engine]:
    """Yield an engine on a new SQLite file that holds nothing."""
    engine = make_engine(f"sqlite:///{folder / f'{uuid4().hex}.db'}")
    yield engine
    engine.dispose()


@contextmanager
def bare_postgres_engine(*, like: str | None = None) -> Iterator[Engine]:
    """Yield an engine on a new PostgreSQL database; it is dropped afterwards.

    It holds nothing, or what the database named `like` holds, which nobody may be connected to.
    """
    name = f"biaoliu_test_{os.getpid()}_{uuid4().hex[:8]}"
    with _server() as server:
        copied = f' TEMPLATE "{like}"' if like else ""
        server.exec_driver_sql(f'CREATE DATABASE "{name}"{copied}')
    engine = make_engine(with_driver(postgres_url()).set(database=name))
    try:
        yield engine
    finally:
        engine.dispose()
        with _server() as server:
            server.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def sqlite_engine(folder: Path) -> Iterator[Engine]:
    """Yield an engine on a new SQLite file with the fixed tables."""
    with bare_sqlite_engine(folder) as engine:
        _furnish(engine)
        yield engine


@contextmanager
def postgres_engine() -> Iterator[Engine]:
    """Yield an engine on a new PostgreSQL database with the fixed tables; it is dropped afterwards."""
    with bare_postgres_engine() as engine:
        _furnish(engine)
        yield engine


@contextmanager
def watched(session: Session) -> Iterator[list[str]]:
    """Yield the list that every statement is added to that SQLAlchemy sends inside the block."""
    engine, sent = session.engine, list[str]()

    def note(*given: object) -> None:
        if not str(given[2]).startswith("BEGIN"):
            sent.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def empty(engine: Engine) -> None:
    """Bring the database back to the state after its making."""
    postgres = engine.dialect.name == "postgresql"
    with Sessions(engine)() as session:
        session.begin(writing=True)
        connection = session.connection()
        for name in inspect(connection).get_table_names():
            if name not in metadata.tables:
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
        if postgres:
            used = " UNION ALL ".join(
                f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in metadata.tables
            )
            filled = connection.exec_driver_sql(used).scalars().all()
            if filled:
                connection.exec_driver_sql(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE")
        else:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
            connection.execute(text("DELETE FROM sqlite_sequence"))
        connection.execute(org_revision.insert().values(number=next(_NUMBERS), schema_number=next(_NUMBERS)))
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
