"""Offices on both databases: furnished once per worker, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from runtime.store.database import make_engine
from tests.faults.office import SALES, TRIAL, Kind, Office, furnish
from tests.faults.players import Pair, Player
from tests.needs import needs_postgres
from tests.store.databases import bare_postgres_engine, postgres_engine, sqlite_engine

#: Makes an engine on a copy of a furnished database.
Copy = Callable[[ExitStack, Path], Engine]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, Kind], Copy]]:
    """Yield a function that furnishes a database of one kind once, and returns how to copy it."""
    made: dict[tuple[str, str], Copy] = {}
    with ExitStack() as kept:

        def furnished(database: str, kind: Kind) -> Copy:
            if (database, kind.name) not in made:
                folder = tmp_path_factory.mktemp(kind.name)
                opened = sqlite_engine(folder) if database == "sqlite" else postgres_engine()
                engine = kept.enter_context(opened)
                furnish(engine, kind)
                engine.dispose()  # whoever is connected to a database keeps it from being copied
                made[database, kind.name] = _copying(engine)
            return made[database, kind.name]

        yield furnished


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """Return the name of the database under test."""
    return str(request.param)


@pytest.fixture
def trial(database: str, furnished: Callable[[str, Kind], Copy], tmp_path: Path) -> Iterator[Office]:
    """Yield an office with every way to decide."""
    with ExitStack() as kept:
        yield Office(furnished(database, TRIAL)(kept, tmp_path), "trial")


@pytest.fixture
def sales(database: str, furnished: Callable[[str, Kind], Copy], tmp_path: Path) -> Iterator[Office]:
    """Yield an office that sells, and changes what it sold."""
    with ExitStack() as kept:
        yield Office(furnished(database, SALES)(kept, tmp_path), "sales_contract")


def _copying(engine: Engine) -> Copy:
    name = engine.url.database
    assert name

    def copy_file(kept: ExitStack, folder: Path) -> Engine:
        copied = make_engine(f"sqlite:///{shutil.copy(name, folder / 'office.db')}")
        kept.callback(copied.dispose)
        return copied

    def copy_database(kept: ExitStack, _: Path) -> Engine:
        return kept.enter_context(bare_postgres_engine(like=name))

    return copy_file if engine.dialect.name == "sqlite" else copy_database


@pytest.fixture(scope="session")
def _two() -> Iterator[Pair]:
    two = (Player(), Player())
    yield two
    for player in two:
        player.end()


@pytest.fixture
def pair(trial: Office, _two: Pair) -> Iterator[Pair]:
    """Yield two processes that play in the trial office."""
    first, second = _two
    with first.playing(trial.url), second.playing(trial.url):
        yield first, second


@pytest.fixture
def sellers(sales: Office, _two: Pair) -> Iterator[Pair]:
    """Yield two processes that play in the selling office."""
    first, second = _two
    with first.playing(sales.url), second.playing(sales.url):
        yield first, second
