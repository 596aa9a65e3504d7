"""What the designer asks of the database: a page reads the draft once, an edit once more for its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from builder.edits.anywhere import RemoveItem, SetValue
from builder.store import drafts
from builder.store.checking import checked
from builder.usecases import publish_draft
from runtime.store.database import db
from tests.builder.designing import change
from tests.builder.drafting import TABLE, edit, label, opened, publish
from tests.builder.pages import source
from tests.builder.test_drafts import APP, FORM, PAGE
from tests.store.databases import watched
from tests.usecases.house import House
from tests.web.site import Browser, Site

HOME = f"/design/{APP}"
#: Who asks, today's numbers, the draft with its changes and edits, and for the check its data files.
MOST = 7


@pytest.fixture
def root(site: Site) -> Browser:
    """Somebody who may design, on a site that has drawn a page before."""
    browser = site.browser("admin")
    browser.read(PAGE)
    return browser


@pytest.fixture
def sent(site: Site) -> Iterator[list[str]]:
    """Yield the statements sent so far."""
    found: list[str] = []

    def note(*given: Any) -> None:
        found.append(given[2])

    with site.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the apps whose draft was read so far."""
    found: list[str] = []
    read = drafts.read

    def counted(tx: Any, app: str, *, lock: bool = False) -> Any:
        found.append(app)
        return read(tx, app, lock=lock)

    monkeypatch.setattr(drafts, "read", counted)
    return found


@pytest.mark.parametrize("module", ["rules", "tests"])
def test_a_page_reads_the_draft_once(
    root: Browser, sent: list[str], readings: list[str], module: str
) -> None:
    listed = root.read(f"{HOME}/{module}/")
    found = re.search(r'data-key="([^"]+)"', listed)
    assert found

    for url in (f"{module}/", f"{module}/{found[1]}", f"flows/{APP}_flow/problems"):
        sent.clear()
        readings.clear()
        root.read(f"{HOME}/{url}")

        assert readings == [APP], url
        assert len(sent) <= MOST, sent


def test_an_edit_is_answered_from_its_own_transaction(root: Browser, readings: list[str]) -> None:
    def asked(work: Callable[[], TestResponse], *, most: int) -> None:
        readings.clear()
        assert work().status_code in (200, 302)
        assert len(readings) <= most

    def edit(rev: int) -> TestResponse:
        view = {"name": "form", "file": FORM, "selected": ""}
        return root.post(f"{HOME}/edit", file=FORM, rev=rev, edit=change("name", to=f"第 {rev}"), view=view)

    test = {"name": "另一个", "flow": f"{APP}_flow"}
    asked(lambda: edit(0), most=3)  # looked for, begun, and as the edit left it
    asked(lambda: edit(1), most=2)
    asked(lambda: root.client.post(f"{HOME}/tests/", data=test), most=2)
    text = source(root.read(f"{PAGE}/yaml"))
    asked(lambda: root.post(f"{PAGE}/yaml", text=text, rev=2), most=3)  # first, what there is to write


def test_rows_are_counted_with_one_statement_for_each_table(filled: House) -> None:
    for one in ("since", "credit", "phone"):
        edit(filled, SetValue(TABLE, ("fields", one, "required"), True))
    edit(filled, SetValue(TABLE, ("fields", "level", "unique"), True))
    edit(filled, RemoveItem(TABLE, ("fields", "keeper")))

    with watched(filled.session) as sent:
        found = opened(filled)

    assert found.counts == {
        ("supplier", "since", "required"): 1,
        ("supplier", "credit", "required"): 0,
        ("supplier", "phone", "required"): 2,
        ("supplier", "level", "unique"): 0,
        ("supplier", "keeper", "removed"): 3,
    }
    assert len([one for one in sent if "_supplier" in one]) == 1


def test_a_publication_checks_once_and_before_anybody_waits(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = []

    def watch(tx: Any, draft: drafts.Draft) -> Any:
        locked.append("use_case" in tx.info)
        return checked(tx, draft)

    monkeypatch.setattr(publish_draft, "checked", watch)
    label(house, "供应商全称")
    publish(house)

    assert locked == [False]
