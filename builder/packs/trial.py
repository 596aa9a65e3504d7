"""Walk-throughs of a draft, played in a process and a temporary installation of their own.

Nothing of this process is shared: no database, no kept compilation, no settings.
What takes too long is ended, and what it made on disk goes with the folder it was given.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import runtime
from builder.packs.heard import heard, plain
from runtime.language.refusal import Refused
from runtime.language.speech import _

#: Seconds that one run may take.
LONGEST = 120.0
#: Bytes of one file that it may write.
LARGEST_FILE = 256_000_000
#: All that the other process is told of this one's surroundings.
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
#: By which of them a system names the folder for temporary files.
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")
#: Limits are set by the other process itself: between fork and exec a server with threads may run no Python.
_LIMITS = """
try:
    import resource
except ImportError:  # not on every system
    pass
else:
    for what, most in ((resource.RLIMIT_CPU, {cpu}), (resource.RLIMIT_FSIZE, {size})):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
"""
_START = "from runtime.cli import main; main()"
_BUSY = Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story, and what was wrong there."""

    text: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """One walk-through as it was played."""

    name: str
    #: passed, failed or skipped.
    result: str
    #: Why it was not played; empty if it was.
    skipped: str
    lines: tuple[Line, ...]


#: Files of a pack by path.
Files = Mapping[str, bytes]


def play_trial(packs: Mapping[str, Files], app: str, *, longest: float = LONGEST) -> tuple[Played, ...]:
    """Return the walk-throughs of pack `app` as they were played; `packs` holds it and those it requires.

    :raises Refused: if another run is going on, it takes longer than `longest` seconds, or cannot be played.
    """
    if not _BUSY.acquire(blocking=False):
        raise Refused("busy", _("另一次测试正在运行，请稍后再试。"))
    try:
        with TemporaryDirectory(prefix="biaoliu-trial-") as place:
            folder = Path(place)
            for code, files in packs.items():
                _write(folder / code, files)
            return _read(_run(folder, app, longest))
    finally:
        _BUSY.release()


def _write(folder: Path, files: Files) -> None:
    for name, data in files.items():
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder.resolve()):
                raise _bad_path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except (OSError, ValueError) as error:  # too long, a NUL, a file where a folder should be
            raise _bad_path(name) from error


def _bad_path(name: str) -> Refused:
    return Refused("bad_path", _("文件名 %(name)s 不能用。", name=name[:80]))


def _run(folder: Path, app: str, longest: float) -> tuple[str, str]:
    home = Path(runtime.__file__).resolve().parents[1]
    # No pack's code begins with a point.
    scratch = folder / ".scratch"
    scratch.mkdir()
    told = {name: os.environ[name] for name in _KEPT if name in os.environ}
    told |= dict.fromkeys(_TEMPORARY, str(scratch))
    told |= {"PYTHONPATH": str(home), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    limits = _LIMITS.format(cpu=ceil(longest) + 1, size=LARGEST_FILE)
    process = subprocess.Popen(
        [sys.executable, "-c", limits + _START, "pack", "test", f"./{app}", "--json"],
        cwd=folder,
        env=told,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        return process.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        said = _("测试运行超过 %(seconds)s 秒，已中止。", seconds=f"{longest:.0f}")
        raise Refused("too_long", said) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End the process, if it has not ended, and whatever it started and left."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # nobody is left in its group
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    if process.returncode is None:
        process.communicate()


def _read(said: tuple[str, str]) -> tuple[Played, ...]:
    out, errors = said
    try:
        return tuple(map(_story, _listed(json.loads(out))))
    except (ValueError, RecursionError):
        told = (out.strip() or errors.strip() or _("没有输出")).splitlines()
        why = _("；").join(told[-3:])[:500]
        raise Refused("not_played", _("测试没有运行起来：%(why)s", why=why)) from None


def _listed(found: object) -> list[object]:
    if not isinstance(found, list):
        raise ValueError("no list")
    return found


def _story(found: Any) -> Played:
    match found:
        case {"name": str(name), "result": str(result), "skipped": str() | None as why, "told": list(told)}:
            skipped = heard(_kept(found, "skipped"), why or "")
            return Played(plain(name), plain(result), skipped, tuple(map(_line, told)))
    raise ValueError("no story")


def _line(found: Any) -> Line:
    match found:
        case {"line": str(line), "wrong": list(wrong)} if all(isinstance(one, str) for one in wrong):
            kept = _kept(found, "wrong")
            again = kept if isinstance(kept, list) and len(kept) == len(wrong) else wrong
            return Line(heard(_kept(found, "line"), line), tuple(map(heard, again, wrong)))
    raise ValueError("no line")


def _kept(found: Mapping[str, object], name: str) -> object:
    kept = found.get("kept")
    return kept.get(name) if isinstance(kept, dict) else None
