"""Take a zipped pack in, if it may be installed. Nothing is installed yet."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from runtime.language.problem import Problem, Problems
from runtime.packs.check import check_files
from runtime.packs.read import read_zip
from runtime.packs.world import world
from runtime.running.administrator import administrator, overseen
from runtime.running.context import Clock
from runtime.running.pack_upload import content_of
from runtime.store import files
from runtime.store.blobs import Blobs
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.transaction import transaction


@dataclass(frozen=True, slots=True)
class UploadedZip:
    """What became of an upload."""

    #: Everything that keeps it from being installed, with file and line; empty: it may be.
    problems: tuple[Problem, ...]
    #: Under which id it waits for `open_zip` and `install_zip`, for a day; "" if it was not kept.
    file: str = ""


def upload_zip(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    stream: BinaryIO,
    name: str,
    blobs: Blobs,
    address: str = "",
) -> UploadedZip:
    """Check the pack in `stream` as an upgrade of what is installed, and keep it if nothing is wrong.

    :raises Forbidden: if `actor` is no administrator; the upload was not looked at.
    :raises Refused: if it is empty or larger than `blobs` keeps.
    """
    with reading(session) as tx:
        overseen(tx, actor=actor)
        installed = world(tx).apps
    content = content_of(stream, max_mb=blobs.max_mb)
    try:
        problems = check_files(name, read_zip(content), installed=installed).problems
    except Problems as error:
        problems = error.problems
    if problems:
        return UploadedZip(problems)
    blob = blobs.keep(BytesIO(content))
    with transaction(session) as tx:
        admin = administrator(tx, clock=clock, actor=actor, address=address)
        stored = files.add(tx, blob, name=name, by=admin.person.id, at=clock.moment)
        admin.note("pack.uploaded", f"file/{stored.id}", file=stored.name, sha256=stored.sha256)
    return UploadedZip((), stored.id)
