"""The installed packs, for whoever runs the installation's commands."""

from dataclasses import dataclass

from runtime.packs.world import world
from runtime.running.slots import Filling, fillings
from runtime.store import directory as directories
from runtime.store import releases
from runtime.store.reading import reading
from runtime.store.releases import Release
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class PackLine:
    """One pack as it is installed."""

    code: str
    name: str
    #: The release that new cases use.
    release: Release
    requires: tuple[str, ...]
    #: What its slots stand for.
    slots: tuple[Filling, ...]


def list_packs(*, session: Session) -> tuple[PackLine, ...]:
    """Return the installed packs in their order."""
    with reading(session) as tx:
        apps, directory = world(tx).apps, directories.today(tx)
        return tuple(
            PackLine(
                code=one.code,
                name=one.name,
                release=one.release,
                requires=apps[one.code].manifest.requires,
                slots=fillings(apps[one.code], directory),
            )
            for one in releases.installed(tx)
            if one.release is not None
        )
