"""Modules of the browser: one address each, so that each runs once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, TEMPLATES, name_of

STATIC = ROOT / "designer_static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
_LOADED = re.compile(r"""asset\(\s*['"](js/[^'"]+)['"]\s*\)""")


def test_a_module_that_others_import_is_not_loaded_by_a_page_as_well() -> None:
    """A page adds a version to the address, an import does not: the module would run twice, and act twice."""
    imported = {path for script in SCRIPTS for path in imports(script)}

    both = {
        f"{name_of(page)}: {name}" for page in TEMPLATES for name in loaded(page) if STATIC / name in imported
    }

    assert sorted(both) == []


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
