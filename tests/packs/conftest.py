"""An installation for the commands, and a stage for walk-throughs of a small pack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runtime.demo.people import organisation
from runtime.store.database import make_engine
from runtime.store.migrating import upgrade
from runtime.store.organisation import load_organisation
from runtime.store.session import Sessions
from runtime.store.transaction import transaction
from runtime.walkthroughs.stage import Stages
from runtime.walkthroughs.throwaway import SqliteFile
from tests.packs.packs import LEND, company


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation of its own, which the commands find: the demo organisation, no packs."""
    return _installation(tmp_path / "one", monkeypatch)


@pytest.fixture
def another_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Return a function that makes the commands find a second, fresh installation."""
    return lambda: _installation(tmp_path / "another", monkeypatch)


def _installation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    url = f"sqlite:///{folder / 'biaoliu.db'}"
    engine = make_engine(url)
    upgrade(engine)
    with Sessions(engine)() as session, transaction(session) as tx:
        load_organisation(tx, organisation())
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SECRET_KEY", "of a test")
    (folder / "var").mkdir()  # the settings would make it
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """Stages of the pack `lend`."""
    folder = tmp_path_factory.mktemp("lend")
    return Stages(company(LEND), database=SqliteFile(folder), folder=folder)
