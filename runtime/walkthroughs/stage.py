"""Where walk-throughs are played: an installation of their own, fresh for each."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from runtime.demo.people import organisation
from runtime.language.app import App
from runtime.packs.read import PackFiles
from runtime.running.context import Clock
from runtime.store.organisation import load_organisation
from runtime.store.session import Sessions
from runtime.store.tables import metadata
from runtime.store.transaction import transaction
from runtime.usecases.install_packs import Options, install_packs
from runtime.walkthroughs.throwaway import Throwaway

#: Moment at which stages are built; walk-throughs set clocks of their own.
_BUILT = datetime(2026, 1, 1, tzinfo=UTC)
_FIXTURES = "files/"


@dataclass(frozen=True)
class Stage:
    """An empty installation of the packs, with the demo organisation."""

    sessions: Sessions
    #: Where uploads go.
    files: Path
    #: What stands in `files/` of each pack, by pack and name.
    fixtures: Mapping[str, Mapping[str, bytes]]


class Stages:
    """Stages for any number of walk-throughs, one after the other."""

    def __init__(self, packs: Sequence[tuple[App, PackFiles]], *, database: Throwaway, folder: Path) -> None:
        """Install the packs into the empty `database`; uploads go below `folder`.

        :raises Problems: if they cannot be installed.
        """
        self._database = database
        self._files = folder / "files"
        self._fixtures = {app.code: _fixtures(files) for app, files in packs}
        metadata.create_all(database.engine)
        with Sessions(database.engine)() as session:
            with transaction(session) as tx:
                load_organisation(tx, organisation())
            install_packs(
                session=session,
                clock=Clock(_BUILT),
                actor=0,
                packs=[files for _, files in packs],
                options=Options(make_roles=True),
            )
        database.keep()

    @contextmanager
    def open(self) -> Iterator[Stage]:
        """Yield a fresh stage; the one before must be closed."""
        self._database.bring_back()
        try:
            yield Stage(Sessions(self._database.engine), self._files, self._fixtures)
        finally:
            shutil.rmtree(self._files, ignore_errors=True)


def _fixtures(files: PackFiles) -> dict[str, bytes]:
    return {
        name.removeprefix(_FIXTURES): content
        for name, content in files.data.items()
        if name.startswith(_FIXTURES)
    }
