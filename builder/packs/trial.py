"""Walk-throughs of a draft, played in a process and a temporary installation of their own.

Nothing of this process is shared: no database, no kept compilation, no settings.
What takes too long is ended.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import runtime
from runtime.language.refusal import Refused

#: Seconds that one run may take.
LONGEST = 120.0
#: All that the other process is told of this one's surroundings.
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT")
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
        raise Refused("busy", "另一次测试正在运行，请稍后再试。")
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
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise Refused("bad_path", f"文件名 {name} 不能用。")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _run(folder: Path, app: str, longest: float) -> tuple[str, str]:
    home = Path(runtime.__file__).resolve().parents[1]
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-c", _START, "pack", "test", f"./{app}", "--json"],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(home), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        return process.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        _end(process)
        raise Refused("too_long", f"测试运行超过 {longest:.0f} 秒，已中止。") from None


def _end(process: subprocess.Popen[str]) -> None:
    """End the process and whatever it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _read(said: tuple[str, str]) -> tuple[Played, ...]:
    out, errors = said
    try:
        stories: Sequence[Mapping[str, object]] = json.loads(out)
    except ValueError:
        told = (out.strip() or errors.strip() or "没有输出").splitlines()
        raise Refused("not_played", f"测试没有运行起来：{'；'.join(told[-3:])[:500]}") from None
    return tuple(_story(one) for one in stories)


def _story(found: Mapping[str, object]) -> Played:
    told = found.get("told")
    lines = (
        Line(str(one["line"]), tuple(map(str, one["wrong"])))
        for one in (told if isinstance(told, list) else ())
    )
    return Played(str(found["name"]), str(found["result"]), str(found.get("skipped") or ""), tuple(lines))
