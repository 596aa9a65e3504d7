"""Engines and sessions, with and without Flask.

SQLite loses updates with the driver's own transactions, so it is told to keep out and every BEGIN is ours:
BEGIN IMMEDIATE for whoever will write, BEGIN for whoever only reads. PostgreSQL runs READ COMMITTED; what
must not change under a use case is locked by row.
"""

from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url

from runtime.store.json_text import dump_json
from runtime.store.metadata import metadata
from runtime.store.session import WRITER, Session, Sessions

#: Seconds that nobody minds waiting for a connection of the pool, or for SQLite's one writer.
PATIENCE = 10


#: Where Flask's context keeps the session.
_KEPT = "database_session"


class OfRequest:
    """The session of the request at hand: made when first asked for, closed when the request is answered."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    def __call__(self) -> Session:
        """Return the session of the request."""
        if _KEPT not in g:
            setattr(g, _KEPT, self.sessions())
        found: Session = getattr(g, _KEPT)
        return found

    def remove(self) -> None:
        """Close the request's session, if it asked for one; Flask-SQLAlchemy calls this at the end."""
        found: Session | None = g.pop(_KEPT, None)
        if found is not None:
            found.close()


class Database(SQLAlchemy):
    """Flask-SQLAlchemy with the engines of `make_engine` and our own sessions."""

    session: OfRequest  # type: ignore[assignment]

    def _make_scoped_session(self, options: dict[str, Any]) -> Any:  # noqa: ARG002
        return OfRequest(Sessions(lambda: self.engine))

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:  # noqa: ARG002
        options.pop("echo_pool", None)
        return make_engine(options.pop("url"), **options)


db = Database(metadata=metadata)


def make_engine(url: str | URL, *, patience: int = PATIENCE, **options: Any) -> Engine:
    """Return an engine for SQLite (a file, or memory for one process) or PostgreSQL (psycopg).

    `patience` is how many seconds to wait for a connection or for SQLite's one writer; `options` go to
    `create_engine`. The folder of a SQLite file is made.
    """
    parsed = with_driver(url)
    given = {"json_serializer": dump_json, **options}
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, patience, given)
    # Sessions end their transactions themselves; the pool need not roll back what is over.
    given = {"pool_timeout": patience, "pool_use_lifo": True, "pool_reset_on_return": None, **given}
    # Timestamps come back in UTC without a conversion.
    settings = r"-c timezone=UTC -c default_transaction_isolation=read\ committed"
    arguments = {"options": settings, **given.pop("connect_args", {})}
    engine = create_engine(parsed, connect_args=arguments, **given)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def with_driver(url: str | URL) -> URL:
    """Return the URL with the driver we use: `postgres://` and `postgresql://` mean psycopg."""
    parsed = make_url(str(url) if isinstance(url, str) else url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _sqlite(url: URL, patience: int, options: dict[str, Any]) -> Engine:
    if url.database in (None, "", ":memory:"):
        options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}, **options}
    elif url.database and not url.database.startswith("file:"):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **options)
    event.listen(engine, "connect", partial(_prepare_sqlite, patience=patience))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, record: Any) -> None:
    # An extra: SQLite runs without them.
    from psycopg.types.numeric import Int8Dumper

    from runtime.store.pipeline import Pipeline

    # The driver would choose an integer type by size: the same statement would be prepared anew as ids grow.
    connection.adapters.register_dumper(int, Int8Dumper)
    # The driver would throw what it prepared away at every ROLLBACK, and what the pipeline prepared along.
    connection.prepare_threshold = None
    record.info["pipeline"] = Pipeline(connection)


def _prepare_sqlite(connection: Any, _record: Any, *, patience: int) -> None:
    connection.isolation_level = None  # the driver starts no transaction of its own
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {patience * 1000}",
        "journal_mode = WAL",
        # A commit that was answered survives a power cut, not only a killed process.
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITER)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
