"""Migrations make exactly the tables that the product declares, and leave those of entities alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select

from runtime.store import migrating
from runtime.store.migrating import is_up_to_date, upgrade
from runtime.store.tables import metadata, org_revision
from tests.needs import needs_postgres
from tests.store.databases import bare_postgres_engine, bare_sqlite_engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Yield an engine on a new database that holds nothing."""
    made = bare_sqlite_engine(tmp_path) if request.param == "sqlite" else bare_postgres_engine()
    with made as engine:
        yield engine


def test_migrated_tables_are_the_declared_ones(bare: Engine) -> None:
    """If this fails, the tables have changed without a migration; migrations/env.py says how to write one."""
    upgrade(bare)

    with bare.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert connection.execute(select(org_revision)).all() == [(1, 1)]


def test_migrating_again_does_nothing(bare: Engine) -> None:
    assert not is_up_to_date(bare)
    upgrade(bare)
    assert is_up_to_date(bare)

    upgrade(bare)

    with bare.connect() as connection:
        assert len(connection.execute(select(org_revision)).all()) == 1


def test_foreign_keys_are_on_again_afterwards(bare: Engine) -> None:
    upgrade(bare)

    if bare.dialect.name == "sqlite":
        with bare.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_tables_of_entities_are_no_part_of_a_migration(bare: Engine) -> None:
    upgrade(bare)
    with bare.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE e1_contract (id INTEGER PRIMARY KEY)")

    with bare.connect() as connection:
        config = migrating._config()
        config.attributes["connection"] = connection
        command.check(config)
    with bare.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    assert set(inspect(bare).get_table_names()) == {"alembic_version", "e1_contract"}
