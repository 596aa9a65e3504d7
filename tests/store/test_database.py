"""Engines come up right with and without Flask, however the URL is written."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, inspect, select

from runtime.store.database import db, make_engine, with_driver
from runtime.store.session import Sessions
from runtime.store.tables import metadata, setting
from runtime.store.transaction import transaction, with_retry
from tests.store.apps import app, field, put, rows, table, there


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_postgresql_means_psycopg(written: str, meant: str) -> None:
    assert str(with_driver(written)) == meant


def test_a_new_sqlite_file_is_set_up_for_many_processes(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new/folder/biaoliu.db")

    with engine.connect() as connection:
        asked = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == [
            "wal",
            1,
            2,
            10_000,
        ]
    engine.dispose()


def test_a_database_in_memory_is_one_for_all_threads() -> None:
    engine = make_engine("sqlite://")
    metadata.create_all(engine)
    found: list[int] = []

    def look() -> None:
        with Sessions(engine)() as session:
            found.append(len(inspect(session.connection()).get_table_names()))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert found == [len(metadata.tables)]
    engine.dispose()


def test_flask_uses_the_same_engine_and_transactions(engine: Engine) -> None:
    flask = Flask(__name__)
    flask.config["SQLALCHEMY_DATABASE_URI"] = engine.url.render_as_string(hide_password=False)
    db.init_app(flask)

    with flask.app_context():
        assert db.session().scalar(select(func.count()).select_from(setting)) == 0
        with transaction(db.session()) as tx:
            tx.execute(setting.insert().values(key="a", value="值"))
        assert db.session().scalar(select(setting.c.value)) == "值"
        if engine.dialect.name == "sqlite":
            assert db.session().connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        db.session.remove()
        db.engine.dispose()


def test_two_publications_at_once_make_one_table(new_session: Sessions) -> None:
    own = app(table("contract", field("no", unique=True), rows("items", field("clause"))))
    failed: list[BaseException] = []

    def publish() -> None:
        with new_session() as session:
            try:
                with_retry(lambda: put(session, own))
            except BaseException as error:
                failed.append(error)

    threads = [threading.Thread(target=publish) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    with new_session() as session:
        assert list(there(session, "contract").columns) == ["no"]
