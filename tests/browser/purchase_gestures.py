"""What a hand does on any page of the designer: types into panels, chooses, drags, writes expressions."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.canvas import drop, middle, node
from tests.browser.designing import drag, edited, palette

# Panels. A page that has only just come does not listen yet, so that each waits for it.


def put(page: Page, where: str, text: str) -> None:
    """Type into an input of a panel, leave it, and wait until that is kept."""
    page.wait_for_load_state("networkidle")
    box = page.locator(where)
    with edited(page):
        box.fill(text)
        box.press("Tab")


def choose(page: Page, where: str | Locator, label: str) -> None:
    """Choose an option by how its label begins, and wait until that is kept."""
    page.wait_for_load_state("networkidle")
    box = page.locator(where) if isinstance(where, str) else where
    options = box.locator("option").filter(has_text=re.compile(f"^{re.escape(label)}"))
    at = options.first.evaluate("(one) => one.index")
    with edited(page):
        box.select_option(index=at)


def press(page: Page, what: Locator) -> None:
    """Press something that makes an edit, and wait until that is kept."""
    page.wait_for_load_state("networkidle")
    with edited(page):
        what.click()


def module(page: Page, name: str) -> None:
    """Go to a part of the app by the bar on top."""
    page.get_by_role("navigation", name="设计模块").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("navigation", name="设计模块").locator("[aria-current]")).to_have_text(name)
    page.wait_for_load_state("networkidle")


def turn_to(page: Page, selected: str, *, panel: str) -> None:
    """Press what selects a part, and wait for its panel."""
    page.wait_for_load_state("networkidle")
    page.locator(selected).click()
    expect(page.locator(panel)).to_be_visible()


def name_field(page: Page, path: str, code: str, label: str) -> str:
    """Give the field that is selected its code and its label; return the beginning of its inputs' ids."""
    old = f"#field-{path.replace('.', '-')}"
    new = re.sub(r"[^-]+$", code, old)
    if new != old:
        put(page, f"{old}-code", code)
    put(page, f"{new}-label", label)
    return new


# The form designer


def place(page: Page, type_: str, target: str, code: str, label: str, *, at: float = 0.75) -> str:
    """Drag a type from the palette to its place, name what was made; return how its inputs' ids begin."""
    made = "items" if type_ == "subtable" else type_
    drag(page, palette(page, type_), page.locator(target).first, at=at)
    expect(page.locator(f"#d-{made}.is-selected")).to_be_visible()
    expect(page.locator(f"#field-{made}-code")).to_be_visible()
    return name_field(page, made, code, label)


def place_column(page: Page, type_: str, sub: str, code: str, label: str) -> str:
    """Drag a type into a sub-table beside its first column, name it; return how its inputs' ids begin."""
    drag(page, palette(page, type_), page.locator(f"[data-columns={sub}] .dcol").first, at=0.9)
    turn_to(page, f"#s-{sub}-{type_}", panel=f"#field-{sub}-{type_}-code")
    return name_field(page, f"{sub}.{type_}", code, label)


def order_columns(page: Page, sub: str, *codes: str) -> None:
    """Bring the columns of a sub-table into this order with Alt and the arrows."""
    columns = page.locator(f"[data-columns={sub}] .dcol")
    for to, code in enumerate(codes):
        order: list[str] = columns.evaluate_all("(all) => all.map((one) => one.dataset.column)")
        page.locator(f"#s-{sub}-{code}").focus()
        for at in range(order.index(code), to, -1):
            with edited(page):
                page.keyboard.press("Alt+ArrowLeft")
            expect(columns.nth(at - 1)).to_have_attribute("data-column", code)
            expect(page.locator(f"#s-{sub}-{code}")).to_be_focused()


def gap(section: int, line: int) -> str:
    """Return where a line of its own begins: sections and lines count from 0."""
    return f"[data-gap][data-section='{section}'][data-line='{line}']"


def place_section(page: Page, target: str, number: int, title: str) -> None:
    """Drag a section to the sheet, and title it."""
    drag(page, palette(page, "section"), page.locator(target).first)
    turn_to(page, f"#s-section-{number}", panel="#p-section-title")
    put(page, "#p-section-title", title)


# Flows


def drop_node(page: Page, what: str, made: str, spot: tuple[float, float], code: str, label: str) -> None:
    """Drag a kind of node from the palette to a point; `made` is the code it has before it gets `code`."""
    drop(page, what, spot)
    expect(node(page, made)).to_be_visible()
    expect(page.locator("#node-code")).to_have_value(made)
    put(page, "#node-name", label)
    put(page, "#node-code", code)
    expect(node(page, code)).to_be_visible()


def select_node(page: Page, code: str) -> None:
    """Press a node on the canvas, and wait for its panel."""
    page.mouse.click(*middle(node(page, code)))
    expect(page.locator("#node-code")).to_have_value(code)
