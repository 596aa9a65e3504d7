"""A zipped pack that somebody uploads, and one that an administrator has uploaded to install it."""

from typing import BinaryIO

from runtime.language.refusal import NotFound, Refused
from runtime.language.speech import _
from runtime.packs.read import PackFiles, read_zip
from runtime.store import files
from runtime.store.blobs import MEGABYTE, Blobs
from runtime.store.files import StoredFile
from runtime.store.session import Session


def content_of(stream: BinaryIO, *, max_mb: int) -> bytes:
    """Return what is uploaded.

    :raises Refused: if it is empty or larger than `max_mb`; no more than that was read.
    """
    content = stream.read(max_mb * MEGABYTE + 1)
    if len(content) > max_mb * MEGABYTE:
        raise Refused("file_too_big", _("文件不能超过 %(most)s MB。", most=max_mb))
    if not content:
        raise Refused("file_empty", _("文件是空的，请重新选择。"))
    return content


def own_upload(tx: Session, file: str, *, by: int) -> StoredFile:
    """Return the upload with this id that person number `by` brought and nobody has used yet.

    :raises NotFound: if there is none.
    """
    found = files.find(tx, file)
    if found.entity is not None or found.uploaded_by != by:
        raise NotFound("no_such_file", _("这个文件不存在，或已被清理。"))
    return found


def files_of(upload: StoredFile, blobs: Blobs) -> PackFiles:
    """Return the files in the upload.

    :raises Problems: if it is no zip of a pack.
    :raises NotFound: if its content has just been cleared away.
    """
    try:
        return read_zip(blobs.path(upload.sha256).read_bytes())
    except FileNotFoundError:
        raise NotFound("no_such_file", _("这个文件不存在，或已被清理。")) from None
