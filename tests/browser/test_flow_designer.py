"""A consultant draws a flow on the canvas: by mouse, and one step by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas import below, between, click_edge, drop, edge, join, lead, middle, node
from tests.browser.conftest import Enter
from tests.browser.designing import edited, saved
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
    drop(page, "审批", between(page, "start", "end"))
    expect(node(page, "approve")).to_be_visible()
    designer.look(f"flow-{width}-1-first-node")
    drop(page, "条件分支", between(page, "approve", "end"))
    expect(node(page, "exclusive")).to_be_visible()
    drop(page, "会签", below(page, "exclusive", 170))
    expect(node(page, "approve_1")).to_be_visible()
    join(page, "exclusive", 2, "approve_1")
    expect(edge(page, "exclusive", "approve_1")).to_have_count(1)
    join(page, "approve_1", 1, "end")
    expect(edge(page, "approve_1", "end")).to_have_count(1)
    _condition(page)
    expect(edge(page, "approve", "exclusive")).to_have_count(1)
    expect(edge(page, "exclusive", "end")).to_have_count(1)
    designer.look(f"flow-{width}-2-branch")
    _by_keyboard(page)
    _rename(page)
    _who(page)
    designer.look(f"flow-{width}-3-panel")
    _matrix(designer, f"flow-{width}-4-matrix")
    page.locator("#node-code").fill("joint")
    page.locator("#node-code").press("Tab")
    expect(node(page, "joint")).to_be_visible()
    expect(page.locator("#node-code")).to_have_value("joint")
    saved(page)


def _begin(designer: Person) -> None:
    designer.open(f"{APP}/flows/")
    page = designer.page
    page.get_by_role("button", name="新建流程").first.click()
    page.locator("#object-name").fill("盖章申请")
    page.locator("#object-code").fill("seal")
    page.locator("#new-object").get_by_role("button", name="新建").click()
    page.wait_for_url(re.compile("/flows/seal$"))
    expect(node(page, "end")).to_be_visible()


def _by_keyboard(page: Page) -> None:
    page.locator("#flow-outline button").filter(has_text="会签").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#flow-panel h2")).to_have_text("会签")
    before = middle(node(page, "approve_1"))
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    saved(page)
    assert middle(node(page, "approve_1"))[1] > before[1]
    page.keyboard.press("Control+c")
    expect(page.locator("#toasts")).to_contain_text("已复制 1 个节点")
    page.keyboard.press("Control+v")
    expect(node(page, "approve_1_1")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(node(page, "approve_1_1")).to_have_count(0)
    page.locator("#flow-palette").get_by_role("button", name="知会").focus()
    page.keyboard.press("Enter")
    expect(edge(page, "approve_1", "notify")).to_have_count(1)
    expect(page.locator("#flow-panel h2")).to_have_text("知会")
    page.locator("#flow-outline [aria-current]").focus()
    page.keyboard.press("Delete")
    expect(node(page, "notify")).to_have_count(0)
    expect(edge(page, "approve_1", "end")).to_have_count(1)


def _rename(page: Page) -> None:
    """A code is sent when the input is left, once and as a whole: any refusal on the way fails the test."""
    page.locator("#flow-outline button").filter(has_text="条件分支").click()
    box = page.locator("#node-code")
    expect(box).to_have_value("exclusive")
    box.fill("big")
    box.press("Enter")
    expect(node(page, "big")).to_be_visible()
    box.fill("exclusive")
    box.press("Enter")
    expect(node(page, "exclusive")).to_be_visible()


def _condition(page: Page) -> None:
    click_edge(page, "exclusive", "approve_1")
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


def _click(page: Page, *kinds: str) -> None:
    """Click kinds of nodes in the palette, one after the other."""
    for kind in kinds:
        with edited(page):
            page.locator("#flow-palette").get_by_role("button", name=kind, exact=True).click()


def test_a_click_puts_nodes_one_behind_the_other(enter: Enter) -> None:
    designer = enter("admin")
    _begin(designer)
    page = designer.page
    _click(page, "审批", "知会")

    for way in (("start", "approve"), ("approve", "notify"), ("notify", "end")):
        expect(edge(page, *way)).to_have_count(1)
    expect(edge(page, "start", "end")).to_have_count(0)


def test_an_edge_is_led_elsewhere_by_its_ends(enter: Enter) -> None:
    designer = enter("admin")
    _begin(designer)
    page = designer.page
    _click(page, "审批", "知会")
    with edited(page):
        page.get_by_role("button", name="自动布局").click()

    lead(page, "start", "approve", "target", "notify")

    expect(edge(page, "start", "notify")).to_have_count(1)
    expect(edge(page, "start", "approve")).to_have_count(0)
    expect(page.locator("#flow-panel h2")).to_have_text("发起 → 知会")
    designer.look("flow-led-elsewhere")
    lead(page, "notify", "end", "source", "approve")
    expect(edge(page, "approve", "end")).to_have_count(1)
    with edited(page):
        page.keyboard.press("Control+z")
    expect(edge(page, "notify", "end")).to_have_count(1)
    saved(page)
