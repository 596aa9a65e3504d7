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


def test_drafts_with_files_are_told_from_those_without_and_empty_ones_go(bare: Engine) -> None:
    config = migrating._config()
    with bare.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    at = "'2026-01-01 00:00:00+00:00'"
    rows = (
        f"app (code, name, icon, position, installed_at) VALUES ('a', '', '', 1, {at})",
        "app_release (id, app, number, version, content_hash, content, note, created_at, created_by)"
        f" VALUES (7, 'a', 1, '1', 'h', '{{}}', '', {at}, 1)",
        f"draft VALUES ('files', 7, {at}, 1, {at}, 1)",
        f"draft VALUES ('empty', 7, {at}, 1, {at}, 1)",
        f"draft VALUES ('new', NULL, {at}, 1, {at}, 1)",
        "draft_file VALUES ('files', 'seeds/a.csv', NULL)",
    )
    with bare.begin() as connection:
        for row in rows:
            connection.exec_driver_sql(f"INSERT INTO {row}")

    upgrade(bare)

    with bare.connect() as connection:
        kept = connection.exec_driver_sql("SELECT app, data_hash FROM draft ORDER BY app").all()
    assert [tuple(one) for one in kept] == [("files", "kept"), ("new", None)]
