"""Documents stay true: links lead somewhere, commands exist, nothing names the machine it was written on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.architecture.tree import ROOT, name_of, tracked

PAGES = [
    path for path in tracked() if path.suffix == ".md" and not path.is_relative_to(ROOT / "bench" / "peers")
]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = [link for link in links(page) if not _leads_somewhere(page, link)]

    assert dead == []


def test_every_page_of_the_docs_stands_in_their_index() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / urlsplit(link).path).resolve() for link in links(index)}

    missing = {page for page in PAGES if page.is_relative_to(index.parent)} - listed - {index}

    assert sorted(map(name_of, missing)) == []


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_the_commands_of_the_readme_exist(readme: Path) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", readme.read_text(encoding="utf-8")))
    targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))

    assert {"run", "test"} <= named <= set(targets)


def test_no_file_names_this_machine_or_a_registry() -> None:
    names = "\n".join(_names_of_this_machine())
    found = subprocess.run(
        ["git", "grep", "--line-number", "-I", "--fixed-strings", "-f", "-"],
        cwd=ROOT, input=names, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert found.returncode in (0, 1), found.stderr
    assert found.stdout == ""


def links(page: Path) -> list[str]:
    """Return the targets of a page's links, code left out."""
    return _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8")))


def _leads_somewhere(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme:  # another site is not ours to check
        return True
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists():
        return False
    return not parts.fragment or unquote(parts.fragment) in _anchors(target)


def _anchors(page: Path) -> set[str]:
    """Return the anchors that a page's headings get when it is shown as HTML."""
    headings = re.findall(r"(?m)^#+ +(.+?) *$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _names_of_this_machine() -> list[str]:
    # Joined, so that this file does not name them either.
    hosts = [
        ".".join(host) for host in (("registry", "npmjs"), ("registry", "yarnpkg"), ("files", "pythonhosted"))
    ]
    pip = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    configured = urlsplit(pip.stdout.strip()).hostname
    folders = [
        f"{path}/" for path in (ROOT, Path.home()) if len(path.parts) > 2
    ]  # "/app" alone is a common word
    return [*folders, *hosts, *([configured] if configured else [])]
