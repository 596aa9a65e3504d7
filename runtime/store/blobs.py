"""Contents of files on disk, found by what is in them: the same content is kept once, and never changes."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import filetype

from runtime.language.refusal import Refused
from runtime.language.speech import _

_PIECE = 1 << 16
#: What the type is told by.
_HEAD = 8192
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Blob:
    """A content that is safely on disk."""

    sha256: str
    size: int
    #: By content, not by what a name or a browser says.
    content_type: str


@dataclass(frozen=True, slots=True)
class Blobs:
    """The contents below one folder: `ab/cdef…` by the hexadecimal SHA-256."""

    root: Path
    max_mb: int = 50

    def keep(self, stream: BinaryIO) -> Blob:
        """Write what the stream holds and return what it is; nothing is left behind if it is refused.

        :raises Refused: if it is empty or longer than `max_mb`.
        """
        draft = self._folder("drafts") / uuid4().hex
        try:
            digest, size, head = self._written(stream, draft)
            with self._locked(fcntl.LOCK_SH):
                target = self.path(digest)
                target.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return Blob(digest, size, type_of(head))

    def path(self, sha256: str) -> Path:
        """Return where the content is."""
        return self.root / sha256[:2] / sha256[2:]

    def sweep(self, *, before: datetime, unused: Callable[[Iterable[str]], Iterable[str]]) -> int:
        """Remove contents last written before this moment that `unused` picks; return how many.

        Nobody can bring a content back meanwhile: whoever keeps one waits, and keeping it writes it anew.
        They wait for one folder at most.
        """
        old_drafts = [one for one in self._folder("drafts").iterdir() if _is_older(one, before)]
        for draft in old_drafts:
            draft.unlink(missing_ok=True)
        return sum(
            self._swept(folder, before, unused) for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]"))
        )

    def _swept(self, folder: Path, before: datetime, unused: Callable[[Iterable[str]], Iterable[str]]) -> int:
        with self._locked(fcntl.LOCK_EX):
            old = [folder.name + path.name for path in folder.iterdir() if _is_older(path, before)]
            gone = list(unused(old)) if old else []
            for sha256 in gone:
                self.path(sha256).unlink()
        return len(gone)

    def _written(self, stream: BinaryIO, draft: Path) -> tuple[str, int, bytes]:
        digest, size, head = hashlib.sha256(), 0, b""
        with draft.open("xb") as target:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > self.max_mb * MEGABYTE:
                    raise Refused("file_too_big", _("文件不能超过 %(most)s MB。", most=self.max_mb))
                head = head or piece[:_HEAD]
                digest.update(piece)
                target.write(piece)
            if size == 0:
                raise Refused("file_empty", _("文件是空的，请重新选择。"))
            target.flush()
            os.fsync(target.fileno())
        return digest.hexdigest(), size, head

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as lock:
            fcntl.flock(lock, how)
            yield


def type_of(head: bytes) -> str:
    """Return the media type that a content's beginning shows.

    What is only text is plain text, whatever it may mean to a browser: SVG and HTML are never shown inline.
    """
    found = filetype.guess_mime(head)
    if found:
        return str(found)
    # A character of several bytes may be cut at the end.
    text = any(_decodes(head[: len(head) - cut]) for cut in range(min(4, len(head))))
    return "text/plain" if text else "application/octet-stream"


def _decodes(head: bytes) -> bool:
    try:
        return "\0" not in head.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _is_older(path: Path, moment: datetime) -> bool:
    return path.stat().st_mtime < moment.timestamp()
