"""A zipped pack that an administrator has uploaded and that waits to be installed."""

from runtime.language.refusal import NotFound
from runtime.packs.read import PackFiles, read_zip
from runtime.store import files
from runtime.store.blobs import Blobs
from runtime.store.files import StoredFile
from runtime.store.session import Session


def own_upload(tx: Session, file: str, *, by: int) -> StoredFile:
    """Return the upload with this id that person number `by` brought and nobody has used yet.

    :raises NotFound: if there is none.
    """
    found = files.find(tx, file)
    if found.entity is not None or found.uploaded_by != by:
        raise NotFound("no_such_file", "这个文件不存在，或已被清理。")
    return found


def files_of(upload: StoredFile, blobs: Blobs) -> PackFiles:
    """Return the files in the upload.

    :raises Problems: if it is no zip of a pack.
    :raises NotFound: if its content has just been cleared away.
    """
    try:
        return read_zip(blobs.path(upload.sha256).read_bytes())
    except FileNotFoundError:
        raise NotFound("no_such_file", "这个文件不存在，或已被清理。") from None
