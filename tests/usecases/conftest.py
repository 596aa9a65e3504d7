"""Use cases run on SQLite and on PostgreSQL, in a house with a small organisation and one pack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from runtime.store.session import Session, Sessions
from tests.needs import needs_postgres
from tests.store.databases import empty, postgres_engine, sqlite_engine
from tests.usecases.house import House, furnish


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def _made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = sqlite_engine(tmp_path_factory.mktemp("db")) if request.param == "sqlite" else postgres_engine()
    with made as engine:
        yield engine


@pytest.fixture
def session(_made: Engine) -> Iterator[Session]:
    """Yield a session on an empty database."""
    empty(_made)
    with Sessions(_made)() as opened:
        yield opened


@pytest.fixture
def house(session: Session) -> House:
    """Return the installed pack `trade` with its people."""
    return furnish(session)


@pytest.fixture
def filled(house: House) -> House:
    """Return the house with three suppliers of different people."""
    house.supplier(name="星澜", level="gold", phone="13800001111", credit="3000", since="2026-01-02")
    house.supplier("nora", name="云海", credit="1000", since="2026-02-03")
    house.supplier("root", name="山河", level="lost", credit="500", floor="400", keeper="sam")
    return house
