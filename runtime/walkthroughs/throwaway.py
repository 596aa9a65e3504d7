"""Databases that are thrown away: filled once, brought back to that state before every walk-through."""

import shutil
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, event

from runtime.store.database import make_engine


class Throwaway(Protocol):
    """A database for one stage after the other. The engine stays, and with it what the process keeps."""

    @property
    def engine(self) -> Engine:
        """The engine on it."""
        ...

    def keep(self) -> None:
        """Remember how it is now."""

    def bring_back(self) -> None:
        """Make it as it was when it was kept."""


class SqliteFile:
    """An SQLite file, kept as a copy beside it."""

    def __init__(self, folder: Path) -> None:
        """Make it below `folder`, which is the caller's to remove."""
        self._file = folder / "stage.db"
        self._copy = folder / "kept.db"
        self.engine = make_engine(f"sqlite:///{self._file}")
        event.listen(self.engine, "connect", _trust_memory)

    def keep(self) -> None:
        """Remember how it is now."""
        # The last connection that is closed writes the log into the file.
        self.engine.dispose()
        shutil.copyfile(self._file, self._copy)

    def bring_back(self) -> None:
        """Make it as it was when it was kept."""
        self.engine.dispose()
        shutil.copyfile(self._copy, self._file)


def _trust_memory(connection: Any, _record: Any) -> None:
    """Wait for no disk: what is thrown away need not survive a power cut."""
    connection.execute("PRAGMA synchronous = OFF")
