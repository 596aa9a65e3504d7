"""The designer in a browser: a form of 200 fields and a flow of 200 nodes, edited by keys.

Timed in the page itself: from the key to the first frame that shows a difference, and to the frame that shows
the server's answer. Server, database and browser share the machine.
"""

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from bench.measure import percentile
from runtime.app import create_app
from runtime.demo.people import PASSWORD
from runtime.settings import Settings
from runtime.store.database import make_engine
from runtime.store.migrating import upgrade
from runtime.store.session import Sessions
from runtime.usecases.set_up import set_up

APP = "bench_design"
SIZE = 200
#: Gestures of each page that are timed, after a few that are not.
TIMES, WARM = 40, 5
_ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_TYPES = ("text", "money", "date", "user", "textarea", "integer", "boolean", "department")
_FORM, _FLOW = "forms/big.yaml", "flows/big.yaml"

#: Runs before the page's own scripts. A gesture is one key; only one is under way at a time.
_WATCH = """
window.gesture = {};
addEventListener("keydown", () => { window.gesture = { from: performance.now() }; }, true);
new MutationObserver(() => {
  const now = window.gesture;
  if (now.from && !now.seen) requestAnimationFrame(() => { now.seen ??= performance.now() - now.from; });
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
const ask = window.fetch;
window.fetch = async (...asked) => {
  const answer = await ask(...asked);
  const now = window.gesture;
  if (String(asked[0]).endsWith("/edit")) {
    setTimeout(() => requestAnimationFrame(() => { now.kept = performance.now() - now.from; }));
  }
  return answer;
};
"""


@dataclass(frozen=True, slots=True)
class Reaction:
    """Milliseconds at the 95th percentile."""

    visible: float
    confirmed: float


def chromium() -> str | None:
    """Return the path of a Chromium, None if there is none."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


def measure_designer(database: str) -> Mapping[str, Reaction]:
    """Return how fast the form and the flow designer react; `database` is an empty one."""
    with _served(database) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_ARGS))
        page = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}).new_page()
        page.add_init_script(_WATCH)
        _log_in(page)
        _fill(page)
        page.goto(f"/design/{APP}/forms/big?selected=f100")
        page.locator("#s-f100").focus()
        form = _reaction(page, ("Alt+ArrowDown", "Alt+ArrowUp"))
        page.goto(f"/design/{APP}/flows/big")
        page.locator("#flow-outline button").nth(SIZE // 2).click()
        page.locator("#flow-panel[data-about], #flow-panel h2").first.wait_for()
        page.locator("#flow-outline [aria-current]").focus()
        flow = _reaction(page, ("Alt+ArrowDown", "Alt+ArrowUp"))
        browser.close()
    return {"form": form, "flow": flow}


def _reaction(page: Page, keys: tuple[str, str]) -> Reaction:
    page.wait_for_timeout(1500)
    visible, confirmed = [], []
    for number in range(WARM + TIMES):
        page.keyboard.press(keys[number % 2])
        found = page.evaluate("window.gesture")
        while not ("kept" in found and "seen" in found):
            page.wait_for_timeout(20)
            found = page.evaluate("window.gesture")
        if number >= WARM:
            visible.append(found["seen"])
            confirmed.append(found["kept"])
    return Reaction(percentile(visible, 95), percentile(confirmed, 95))


def _fill(page: Page) -> None:
    """Make the app: through the designer's own address, as its pages do."""
    token = page.evaluate("document.querySelector('meta[name=csrf-token]').content")

    def post(path: str, body: dict[str, Any]) -> None:
        headers = {"Content-Type": "application/json", "X-CSRFToken": token}
        answer = page.request.post(path, data=json.dumps(body), headers=headers)
        assert answer.ok, answer.text()

    page.request.post("/design/", form={"code": APP, "name": "大应用", "csrf_token": token})
    for module, name in (("forms", "大表单"), ("flows", "大流程")):
        form = {"code": "big", "name": name, "form": "big", "csrf_token": token}
        page.request.post(f"/design/{APP}/{module}/", form=form)
    for file, document in ((_FORM, big_form()), (_FLOW, big_flow())):
        edit = {"do": "set", "place": [], "value": document}
        post(f"/design/{APP}/edit", {"file": file, "rev": 1, "edit": edit})


def big_form() -> dict[str, Any]:
    """Return a form of 200 fields, two to a line, ten lines to a section."""
    fields = [
        {"code": f"f{at}", "type": _TYPES[at % len(_TYPES)], "label": f"字段 {at}"} for at in range(SIZE)
    ]
    lines = [[f"f{at}", f"f{at + 1}"] for at in range(0, SIZE, 2)]
    sections = [
        {"section": f"分组 {at // 10}", "rows": lines[at : at + 10]} for at in range(0, len(lines), 10)
    ]
    return {"code": "big", "name": "大表单", "fields": fields, "layout": sections}


def big_flow() -> dict[str, Any]:
    """Return a flow of 200 nodes, one behind the other."""
    codes = [f"n{at}" for at in range(SIZE - 1)]
    nodes: list[dict[str, Any]] = [
        {"code": code, "kind": "approve", "name": f"审批 {code}", "assignees": ["initiator"]}
        for code in codes
    ]
    way = ["start", *codes, "end"]
    return {
        "code": "big",
        "name": "大流程",
        "form": "big",
        "start": {"who": [{"role": "all_staff"}]},
        "nodes": [*nodes, {"code": "end", "kind": "end", "name": "结束"}],
        "edges": [{"from": one, "to": other} for one, other in pairwise(way)],
        "picture": {code: [80 + 160 * (at % 20), 80 + 100 * (at // 20)] for at, code in enumerate(way)},
    }


def _log_in(page: Page) -> None:
    page.goto("/login")
    page.fill("[name=login]", "admin")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/**")


@contextmanager
def _served(database: str) -> Iterator[str]:
    """Serve an installation of its own, with the demo's people."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(database)
        upgrade(engine)
        with Sessions(engine)() as session:
            set_up(session=session, demo=True)
        engine.dispose()
        server = make_server("127.0.0.1", 0, create_app(_settings(Path(folder), database)), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _settings(folder: Path, database: str) -> Settings:
    return Settings(
        var_dir=folder,
        database_url=database,
        redis_url=None,
        files_dir=folder / "files",
        secret_key="for the bench",
        time_zone=ZoneInfo("Asia/Shanghai"),
        demo=True,
        max_file_mb=6,
    )
