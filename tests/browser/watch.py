"""What a page must never do, watched while a test drives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "designer_static" / "dev" / "axe.min.js"
#: Milliseconds that a test waits for anything.
PATIENCE = 30_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

#: Runs before anything of the page: a refused style or script is an error, not a warning to overlook.
LISTEN = """
addEventListener("securitypolicyviolation",
  (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Watch:
    """Everything that went wrong on a page so far."""

    page: Page
    origin: str
    faults: list[str] = field(default_factory=list)
    #: Statuses that the test provokes.
    allowed: set[int] = field(default_factory=set)

    def start(self) -> None:
        """Begin to listen."""
        self.page.add_init_script(LISTEN)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A status is judged by the response itself, which names it.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"foreign request: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self.faults.append(f"status {response.status}: {response.url}")


def overflow(page: Page) -> list[str]:
    """Return what reaches beyond the right edge of the page; nothing if the page does not scroll sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => `${one.localName}.${one.className}`).slice(0, 5)"""
    )
    return found


def axe_findings(page: Page) -> list[str]:
    """Return what axe finds wrong; run by `evaluate`, since the policy refuses a foreign script element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(
        "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]}"
        for one in result["violations"]
        for node in one["nodes"][:3]
    ]
