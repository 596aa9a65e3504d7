"""The English catalog holds every word of the pages, and nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from runtime.web.languages import CATALOGS, LANGUAGES, SOURCE, compile_catalogs

WEB = CATALOGS.parent
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
HOLES = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Every text that templates and modules mark as words of the pages."""
    found = extract_from_dir(
        WEB,
        method_map=METHODS,
        options_map={"**/templates/**.html": {"newstyle_gettext": "true", "encoding": "utf-8"}},
        keywords={"_": None, "_l": None, "gettext": None},
    )
    return {str(message) for _file, _line, message, _comments, _context in found}


def catalogs() -> Iterator[tuple[str, Catalog]]:
    """Yield language and catalog of every translation."""
    for language in LANGUAGES:
        if language != SOURCE:
            with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
                yield language, read_po(file, locale=language)


def test_every_language_but_our_own_has_a_catalog() -> None:
    assert [language for language, _ in catalogs()] == ["en"]


def test_a_catalog_is_complete_and_holds_nothing_old(said: set[str]) -> None:
    assert len(said) > 200
    for _, catalog in catalogs():
        assert {str(one.id) for one in catalog if one.id} == said


def test_translations_are_there_with_the_same_holes() -> None:
    for _, catalog in catalogs():
        wrong = [
            one.id
            for one in catalog
            if one.id
            and (
                not one.string or sorted(HOLES.findall(str(one.id))) != sorted(HOLES.findall(str(one.string)))
            )
        ]
        assert wrong == []


def test_catalogs_are_compiled_when_missing_or_old_and_then_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "messages.po"
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "待办"\nmsgstr "To do"\n', encoding="utf-8")

    assert compile_catalogs(tmp_path) == [folder / "messages.mo"]
    assert compile_catalogs(tmp_path) == []

    later = (folder / "messages.mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_catalogs(tmp_path) == [folder / "messages.mo"]
