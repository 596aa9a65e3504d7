"""The tutorial "Your first app in 10 minutes" works as it is written: its pictures are taken by doing it."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, ViewportSize

from scripts import designer_pictures
from tests.browser.demo import ROOT, served_copy
from tests.browser.person import Person
from tests.needs import needs_browser

PAGES = [ROOT / "docs" / "tutorial" / name for name in ("first-app.md", "first-app.zh.md")]


@needs_browser
@pytest.mark.timeout(300)
def test_the_first_app_is_made_published_used_and_exported(
    browser: Browser, installed: Path, tmp_path: Path
) -> None:
    people: list[Person] = []
    shots = tmp_path / "shots"
    shots.mkdir()
    with served_copy(installed, tmp_path) as address:

        def enter(login: str, viewport: ViewportSize) -> Person:
            people.append(Person.enter(browser, address, login, viewport=viewport, shots=shots))
            return people[-1]

        with ZipFile(designer_pictures.take(enter)) as pack:
            names = {
                name.partition("/")[2] if name.startswith("book_loan/") else name for name in pack.namelist()
            }
        for person in people:
            person.leave()

    assert [fault for person in people for fault in person.faults] == []
    assert {"pack.yaml", "forms/loan.yaml", "flows/loan_flow.yaml"} <= names
    assert {path.name for path in shots.glob("*.png")} == pictures(PAGES[0])


def test_both_languages_show_the_same_pictures() -> None:
    assert pictures(PAGES[0]) == pictures(PAGES[1])


def pictures(page: Path) -> set[str]:
    """Return the names of the pictures that a page shows."""
    return set(re.findall(r"\(\.\./images/(designer-[\w-]+\.png)\)", page.read_text(encoding="utf-8")))
