"""What an uploaded pack would bring, before it is installed."""

from dataclasses import dataclass

from runtime.language.app import App
from runtime.language.directory import Directory
from runtime.language.problem import Problems
from runtime.packs.check import check_files
from runtime.packs.world import world
from runtime.running.administrator import overseen
from runtime.running.pack_upload import files_of, own_upload
from runtime.running.slots import Filling, fillings
from runtime.store import releases
from runtime.store.blobs import Blobs
from runtime.store.reading import reading
from runtime.store.releases import Release
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class OpenedZip:
    """A pack that may be installed."""

    #: Id of the upload.
    file: str
    name: str
    app: App
    #: The release that it would follow.
    before: Release | None
    slots: tuple[Filling, ...]
    #: Whether it brings rows for trying it out.
    demo: bool
    directory: Directory


def open_zip(*, session: Session, actor: int, file: str, blobs: Blobs) -> OpenedZip:
    """Return what the upload holds, checked against what is installed now.

    :raises Forbidden: if `actor` is no administrator.
    :raises NotFound: if there is no such upload, it was used, or it is somebody else's.
    :raises Problems: if something is wrong with it by now.
    """
    with reading(session) as tx:
        directory = overseen(tx, actor=actor)
        upload = own_upload(tx, file, by=actor)
        pack = check_files(upload.name, files_of(upload, blobs), installed=world(tx).apps)
        if pack.app is None or pack.problems:
            raise Problems(pack.problems)
        return OpenedZip(
            file=upload.id,
            name=upload.name,
            app=pack.app,
            before=releases.current(tx, pack.app.code),
            slots=fillings(pack.app, directory),
            demo=any(one.startswith("demo/") for one in pack.files.data),
            directory=directory,
        )
