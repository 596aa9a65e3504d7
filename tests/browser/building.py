"""Words for building an app in the designer: inputs, expressions, fields."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.designing import drag, edited, look, palette


def module(page: Page, name: str) -> None:
    """Go to another part of the app that is open."""
    with page.expect_navigation():
        page.get_by_role("navigation", name="设计模块").get_by_role("link", name=name).click()


def props(page: Page) -> Locator:
    """Return the property panel."""
    return page.locator("#props, #flow-panel").first


def put(page: Page, label: str, text: str, *, within: Locator | None = None) -> None:
    """Type into an input, and leave it."""
    box = (within or props(page)).get_by_label(label, exact=True)
    with edited(page):
        box.fill(text)
        box.press("Tab")


def choose(page: Page, label: str, option: str, *, within: Locator | None = None) -> None:
    """Choose from a list of the panel."""
    with edited(page):
        (within or props(page)).get_by_label(label, exact=True).select_option(label=option)


def switch(page: Page, *labels: str, within: Locator | None = None) -> None:
    """Turn switches or boxes over."""
    for label in labels:
        with edited(page):
            (within or props(page)).get_by_label(label, exact=True).click(force=True)


def press(page: Page, name: str, *, within: Locator | None = None) -> None:
    """Press a button that makes an edit."""
    with edited(page):
        (within or page).get_by_role("button", name=name, exact=True).click()


def expression(page: Page, what: str, *, within: Locator | None = None) -> Locator:
    """Open the editor of an expression."""
    (within or page).get_by_role("button", name=f"编辑 {what}", exact=True).click()
    dialog = page.get_by_role("dialog", name=what)
    expect(dialog.locator(".expr__put").first).to_be_attached()
    return dialog


def accept(page: Page, dialog: Locator) -> None:
    """Take what was written, and wait until it is kept."""
    accepts = dialog.get_by_role("button", name="确定")
    expect(accepts).to_be_enabled()
    with edited(page):
        accepts.click()
    expect(dialog).to_be_hidden()


def write(page: Page, what: str, text: str, *, within: Locator | None = None) -> None:
    """Type an expression in its editor."""
    dialog = expression(page, what, within=within)
    ways = dialog.get_by_role("radiogroup", name="编辑方式")
    if ways.is_visible():
        ways.get_by_text("表达式", exact=True).click()
    source = dialog.get_by_role("textbox", name="表达式")
    source.fill(text)
    if dialog.get_by_role("listbox").is_visible():
        page.keyboard.press("Escape")
    accept(page, dialog)


def compare(page: Page, what: str, *rows: tuple[str, str, str], within: Locator | None = None) -> None:
    """Build a condition by choosing: field, way of comparing, value, each empty if it stays as it is."""
    dialog = expression(page, what, within=within)
    expect(dialog.get_by_label("第 1 个条件的字段")).to_be_visible()  # drawn when the server has answered
    for number, (field, way, value) in enumerate(rows, 1):
        if number > 1:  # the first is there already
            dialog.get_by_role("button", name="+ 添加条件", exact=True).first.click()
        dialog.get_by_label(f"第 {number} 个条件的字段").select_option(label=field)
        if way:
            dialog.get_by_label(f"第 {number} 个条件的比较方式").select_option(label=way)
        box = dialog.get_by_label(f"第 {number} 个条件的值", exact=True)
        if not value:
            continue
        if box.evaluate("(one) => one.localName") == "select":
            box.select_option(label=value)
        else:
            box.fill(value)
    accept(page, dialog)


def field(page: Page, type_: str, code: str, label: str, *, beside: str = "") -> None:
    """Put a field on the sheet, beside another or below what is selected, and name it."""
    item = palette(page, type_)
    before = _codes(page, "[data-code]", "code")
    if beside:
        drag(page, item, page.locator(f"#d-{beside}"))
    else:
        item.focus()
        with edited(page):
            page.keyboard.press("Enter")
    made = _about_new(page, before, "[data-code]", "code")
    if beside:
        _stand_right_of(page, made, beside)
    put(page, "名称", label)
    name(page, code)


def name(page: Page, code: str) -> None:
    """Give the selected field its code."""
    box = props(page).get_by_label("编码", exact=True)
    if box.input_value() == code:
        return
    with edited(page):
        box.fill(code)
        box.press("Enter")
    expect(page.locator(f"#d-{code}.is-selected, #row-{code} .is-selected").first).to_be_visible()
    expect(props(page).get_by_label("编码", exact=True)).to_have_value(code)


def _codes(page: Page, among: str, key: str) -> set[str]:
    """Return the codes of the fields that are there."""
    found: list[str] = page.locator(among).evaluate_all(f"(all) => all.map((one) => one.dataset.{key})")
    return set(found)


def _about_new(page: Page, before: set[str], among: str, key: str) -> str:
    """Wait until the panel is about the field that has just come; return its code."""
    expect(page.locator(among)).to_have_count(len(before) + 1)
    (made,) = _codes(page, among, key) - before
    expect(props(page).get_by_label("编码", exact=True)).to_have_value(made)
    return made


def _stand_right_of(page: Page, made: str, beside: str) -> None:
    """Move a field that was dropped on another to its right, by keyboard, if it fell to its left."""
    (line,) = [one.split() for one in look(page) if beside in one.split()]
    assert made in line, f"{made} did not come beside {beside}: {line}"
    if line.index(made) < line.index(beside):
        page.locator(f"#s-{made}").focus()
        with edited(page):
            page.keyboard.press("Alt+ArrowRight")


def section(page: Page, title: str) -> None:
    """Begin a section at the end of the form."""
    page.locator("#s--form").click()
    expect(page.locator("#props[data-about=form]")).to_be_visible()
    before = page.locator(".dsection__select").count()
    palette(page, "section").focus()
    with edited(page):
        page.keyboard.press("Enter")
    expect(page.locator(".dsection__select")).to_have_count(before + 1)
    entitle(page, before, title)


def entitle(page: Page, number: int, title: str) -> None:
    """Give a section its title."""
    page.locator(f"#s-section-{number}").click()
    expect(page.locator("#props[data-about=section]")).to_be_visible()
    put(page, "标题", title)


def column(page: Page, type_: str, code: str, label: str, **marks: bool) -> None:
    """Add a field to a table by looking for its type; marks: required, unique, index."""
    page.get_by_role("button", name="添加字段").click()
    page.locator("#add-field [data-types-find]").fill(type_)
    before = _codes(page, "#fields > li", "step")
    with edited(page):
        page.keyboard.press("Enter")
    _about_new(page, before, "#fields > li", "step")
    put(page, "名称", label)
    name(page, code)
    for mark in marks:
        with edited(page):
            page.locator(f"#row-{code}-{mark}").check()


def add_listed(page: Page, list_id: str, *labels: str) -> None:
    """Add to an ordered choice of the panel."""
    for label in labels:
        with edited(page):
            page.locator(f"#{list_id}-add").select_option(label=label)
