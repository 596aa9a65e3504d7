"""The PostgreSQL server that the benchmark may use, and databases of its own on it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

DEFAULT = "postgresql://postgres@127.0.0.1:5432/postgres"


def use_server() -> str:
    """Point libpq's variables, which every peer reads, at the server; return its version.

    `BIAOLIU_BENCH_POSTGRES` names another server (a libpq URL of a role that may create databases).
    """
    server = conninfo_to_dict(os.environ.get("BIAOLIU_BENCH_POSTGRES", DEFAULT))
    for key, variable in (
        ("host", "PGHOST"),
        ("port", "PGPORT"),
        ("user", "PGUSER"),
        ("password", "PGPASSWORD"),
    ):
        if value := server.get(key):
            os.environ[variable] = str(value)
    with _administrator() as connection:
        row = connection.execute("show server_version").fetchone()
        assert row is not None
        return str(row[0])


def url(database: str) -> str:
    """Return the SQLAlchemy URL of a database on the server in use."""
    host, port = os.environ["PGHOST"], os.environ.get("PGPORT", "5432")
    password = f":{os.environ['PGPASSWORD']}" if os.environ.get("PGPASSWORD") else ""
    return f"postgresql+psycopg://{os.environ['PGUSER']}{password}@{host}:{port}/{database}"


@contextmanager
def fresh_databases(*purposes: str) -> Iterator[dict[str, str]]:
    """Yield the name of one empty database per purpose; they are dropped afterwards.

    The process number keeps two runs on one server apart.
    """
    names = {purpose: f"pb_{purpose}_{os.getpid()}" for purpose in purposes}
    try:
        with _administrator() as connection:
            for name in names.values():
                connection.execute(
                    sql.SQL("create database {} template template0").format(sql.Identifier(name))
                )
        yield names
    finally:
        with _administrator() as connection:
            for name in names.values():
                drop = sql.SQL("drop database if exists {} with (force)")
                connection.execute(drop.format(sql.Identifier(name)))


def _administrator() -> psycopg.Connection:
    return psycopg.connect("dbname=postgres", autocommit=True)
