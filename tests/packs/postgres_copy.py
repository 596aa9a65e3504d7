"""A PostgreSQL database that is brought back from a copy, as walk-throughs want it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import Connection, create_engine

from runtime.store.database import make_engine, with_driver
from tests.needs import postgres_url


class PostgresCopy:
    """A database and, once kept, the template beside it."""

    def __init__(self, server: Connection) -> None:
        self._server = server
        self.name = f"biaoliu_test_{os.getpid()}_{uuid4().hex[:8]}"
        self._run(f'CREATE DATABASE "{self.name}"')
        self.engine = make_engine(with_driver(postgres_url()).set(database=self.name))

    def keep(self) -> None:
        """Remember how it is now."""
        self.engine.dispose()
        self._run(f'CREATE DATABASE "{self.name}_kept" TEMPLATE "{self.name}"')

    def bring_back(self) -> None:
        """Make it as it was when it was kept."""
        self.engine.dispose()
        self._run(f'DROP DATABASE "{self.name}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_kept"')

    def drop(self) -> None:
        """Leave nothing behind."""
        self.engine.dispose()
        for name in (self.name, f"{self.name}_kept"):
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        self._server.exec_driver_sql(statement)


@contextmanager
def postgres_copy() -> Iterator[PostgresCopy]:
    """Yield a new database that holds nothing; it is dropped afterwards."""
    server = create_engine(with_driver(postgres_url()), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        database = PostgresCopy(connection)
        try:
            yield database
        finally:
            database.drop()
    server.dispose()
