"""Prove that `make run` ends in a log-in page, and how soon, the first time and again.

Run it in a fresh clone: `python3 -m scripts.smoke_run`. It needs the standard library only, since nothing is
installed yet. Exits with 1 and says why if the page does not come in time.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).resolve().parents[1]

#: What the log-in page says, whatever its markup: the log-in, and a demo account to use.
EXPECTED = ("登录", "u052")

#: Seconds: a first time that downloads everything, and one that finds everything done.
FIRST, AGAIN = 600.0, 10.0

# A proxy of the environment must not stand between us and our own machine.
_open = build_opener(ProxyHandler({})).open


class TooLate(Exception):
    """The page did not come; the message says after how long, and what came instead."""


def main() -> int:
    """Start the product twice; return the exit status."""
    for round_, limit in (("first", FIRST), ("again", AGAIN)):
        with running() as (process, url):
            try:
                seconds = time_to_page(process=process, url=url, limit=limit)
            except TooLate as problem:
                print(f"make run ({round_}): {problem}", file=sys.stderr)
                return 1
        print(f"make run ({round_}): log-in page after {seconds:.1f} s", flush=True)
    return 0


@contextmanager
def running() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run `make run` on a free port; yield the process and its URL, and stop all of it afterwards."""
    port = _free_port()
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
    command = ["make", "--no-print-directory", "run"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process, f"http://127.0.0.1:{port}/"
    finally:
        _stop(process)


def time_to_page(*, process: subprocess.Popen[bytes], url: str, limit: float) -> float:
    """Return the seconds until the log-in page answers.

    :raises TooLate: if it does not within `limit` seconds, or the process ends before.
    """
    started = time.monotonic()
    seen = "nothing"
    while (passed := time.monotonic() - started) < limit:
        if process.poll() is not None:
            raise TooLate(f"ended with status {process.returncode} after {passed:.1f} s")
        try:
            with _open(url, timeout=5) as answer:
                seen = answer.read().decode("utf-8", errors="replace")
            if all(words in seen for words in EXPECTED):
                return time.monotonic() - started
        except (URLError, OSError) as problem:
            seen = str(problem)
        time.sleep(0.1)
    raise TooLate(f"no log-in page within {limit:.0f} s; last seen: {seen[:200]}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _stop(process: subprocess.Popen[bytes]) -> None:
    for how, patience in ((signal.SIGTERM, 15.0), (signal.SIGKILL, 5.0)):
        if process.poll() is not None:
            return
        os.killpg(process.pid, how)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    sys.exit(main())
