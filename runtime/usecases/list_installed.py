"""The installed packs and their releases, for an administrator."""

from dataclasses import dataclass

from runtime.language.directory import Directory
from runtime.packs.world import world
from runtime.running.administrator import overseen
from runtime.running.slots import Filling, fillings
from runtime.store import releases
from runtime.store.reading import reading
from runtime.store.releases import Release
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack of this installation."""

    code: str
    name: str
    summary: str
    #: Newest first.
    releases: tuple[Release, ...]
    #: The release that new cases use.
    current: Release | None
    slots: tuple[Filling, ...]

    @property
    def unbound(self) -> tuple[str, ...]:
        """Names of the slots that the pack cannot run without and that stand for nobody."""
        return tuple(one.slot.name for one in self.slots if one.missing)


@dataclass(frozen=True, slots=True)
class InstalledPacks:
    """All packs, in their order, and the organisation that names who installed them."""

    packs: tuple[InstalledPack, ...]
    directory: Directory


def list_installed(*, session: Session, actor: int) -> InstalledPacks:
    """Return what is installed.

    :raises Forbidden: if `actor` is no administrator.
    """
    with reading(session) as tx:
        directory = overseen(tx, actor=actor)
        apps = world(tx).apps
        packs = tuple(
            InstalledPack(
                code=one.code,
                name=one.name,
                summary=apps[one.code].manifest.summary if one.code in apps else "",
                releases=tuple(releases.releases(tx, one.code)),
                current=one.release,
                slots=fillings(apps[one.code], directory) if one.code in apps else (),
            )
            for one in releases.installed(tx)
        )
    return InstalledPacks(packs, directory)
