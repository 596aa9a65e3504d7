"""Words for the canvas that flows are drawn on."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.designing import edited


def node(page: Page, code: str) -> Locator:
    """Return a node."""
    return page.locator(f'#flow-canvas .x6-node[data-cell-id="node:{code}"]')


def edge(page: Page, origin: str, to: str) -> Locator:
    """Return the edge between two nodes."""
    return page.locator(f'#flow-canvas .x6-edge[data-cell-id="edge:{origin}>{to}#0"]')


def middle(one: Locator) -> tuple[float, float]:
    """Return the middle of something on the window."""
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def between(page: Page, origin: str, to: str) -> tuple[float, float]:
    """Return the point half-way between two nodes: on their edge."""
    (ax, ay), (bx, by) = middle(node(page, origin)), middle(node(page, to))
    return (ax + bx) / 2, (ay + by) / 2


def below(page: Page, code: str, down: int) -> tuple[float, float]:
    """Return the point so many pixels below the middle of a node."""
    x, y = middle(node(page, code))
    return x, y + down


def drop(page: Page, what: str, spot: tuple[float, float]) -> None:
    """Drag a kind of node from the palette to a point, and wait until its panel is there."""
    item = page.locator("#flow-palette").get_by_role("button", name=what, exact=True)
    before = page.locator("#flow-outline button").count()
    item.scroll_into_view_if_needed()
    page.mouse.move(*middle(item))
    page.mouse.down()
    page.mouse.move(*spot, steps=8)
    with edited(page):
        page.mouse.up()
    expect(page.locator("#flow-outline button")).to_have_count(before + 1)
    settle(page)


def join(page: Page, origin: str, side: int, to: str) -> None:
    """Draw an edge from a side of a node (top, right, bottom, left) to another node."""
    page.mouse.move(*middle(node(page, origin)))
    x, y = middle(node(page, origin).locator(".x6-port-body").nth(side))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 15, y + 15, steps=3)
    page.mouse.move(*middle(node(page, to)), steps=10)
    with edited(page):
        page.mouse.up()
    expect(edge(page, origin, to)).to_have_count(1)
    settle(page)


def click_edge(page: Page, origin: str, to: str) -> None:
    """Click an edge on its line (the middle of its box may lie beside it), and wait for its panel."""
    x, y = edge(page, origin, to).evaluate(
        """(edge) => {
          const path = edge.querySelector("path");
          const at = path.getPointAtLength(path.getTotalLength() * 0.6);
          const point = at.matrixTransform(path.getScreenCTM());
          return [point.x, point.y];
        }"""
    )
    page.mouse.click(x, y)
    expect(page.locator("#edge-label")).to_be_visible()


def settle(page: Page) -> None:
    """Wait until what has changed is drawn: places are read from the screen."""
    page.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(done), 100))")


def lead(page: Page, origin: str, to: str, end: str, elsewhere: str) -> None:
    """Drag an end of an edge, `source` or `target`, to another node."""
    click_edge(page, origin, to)
    handle = page.locator(f"#flow-canvas .x6-edge-tool-{end}-arrowhead")
    expect(handle).to_have_count(1)
    page.mouse.move(*middle(handle))
    page.mouse.down()
    page.mouse.move(*middle(node(page, elsewhere)), steps=12)
    with edited(page):
        page.mouse.up()
