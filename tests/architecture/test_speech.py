"""Sentences for people are said in their language: none stands in a module as bare Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.catalogs import WINGS, translations
from tests.architecture.tree import PRODUCT, name_of, parsed

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SAYING = {"_", "_l"}
#: Where Chinese is no sentence of a page, and why.
SPARED = {
    "runtime/usecases/set_up.py": "data of a new organisation",
    "runtime/cli.py": "the terminal speaks Chinese",
    "runtime/commands/": "the terminal speaks Chinese",
    "builder/commands/": "the terminal speaks Chinese",
    "runtime/demo/": "data of the demo organisation",
    "runtime/web/languages.py": "names of languages in themselves",
    "runtime/language/expressions/upper_money.py": "amounts in capitals are values",
}
#: Texts that are kept, for readers of any language.
KEPT = {
    "文件": "the name of a file that has none",
    "来源单据已撤销": "the opinion that an event keeps",
}


def _marked(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield docstrings and what is said with `_()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYING:
            yield from ast.walk(node.args[0])


def bare(path: Path, labels: set[str]) -> list[str]:
    """Return the Chinese texts of a module that are neither said with `_()` nor labels of a catalog."""
    tree = parsed(path)
    marked = {id(node) for node in _marked(tree)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [one for one in ast.walk(node) if one is not node]
            marked |= {id(one) for one in parts}
            texts = [str(one.value) for one in parts if isinstance(one, ast.Constant)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in marked:
            texts = [node.value] if node.value not in labels | KEPT.keys() else []
        else:
            continue
        if any(map(_CHINESE.search, texts)):
            found.append(f"{name_of(path)}:{node.lineno} {ast.unparse(node)}")
    return found


@pytest.fixture(scope="module")
def labels() -> set[str]:
    """Return every text that has a translation."""
    return {text for wing in WINGS for text in translations(wing, "en")}


@pytest.mark.parametrize(
    "path", [one for one in PRODUCT if not name_of(one).startswith(tuple(SPARED))], ids=name_of
)
def test_every_sentence_can_be_said_in_another_language(path: Path, labels: set[str]) -> None:
    assert not bare(path, labels)
