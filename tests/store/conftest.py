"""The same tests on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session, Sessions
from tests.needs import needs_postgres
from tests.store.apps import app, put, there
from tests.store.contracts import CONTRACT
from tests.store.databases import empty, postgres_engine, sqlite_engine


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def _made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = sqlite_engine(tmp_path_factory.mktemp("db")) if request.param == "sqlite" else postgres_engine()
    with made as engine:
        yield engine


@pytest.fixture
def engine(_made: Engine) -> Engine:
    """Return an engine on a database that holds nothing but empty fixed tables."""
    empty(_made)
    return _made


@pytest.fixture
def new_session(engine: Engine) -> Sessions:
    """Return a maker of sessions, for tests with more than one."""
    return Sessions(engine)


@pytest.fixture
def session(new_session: Sessions) -> Iterator[Session]:
    """Yield a session, as a request would have it."""
    with new_session() as opened:
        yield opened


@pytest.fixture
def contract(session: Session) -> EntityTable:
    """Return the table of contracts, published."""
    put(session, app(CONTRACT))
    return there(session, "contract")
