"""What `store/pipeline.py` promises besides speed: errors, lost servers, and what stays prepared."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine

from runtime.store import pipeline as pipelines
from runtime.store.pipeline import Pipeline
from runtime.store.prepared import Text
from tests.needs import needs_postgres
from tests.store.databases import bare_postgres_engine

pytestmark = needs_postgres


ECHO = Text("SELECT $1::BIGINT, $2::VARCHAR", answers=True)
DIVIDE = Text("SELECT 1 / $1::INTEGER", answers=True)
ADD = Text("INSERT INTO line (words) VALUES ($1::VARCHAR)")
COUNT = Text("SELECT count(*) FROM line", answers=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Engine]:
    with bare_postgres_engine() as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE line (words text UNIQUE)")
        yield engine


@pytest.fixture
def driver(server: Engine) -> Iterator[psycopg.Connection]:
    """Yield a new connection of the driver, as the pool makes them."""
    with server.connect() as connection:
        found = connection.connection.driver_connection
        assert isinstance(found, psycopg.Connection)
        yield found
        connection.invalidate()


@pytest.fixture
def pipeline(driver: psycopg.Connection) -> Pipeline:
    return Pipeline(driver)


def test_each_statement_gets_its_own_rows(pipeline: Pipeline) -> None:
    assert pipeline.run([(ECHO, [1, "甲"]), (DIVIDE, [1]), (ECHO, [2**40, None])]) == [
        [(1, "甲")],
        [(1,)],
        [(2**40, None)],
    ]


def test_a_commit_travels_along(pipeline: Pipeline, driver: psycopg.Connection) -> None:
    pipeline.run([(ADD, ["kept"])], commit=True)

    assert driver.info.transaction_status == TransactionStatus.IDLE
    driver.rollback()
    assert pipeline.run([(COUNT, [])]) == [[(1,)]]


def test_the_first_failure_is_told_and_nothing_is_committed(
    pipeline: Pipeline, driver: psycopg.Connection
) -> None:
    [[before]] = pipeline.run([(COUNT, [])])

    with pytest.raises(psycopg.errors.DivisionByZero):
        pipeline.run([(ADD, ["lost"]), (DIVIDE, [0]), (DIVIDE, [1])], commit=True)

    assert driver.info.transaction_status == TransactionStatus.INERROR
    driver.rollback()
    assert pipeline.run([(COUNT, [])]) == [[before]]


def test_a_statement_that_was_never_reached_is_prepared_later(
    pipeline: Pipeline, driver: psycopg.Connection
) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        pipeline.run([(DIVIDE, [0]), (ECHO, [1, "a"])])
    driver.rollback()

    assert pipeline.run([(ECHO, [1, "a"])]) == [[(1, "a")]]


def test_a_text_that_is_wrong_is_told_each_time(pipeline: Pipeline, driver: psycopg.Connection) -> None:
    for _ in range(2):
        with pytest.raises(psycopg.errors.UndefinedTable):
            pipeline.run([(Text("SELECT * FROM nowhere", answers=True), [])])
        driver.rollback()


def test_what_is_prepared_outlives_a_rollback_and_the_drivers_own_statements(
    pipeline: Pipeline, driver: psycopg.Connection
) -> None:
    pipeline.run([(ECHO, [1, "a"])])
    driver.rollback()
    driver.execute("CREATE TEMPORARY TABLE passing (a int)")
    driver.execute("DROP TABLE passing")
    driver.rollback()
    pipeline.run([(ECHO, [1, "a"])])

    rows = driver.execute("SELECT statement FROM pg_prepared_statements ORDER BY name").fetchall()
    assert rows == [("BEGIN",), (ECHO.sql,)]


def test_only_so_many_stay_prepared(
    pipeline: Pipeline, driver: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipelines, "MOST_PREPARED", 3)
    texts = [Text(f"SELECT {number}", answers=True) for number in range(6)]
    for _ in range(2):
        answers = pipeline.run([(one, []) for one in texts])
        assert answers == [[(number,)] for number in range(6)]

    row = driver.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
    assert row == (3,)


def test_much_may_travel_both_ways_at_once(pipeline: Pipeline) -> None:
    much = "字" * 200_000
    answers = pipeline.run([(ECHO, [number, much]) for number in range(30)])

    assert [rows[0][0] for rows in answers] == list(range(30))
    assert {rows[0][1] for rows in answers} == {much}


def test_a_server_that_goes_away_is_told_and_the_connection_is_not_used_again(
    server: Engine, pipeline: Pipeline, driver: psycopg.Connection
) -> None:
    pipeline.run([(ECHO, [1, "a"])])
    with server.connect() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({driver.info.backend_pid})")

    with pytest.raises(psycopg.OperationalError):
        pipeline.run([(ECHO, [1, "a"])])

    assert driver.closed


def test_a_value_that_cannot_be_sent_sends_nothing(pipeline: Pipeline, driver: psycopg.Connection) -> None:
    with pytest.raises(psycopg.ProgrammingError):
        pipeline.run([(ECHO, [1, "a"]), (ECHO, [object(), "b"])])

    assert driver.info.transaction_status == TransactionStatus.IDLE
    assert pipeline.run([(ECHO, [1, "a"])]) == [[(1, "a")]]
