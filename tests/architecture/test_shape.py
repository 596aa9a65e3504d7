"""A module fits in the head, and is named for the one thing in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import PRODUCT, ROOT, name_of, parsed

#: Lines that can be read in one sitting.
LONGEST = 250

WORKSHOP = sorted(
    path
    for folder in ("scripts", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if not path.is_relative_to(ROOT / "bench" / "peers")  # measured against, not ours to shape
)

#: Names that say that something is done, but not what.
VAGUE = re.compile(r"(Manager|Helper|Util|Service)s?$")

#: The kind of node that BPMN calls a service task; the word is the domain's.
DOMAIN_WORDS = {"Service"}


@pytest.mark.parametrize("path", PRODUCT + WORKSHOP, ids=name_of)
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_name_says_what_a_thing_does(path: Path) -> None:
    classes = [node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
    names = [*classes, "".join(word.title() for word in path.stem.split("_"))]

    assert [name for name in names if VAGUE.search(name) and name not in DOMAIN_WORDS] == []


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(parsed(path))
