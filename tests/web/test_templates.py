"""Templates, view models and scripts agree with each other and with the registries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runtime.fields import FIELDS
from runtime.web.frame import STATIC
from runtime.web.texts import SCRIPT_TEXTS

TEMPLATES = Path(__file__).resolve().parents[2] / "runtime" / "web" / "templates"
SCRIPTS = sorted((STATIC / "js").glob("*.js"))


def sources(*folders: Path) -> str:
    """Return the text of every template, module and script below the folders."""
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".py", ".js")
    )


@pytest.mark.parametrize("code", [kind.code for kind in FIELDS])
def test_a_field_type_can_be_filled_in_and_read(code: str) -> None:
    template = (TEMPLATES / "fields" / f"{code}.html").read_text(encoding="utf-8")

    assert "macro edit(cell" in template
    assert "macro read(cell" in template


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="i-([^"]+)"', (STATIC / "vendor" / "icons.svg").read_text(encoding="utf-8")))
    named = set(re.findall(r'icon\(\s*"([a-z0-9-]+)"', sources(TEMPLATES)))
    named |= set(re.findall(r'\bicon="([a-z0-9-]+)"', sources(TEMPLATES.parent)))

    assert len(named) > 30
    assert named - sprite == set()


def test_scripts_say_only_words_that_pages_hand_over() -> None:
    said = set(re.findall(r'\btext\("([a-z_]+)"', sources(STATIC / "js")))

    assert said == set(SCRIPT_TEXTS)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
