"""A Chromium, a server with sample pages, and pages that are watched."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.browser.watch import Watch
from tests.needs import CHROMIUM_ARGS, chromium
from tests.web.gallery import gallery

#: Width and height by name: a desk and a phone.
SIZES = {"desk": (1440, 900), "phone": (390, 844)}

Open = Callable[..., Page]


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
        page.set_default_timeout(10_000)
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
