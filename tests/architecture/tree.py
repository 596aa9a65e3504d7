"""The source tree as the architecture tests look at it."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Rooms that neither know a framework nor look at the clock.
CORE = ("language", "fields", "nodes", "actions", "assignees", "records", "engine")

PRODUCT = sorted(path for wing in ("runtime", "builder") for path in (ROOT / wing).rglob("*.py"))
CORE_MODULES = sorted(
    [path for room in CORE for path in (ROOT / "runtime" / room).rglob("*.py")]
    + list((ROOT / "runtime").glob("registry.py"))
)
TEMPLATES = sorted(
    path for wing in ("runtime", "builder") for path in (ROOT / wing).rglob("templates/**/*.html")
)


@cache
def tracked() -> list[Path]:
    """Return every file that git tracks and that is there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8"
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """Return a path as it reads from the top of the tree; also the id of a test's parameter."""
    return str(path.relative_to(ROOT))
