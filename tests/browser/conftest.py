"""A Chromium, a server with sample pages, demo installations, and pages that are watched."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser.demo import install, served_copy
from tests.browser.person import Person, shots_folder
from tests.browser.watch import PATIENCE, Watch
from tests.needs import CHROMIUM_ARGS, chromium
from tests.web.gallery import gallery

#: Width and height by name: a desk and a phone.
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
#: What the designer is used on as well; for tests that ask for it.
NARROW = {"laptop": (1024, 800)}

# A loaded machine is slow; what never comes is found out all the same.
expect.set_options(timeout=PATIENCE)

#: Seconds for a test: what is quick alone takes minutes where four browsers share a slow machine.
LONGEST = 400

Open = Callable[..., Page]
Enter = Callable[[str], Person]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test of this folder the time of a busy machine, unless it says its own."""
    for item in items:
        if Path(__file__).parent in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LONGEST))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_ARGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples() -> Iterator[str]:
    """Address of a server that shows the sample pages."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, gallery(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, samples: str) -> Iterator[Open]:
    """Open a sample page; at the end of the test every fault of any page is a failure.

    `open_page(path, size="desk", allow=(422,))` names statuses that the test provokes.
    """
    watches: list[Watch] = []

    def open_it(path: str, *, size: str = "desk", allow: tuple[int, ...] = ()) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=samples, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch = Watch(page, samples, allowed=set(allow))
        watch.start()
        watches.append(watch)
        page.goto(path)
        return page

    yield open_it
    faults = [fault for watch in watches for fault in watch.faults]
    for watch in watches:
        watch.page.context.close()
    assert faults == []


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, installed once for all tests of a run, whichever process of it comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return shared if shared.is_dir() else install(shared)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """A desk and a phone."""
    named: str = request.param
    return named


@pytest.fixture
def enter(browser: Browser, installed: Path, tmp_path: Path, size: str) -> Iterator[Enter]:
    """Log somebody in to an installation of this test alone; whatever went wrong on their pages fails it."""
    people: list[Person] = []
    width, height = {**SIZES, **NARROW}[size]
    shots = shots_folder(tmp_path / "shots") / size
    shots.mkdir(exist_ok=True)
    with served_copy(installed, tmp_path) as address:

        def let_in(login: str) -> Person:
            viewport = ViewportSize(width=width, height=height)
            people.append(Person.enter(browser, address, login, viewport=viewport, shots=shots))
            return people[-1]

        yield let_in
        faults = [fault for person in people for fault in person.faults]
        for person in people:
            person.page.screenshot(path=shots / f"99-last-of-{person.login}.png")
            person.leave()
    assert list(dict.fromkeys(faults)) == []
