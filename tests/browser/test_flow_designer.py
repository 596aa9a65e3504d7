"""A consultant draws a flow on the canvas: by mouse, and one step by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.needs import needs_browser

pytestmark = needs_browser

APP = "/design/sales_contract"


@pytest.fixture(params=["desk"])
def size(request: pytest.FixtureRequest) -> str:
    """Flows are drawn at a desk."""
    named: str = request.param
    return named


@pytest.mark.timeout(240)
@pytest.mark.parametrize("width", [1440, 1024])
def test_a_flow_with_a_branch_and_a_joint_decision_is_drawn(enter: Enter, width: int) -> None:
    designer = enter("admin")
    designer.page.set_viewport_size({"width": width, "height": 900})
    _begin(designer)
    page = designer.page
    _drop(page, "审批", on=("start", "end"))
    expect(_node(page, "approve")).to_be_visible()
    designer.look(f"flow-{width}-1-first-node")
    _drop(page, "条件分支", on=("approve", "end"))
    expect(_node(page, "exclusive")).to_be_visible()
    _drop(page, "会签", beside="exclusive", down=170)
    expect(_node(page, "approve_1")).to_be_visible()
    _join(page, "exclusive", 2, "approve_1")
    expect(_edge(page, "exclusive", "approve_1")).to_have_count(1)
    _join(page, "approve_1", 1, "end")
    expect(_edge(page, "approve_1", "end")).to_have_count(1)
    _condition(page)
    expect(_edge(page, "approve", "exclusive")).to_have_count(1)
    expect(_edge(page, "exclusive", "end")).to_have_count(1)
    designer.look(f"flow-{width}-2-branch")
    _by_keyboard(page)
    _rename(page)
    _who(page)
    designer.look(f"flow-{width}-3-panel")
    _matrix(designer, f"flow-{width}-4-matrix")
    page.locator("#node-code").fill("joint")
    page.locator("#node-code").press("Tab")
    expect(_node(page, "joint")).to_be_visible()
    expect(page.locator("#node-code")).to_have_value("joint")
    expect(page.locator("[data-saved]")).to_contain_text("已保存")


def _begin(designer: Person) -> None:
    designer.open(f"{APP}/flows/")
    page = designer.page
    page.get_by_role("button", name="新建流程").first.click()
    page.locator("#object-name").fill("盖章申请")
    page.locator("#object-code").fill("seal")
    page.locator("#new-object").get_by_role("button", name="新建").click()
    page.wait_for_url(re.compile("/flows/seal$"))
    expect(_node(page, "end")).to_be_visible()


def _by_keyboard(page: Page) -> None:
    page.locator("#flow-outline button").filter(has_text="会签").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#flow-panel h2")).to_have_text("会签")
    before = _place(_node(page, "approve_1"))
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    assert _place(_node(page, "approve_1"))[1] > before[1]
    page.keyboard.press("Control+c")
    expect(page.locator("#toasts")).to_contain_text("已复制 1 个节点")
    page.keyboard.press("Control+v")
    expect(_node(page, "approve_1_1")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(_node(page, "approve_1_1")).to_have_count(0)
    page.locator("#flow-palette").get_by_role("button", name="知会").focus()
    page.keyboard.press("Enter")
    expect(_edge(page, "approve_1", "notify")).to_have_count(1)
    expect(page.locator("#flow-panel h2")).to_have_text("知会")
    page.locator("#flow-outline [aria-current]").focus()
    page.keyboard.press("Delete")
    expect(_node(page, "notify")).to_have_count(0)
    expect(_edge(page, "approve_1", "end")).to_have_count(1)


def _rename(page: Page) -> None:
    """A code is sent when the input is left, once and as a whole: any refusal on the way fails the test."""
    page.locator("#flow-outline button").filter(has_text="条件分支").click()
    box = page.locator("#node-code")
    expect(box).to_have_value("exclusive")
    box.fill("big")
    box.press("Enter")
    expect(_node(page, "big")).to_be_visible()
    box.fill("exclusive")
    box.press("Enter")
    expect(_node(page, "exclusive")).to_be_visible()


def _condition(page: Page) -> None:
    _click_edge(page, "exclusive", "approve_1")
    expect(page.locator("#edge-when")).to_be_visible()
    page.locator("#edge-when").fill("amount > 100000")
    page.locator("#edge-label").fill("大额")
    expect(page.locator("#flow-canvas").get_by_text("大额")).to_be_visible()


def _who(page: Page) -> None:
    page.locator("#flow-outline button").filter(has_text="会签").click()
    expect(page.locator("#flow-panel h2")).to_have_text("会签")
    page.get_by_role("button", name="添加处理人").click()
    expect(page.locator("#assignees-0-kind")).to_be_visible()
    page.locator("#assignees-0-kind").select_option(label="部门主管")
    expect(page.locator("#assignees-0-of")).to_be_visible()
    box = page.locator("#receivers-picker")
    box.locator(".ts-control").click()
    box.locator("input").press_sequentially("易秋池")
    page.locator(".ts-dropdown .option").filter(has_text="易秋池").click()
    expect(page.locator("#receivers-found li").first).to_contain_text("部门主管")


def _matrix(designer: Person, name: str) -> None:
    page = designer.page
    page.get_by_role("button", name="节点字段权限").click()
    cell = page.locator("#all-approve_1-contract_name-require")
    cell.scroll_into_view_if_needed()
    cell.click()
    expect(page.locator("#all-approve_1-contract_name-edit")).to_have_attribute("aria-pressed", "true")
    designer.look(name)
    page.keyboard.press("Escape")


def _node(page: Page, code: str) -> Locator:
    return page.locator(f'#flow-canvas .x6-node[data-cell-id="node:{code}"]')


def _edge(page: Page, origin: str, to: str) -> Locator:
    return page.locator(f'#flow-canvas .x6-edge[data-cell-id="edge:{origin}>{to}#0"]')


def _click_edge(page: Page, origin: str, to: str) -> None:
    """Click the line itself: the middle of its box may lie beside it."""
    x, y = _edge(page, origin, to).evaluate(
        """(edge) => {
          const path = edge.querySelector("path");
          const place = path.getPointAtLength(path.getTotalLength() * 0.6);
          const point = place.matrixTransform(path.getScreenCTM());
          return [point.x, point.y];
        }"""
    )
    page.mouse.click(x, y)


def _place(one: Locator) -> tuple[float, float]:
    """The middle of something on the window."""
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _drop(
    page: Page, what: str, *, on: tuple[str, str] | None = None, beside: str = "", down: int = 0
) -> None:
    """Drag something from the palette onto the edge between two nodes, or below a node."""
    item = page.locator("#flow-palette").get_by_role("button", name=what, exact=True)
    if on:
        (ax, ay), (bx, by) = _place(_node(page, on[0])), _place(_node(page, on[1]))
        x, y = (ax + bx) / 2, (ay + by) / 2
    else:
        x, y = _place(_node(page, beside))
        y += down
    item.scroll_into_view_if_needed()
    page.mouse.move(*_place(item))
    page.mouse.down()
    page.mouse.move(x, y, steps=8)
    with page.expect_response("**/edit"):
        page.mouse.up()
    _settle(page)


def _join(page: Page, origin: str, side: int, to: str) -> None:
    """Draw an edge from a side of a node (top, right, bottom, left) to another node."""
    page.mouse.move(*_place(_node(page, origin)))
    port = _node(page, origin).locator(".x6-port-body").nth(side)
    x, y = _place(port)
    page.mouse.move(x, y)
    page.mouse.down()
    goal = _place(_node(page, to))
    page.mouse.move(x + 15, y + 15, steps=3)
    page.mouse.move(*goal, steps=10)
    with page.expect_response("**/edit"):
        page.mouse.up()
    _settle(page)


def _settle(page: Page) -> None:
    """Wait until the answer is drawn: places are read from the screen."""
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    page.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(done), 100))")
