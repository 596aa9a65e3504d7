"""The English catalogs hold every word of the pages, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, session
from flask_babel import get_translations

from runtime.language.speech import _
from runtime.web import languages
from runtime.web.languages import compile_catalogs
from scripts.catalogs import TRANSLATED, WINGS, Wing, translations, wrong

WING = pytest.mark.parametrize("wing", WINGS, ids=lambda wing: wing.name)
LANGUAGE = pytest.mark.parametrize("language", TRANSLATED)


def test_every_language_but_our_own_is_translated_into() -> None:
    assert TRANSLATED == ("en",)


@WING
@LANGUAGE
def test_a_catalog_is_complete_and_holds_nothing_old(wing: Wing, language: str) -> None:
    said = wing.said()
    assert len(said) > 300
    assert set(translations(wing, language)) == said, "make catalogs"


@WING
@LANGUAGE
def test_translations_are_there_with_the_same_holes(wing: Wing, language: str) -> None:
    found = {text: wrong(text, words) for text, words in translations(wing, language).items()}
    assert {text: what for text, what in found.items() if what} == {}


@LANGUAGE
def test_words_of_two_wings_are_said_alike(language: str) -> None:
    first, second = (translations(wing, language) for wing in WINGS)
    shared = first.keys() & second.keys()
    assert len(shared) > 20
    assert {text for text in shared if first[text] != second[text]} == set()


def test_labels_that_nothing_marks_are_among_the_words() -> None:
    runtime, builder = (wing.said() for wing in WINGS)
    assert {"审批", "直属上级"} <= runtime
    assert {"单行文本", "条件分支", "更新记录", "短信", "每周"} <= builder


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


def test_each_request_has_its_own_language_and_looks_for_the_catalog_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted() -> Any:
        asked.append("")
        return get_translations()

    monkeypatch.setattr(languages, "get_translations", counted)

    for code, said in (("en", "Yes"), ("zh_Hans_CN", "是"), ("en", "Yes")):
        with app.test_request_context():
            session["language"] = code
            assert [_("是") for _row in range(3)] == [said] * 3

    assert len(asked) == 3
    assert _("是") == "是"
