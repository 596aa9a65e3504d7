"""Packs on disk and in transit: a folder or a zip to the files inside, or to what is wrong with them."""

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from runtime.language.parts import MANIFEST
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _

MOST_ENTRIES = 5_000
#: Bytes of one file and of all files together, unpacked.
LARGEST_FILE = 20_000_000
LARGEST_PACK = 100_000_000
#: Bytes of all definitions together: unlike data they are parsed before anybody is asked.
LARGEST_TEXT = 8_000_000
#: Unpacked by packed size from which a zip is a bomb; small files compress better than that at times.
STEEPEST = 200
SMALL = 1_000_000

#: Folders of files that are no definitions: kept as they are.
DATA = ("files/", "seeds/", "demo/")
_ARCHIVES = (".zip", ".jar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")

#: What unpacking raises for damaged zips: encrypted entries RuntimeError, unknown methods
#: NotImplementedError, cut ones EOFError, each method its own.
_DAMAGED = (
    *(zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError, RuntimeError),
    *(zlib.error, lzma.LZMAError, struct.error),
)


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of one pack by path inside it."""

    #: Definitions: YAML text.
    texts: Mapping[str, str] = field(default_factory=dict)
    #: What stands in `files/`, `seeds/` and `demo/`.
    data: Mapping[str, bytes] = field(default_factory=dict)


def read_pack(path: Path) -> PackFiles:
    """Return the files of the pack at `path`, a folder or a zip.

    :raises Problems: if it cannot be read, is too large, or holds what a pack may not hold.
    """
    if path.is_dir():
        return _sorted_out(dict(_folder(path)))
    if not path.is_file():
        raise Problems([Problem("not_found", "$", _("没有这个文件夹或文件：%(path)s", path=path))])
    if path.stat().st_size > LARGEST_PACK:
        raise _too_large()
    return read_zip(path.read_bytes())


def read_zip(content: bytes) -> PackFiles:
    """Return the files of a zipped pack; a single folder around everything is taken off.

    :raises Problems: if it is no zip, is too large or a bomb, or holds what a pack may not hold.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.filename.endswith("/")]
            _check_entries(entries, packed=len(content))
            found = {one.filename: archive.read(one) for one in entries}
    except _DAMAGED as error:
        message = _("不是完好的 zip 包（%(error)s）", error=type(error).__name__)
        raise Problems([Problem("not_a_zip", "$", message)]) from None
    if not found:
        # A damaged directory may look like that of an empty archive.
        raise Problems([Problem("not_a_zip", "$", _("zip 包中没有文件"))])
    return _sorted_out(_without_outer_folder(found))


def _folder(root: Path) -> Iterator[tuple[str, bytes]]:
    count = total = 0
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(one for one in (*names, *files) if not one.startswith(".")):
            path = Path(folder, name)
            inside = path.relative_to(root).as_posix()
            if path.is_symlink():
                raise Problems([_link(f"{inside} $")])
            if path.is_dir():
                continue
            count, total = count + 1, total + path.stat().st_size
            if count > MOST_ENTRIES:
                raise _too_many()
            if total > LARGEST_PACK or path.stat().st_size > LARGEST_FILE:
                raise _too_large()
            yield inside, path.read_bytes()


def _check_entries(entries: list[zipfile.ZipInfo], *, packed: int) -> None:
    """Refuse a zip by its directory alone, before anything is unpacked."""
    if len(entries) > MOST_ENTRIES:
        raise _too_many()
    problems = [problem for one in entries if (problem := _entry_problem(one))]
    seen: set[str] = set()
    for one in entries:
        if one.filename.casefold() in seen:
            problems.append(Problem("duplicate", f"{one.filename} $", _("zip 包中有两个同名的文件")))
        seen.add(one.filename.casefold())
    if problems:
        raise Problems(problems)
    total = sum(one.file_size for one in entries)
    if total > LARGEST_PACK or any(one.file_size > LARGEST_FILE for one in entries):
        raise _too_large()
    if _is_bomb(total, packed):
        raise Problems([_bomb("$")])


def _entry_problem(one: zipfile.ZipInfo) -> Problem | None:
    name = one.filename
    path = f"{name} $"
    parts = PurePosixPath(name).parts
    if (
        not name
        or "\\" in name
        or ":" in name
        or name.startswith("/")
        or ".." in parts
        or "\0" in one.orig_filename
    ):
        return Problem("unsafe_name", path, _("文件名不能带盘符、反斜杠、.. 或以 / 开头"))
    if not name.isascii() and not one.flag_bits & 0x800:
        return Problem("not_utf8", path, _("文件名不是 UTF-8 编码"))
    if stat.S_ISLNK(one.external_attr >> 16):
        return _link(path)
    if name.lower().endswith(_ARCHIVES):
        return Problem("nested", path, _("包中不能再放压缩包"))
    if _is_bomb(one.file_size, one.compress_size):
        return _bomb(path)
    return None


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > SMALL and unpacked > STEEPEST * max(packed, 1)


def _without_outer_folder(found: dict[str, bytes]) -> dict[str, bytes]:
    if MANIFEST in found:
        return found
    outer = {name.partition("/")[0] for name in found}
    if len(outer) == 1 and all("/" in name for name in found):
        return {name.partition("/")[2]: content for name, content in found.items()}
    return found


def _sorted_out(found: Mapping[str, bytes]) -> PackFiles:
    texts: dict[str, str] = {}
    data: dict[str, bytes] = {}
    problems = []
    if sum(len(content) for name, content in found.items() if not name.startswith(DATA)) > LARGEST_TEXT:
        message = _("包中的定义文件合计超过 %(most)s MB", most=LARGEST_TEXT // 1_000_000)
        raise Problems([Problem("too_large", "$", message)])
    for name, content in found.items():
        if name.startswith(DATA):
            data[name] = content
            continue
        try:
            texts[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            message = _("文件不是 UTF-8 编码的文字")
            problems.append(Problem("not_utf8", f"{name} $", message, line=line))
    if problems:
        raise Problems(problems)
    return PackFiles(texts, data)


def _link(path: str) -> Problem:
    return Problem("link", path, _("包中不能有链接"))


def _bomb(path: str) -> Problem:
    return Problem("bomb", path, _("压缩比异常，疑似压缩炸弹"))


def _too_many() -> Problems:
    return Problems([Problem("too_many_files", "$", _("包中的文件超过 %(most)s 个", most=MOST_ENTRIES))])


def _too_large() -> Problems:
    message = _(
        "包的内容超过 %(pack)s MB，或单个文件超过 %(file)s MB",
        pack=LARGEST_PACK // 1_000_000,
        file=LARGEST_FILE // 1_000_000,
    )
    return Problems([Problem("too_large", "$", message)])
