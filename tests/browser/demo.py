"""A demo installation as `biaoliu init --demo` leaves it, copied for everybody who wants one, and served."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Settings of the machine that must not reach an installation of ours.
_FOREIGN = ("DATABASE_URL", "REDIS_URL", "FILES_DIR", "SECRET_KEY", "HTTPS", "TRUSTED_PROXIES", "TIME_ZONE")


def install(folder: Path) -> Path:
    """Install the demo into `folder`, which must not be there yet; return it."""
    draft = folder.with_name(f"{folder.name}.draft")
    subprocess.run(_command("init", "--demo"), cwd=ROOT, env=_environment(draft), check=True)
    return draft.rename(folder)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the installation in `folder`; yield its address."""
    port = _free_port()
    process = subprocess.Popen(
        _command("serve", "--port", str(port)),
        cwd=ROOT,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        try:
            # The command says so once it listens.
            if not any("已启动" in line for line in process.stdout):
                raise RuntimeError("`biaoliu serve` ended before it listened")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.communicate()


@contextmanager
def served_copy(installed: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of an installation below `folder`; yield its address."""
    with served(shutil.copytree(installed, folder / "var")) as address:
        yield address


def _command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from runtime.cli import main; main()", *words]


def _environment(folder: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return kept | {"VAR_DIR": str(folder), "DEMO": "1", "PYTHONUNBUFFERED": "1"}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
