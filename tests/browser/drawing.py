"""Words for drawing a flow, and for building the rules that it fires."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from tests.browser.building import choose, edited, props, put


def node(page: Page, code: str) -> Locator:
    """Return a node on the canvas."""
    return page.locator(f'#flow-canvas .x6-node[data-cell-id="node:{code}"]')


def middle(one: Locator) -> tuple[float, float]:
    """Return the middle of something on the window."""
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drop(page: Page, what: str, ends: tuple[str, str] = ("", ""), *, below: str = "", down: int = 0) -> None:
    """Drag a kind of node onto the edge between two nodes, or below one."""
    item = page.locator("#flow-palette").get_by_role("button", name=what, exact=True)
    if below:
        x, y = middle(node(page, below))
        y += down
    else:
        (ax, ay), (bx, by) = (middle(node(page, one)) for one in ends)
        x, y = (ax + bx) / 2, (ay + by) / 2
    before = page.locator("#flow-outline button").count()
    item.scroll_into_view_if_needed()
    page.mouse.move(*middle(item))
    page.mouse.down()
    page.mouse.move(x, y, steps=8)
    with edited(page):
        page.mouse.up()
    expect(page.locator("#flow-outline button")).not_to_have_count(before)


def join(page: Page, origin: str, side: int, to: str) -> None:
    """Draw an edge from a side of a node (top, right, bottom, left) to another node."""
    page.mouse.move(*middle(node(page, origin)))
    x, y = middle(node(page, origin).locator(".x6-port-body").nth(side))
    page.mouse.move(x, y)
    page.mouse.down()
    goal = middle(node(page, to))
    page.mouse.move(x + 15, y + 15, steps=3)
    page.mouse.move(*goal, steps=10)
    with edited(page):
        page.mouse.up()


def click_edge(page: Page, origin: str, to: str) -> None:
    """Click an edge on its line (the middle of its box may lie beside it), and wait for its panel."""
    edge = page.locator(f'#flow-canvas .x6-edge[data-cell-id="edge:{origin}>{to}#0"]')
    x, y = edge.evaluate(
        """(edge) => {
          const path = edge.querySelector("path");
          const at = path.getPointAtLength(path.getTotalLength() * 0.6);
          const point = at.matrixTransform(path.getScreenCTM());
          return [point.x, point.y];
        }"""
    )
    page.mouse.click(x, y)
    expect(page.locator("#edge-label")).to_be_visible()


def outline(page: Page, name_: str) -> None:
    """Choose a node in the outline, and wait for its panel."""
    named = page.locator(".cut").get_by_text(name_, exact=True)
    page.locator("#flow-outline button").filter(has=named).first.click()
    expect(page.locator("#flow-panel h2")).to_have_text(name_)


def node_named(page: Page, name_: str, code: str) -> None:
    """Name the selected node, and give it its code."""
    put(page, "节点名称", name_)
    box = props(page).get_by_label("节点编码", exact=True)
    with edited(page):
        box.fill(code)
        box.press("Enter")
    expect(node(page, code)).to_be_visible()
    expect(props(page).get_by_label("节点编码", exact=True)).to_have_value(code)


def new_rule(page: Page, name_: str, code: str, *, trigger: str, action: str) -> None:
    """Make a rule, lead to it, and give it its code."""
    page.get_by_role("button", name="新建规则").first.click()
    dialog = page.get_by_role("dialog", name="新建规则")
    dialog.get_by_label("名称").fill(name_)
    dialog.get_by_label("由什么触发").select_option(label=trigger)
    dialog.get_by_label("做什么").select_option(label=action)
    with page.expect_navigation(url="**/rules/*"):
        dialog.get_by_role("button", name="新建", exact=True).click()
    editor = page.locator("#rule-editor")
    with edited(page):
        editor.get_by_label("编码", exact=True).fill(code)
        editor.get_by_label("编码", exact=True).press("Enter")
    page.wait_for_url(f"**/rules/{code}")


def rule_choice(page: Page, label: str, option: str) -> None:
    """Choose in the rule editor."""
    choose(page, label, option, within=page.locator("#rule-editor"))


def rule_columns(page: Page, sources: Mapping[str, str], *, adding: str = "添加字段…") -> None:
    """Say where columns of the target come from; what suggests itself already is left."""
    editor = page.locator("#rule-editor")
    for column_, source in sources.items():
        rule_choice(page, adding, column_)
        box = editor.get_by_label(f"{column_} 的来源", exact=True)
        kind, _, value = source.partition("：")
        if kind == "固定值":
            choose(page, f"{column_} 的来源", "固定值…", within=editor)
            values = editor.get_by_label(f"{column_} 的值", exact=True)
            if values.locator("option:checked").inner_text() != value:
                choose(page, f"{column_} 的值", value, within=editor)
        elif box.locator("option:checked").inner_text() != source:
            choose(page, f"{column_} 的来源", source, within=editor)
