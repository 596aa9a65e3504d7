"""Modules of the browser: one address each, so that each runs once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from runtime.web.modules import Modules
from tests.architecture.tree import ROOT, TEMPLATES, name_of

STATIC = ROOT / "designer_static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
_ASSET = re.compile(r"""asset\(\s*['"](js/[^'"]+)['"]\s*\)""")
_LOADED = re.compile(r"""module\(\s*['"](js/[^'"]+)['"]\s*\)""")


def test_pages_load_and_modules_import_by_the_same_address() -> None:
    """Else a module that a page loads and another one imports would run twice, and act twice."""
    modules = Modules(STATIC)
    imported = {
        (posixpath.normpath(posixpath.join(posixpath.dirname(path), target)), version)
        for path in modules
        for target, version in re.findall(r'"(\.[^"?]+)\?v=(\w+)"', modules.text(path) or "")
    }

    assert imported
    assert {(path, modules.version(path)) for path, _version in imported} == imported
    by_asset = [
        f"{name_of(page)}: {name}" for page in TEMPLATES for name in _ASSET.findall(page.read_text("utf-8"))
    ]
    assert by_asset == []


def test_every_import_leads_to_a_module() -> None:
    dead = [
        f"{name_of(script)}: {path}" for script in SCRIPTS for path in imports(script) if not path.is_file()
    ]

    assert dead == []


def test_every_module_is_used() -> None:
    used = {path for script in SCRIPTS for path in imports(script)}
    used |= {STATIC / name for page in TEMPLATES for name in loaded(page)}

    assert sorted(name_of(one) for one in set(SCRIPTS) - used) == []


def imports(script: Path) -> Iterator[Path]:
    """Yield the modules that a module imports."""
    for found in _IMPORT.findall(script.read_text(encoding="utf-8")):
        yield (script.parent / found).resolve()


def loaded(page: Path) -> list[str]:
    """Return the scripts that a template loads."""
    return _LOADED.findall(page.read_text(encoding="utf-8"))
