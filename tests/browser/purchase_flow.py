"""The flow of purchase requests and its rule: drawn on the canvas, chosen in the panels."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import purchase_gestures as by
from tests.browser.building import accept, expression
from tests.browser.canvas import below, between, click_edge, join, node
from tests.browser.designing import make_object
from tests.browser.person import Person


def build(person: Person) -> None:
    """Draw the flow, say whose opinion stands where, and let the approval take the budget."""
    _flow(person)
    _opinions(person)
    _rule(person)


def _flow(person: Person) -> None:
    page = person.page
    make_object(page, "流程", "purchase_flow", "采购申请审批")
    expect(node(page, "end")).to_be_visible()
    by.put(page, "#start-name", "填写采购申请")
    by.drop_node(page, "审批", "approve", between(page, "start", "end"), "n_head", "部门主管审批")
    _whom(page, "部门主管", "发起人")
    spot = between(page, "n_head", "end")
    by.drop_node(page, "条件分支", "exclusive", spot, "c_amount", "金额是否满一万")
    spot = between(page, "c_amount", "end")
    by.drop_node(page, "填写", "fill", spot, "n_buy", "采购下单")
    _whom(page, "角色", "采购员")
    by.drop_node(page, "会签", "approve", below(page, "c_amount", 170), "n_review", "大额会签")
    _whom(page, "角色", "财务经理")
    _whom(page, "角色", "采购总监")
    person.look("40-flow-nodes")
    join(page, "c_amount", 2, "n_review")
    join(page, "n_review", 1, "n_buy")
    _branch(page)
    person.look("41-flow-branch")
    by.select_node(page, "end")
    by.put(page, "#node-name", "办结")
    by.press(page, page.get_by_role("button", name="自动布局"))
    _matrix(person)
    expect(page.locator("[data-problems-count]")).to_contain_text("没有问题")
    person.look("43-flow")


def _whom(page: Page, kind: str, who: str) -> None:
    """Let somebody else work at the node that is open."""
    number = page.locator("#assignees .people__row").count()
    by.press(page, page.get_by_role("button", name="添加处理人"))
    expect(page.locator(f"#assignees-{number}-kind")).to_be_visible()
    for part, label in (("kind", kind), ("of", who)):
        box = page.locator(f"#assignees-{number}-{part}")
        if box.locator("option:checked").inner_text() != label:
            by.choose(page, box, label)


def _branch(page: Page) -> None:
    """The condition of the branch, built of rows."""
    click_edge(page, "c_amount", "n_review")
    by.put(page, "#edge-label", "满一万元")
    dialog = expression(page, "满足条件时走这条")
    dialog.get_by_label("第 1 个条件的字段").select_option(label="合计金额")
    dialog.get_by_label("第 1 个条件的比较方式").select_option(label="大于等于")
    dialog.get_by_label("第 1 个条件的值", exact=True).fill("10000")
    expect(dialog.locator("[data-said]")).to_have_text("合计金额 ≥ 10,000")
    accept(page, dialog)
    expect(page.locator("#edge-when")).to_have_value("total >= 10000")


def _matrix(person: Person) -> None:
    """Who sees and fills in what: the order is the purchaser's, the budget the approvers'."""
    page = person.page
    page.get_by_role("button", name="节点字段权限").click()
    table = page.locator("#matrix-dialog")
    for cell, on in (
        ("start order_no visible", "false"),
        ("start items.budget_left visible", "false"),
        ("n_buy items.budget_left visible", "false"),
        ("n_buy order_no require", "true"),
    ):
        by.press(page, table.locator(f"[data-allow='{cell}']"))
        expect(table.locator(f"[data-allow='{cell}']")).to_have_attribute("aria-pressed", on)
    edits = table.locator("[data-allow='n_buy order_no edit']")
    expect(edits).to_have_attribute("aria-pressed", "true")
    person.look("42-flow-matrix")
    page.keyboard.press("Escape")


def _opinions(person: Person) -> None:
    """Which node's opinion stands where, now that there are nodes."""
    page = person.page
    by.module(page, "表单")
    page.get_by_role("link", name="采购申请单").click()
    page.wait_for_url("**/forms/purchase_request")
    for field, place in (("op_head", "部门主管审批"), ("op_review", "大额会签")):
        by.turn_to(page, f"#s-{field}", panel=f"#field-{field}-node")
        by.choose(page, f"#field-{field}-node", place)


def _rule(person: Person) -> None:
    page = person.page
    by.module(page, "规则")
    page.get_by_role("button", name="新建规则").first.click()
    dialog = page.get_by_role("dialog", name="新建规则")
    dialog.get_by_label("名称").fill("扣减物料剩余额度")
    dialog.get_by_label("由什么触发").select_option(label="采购申请审批")
    dialog.get_by_role("button", name="新建", exact=True).click()
    page.wait_for_url("**/rules/rule")
    by.put(page, "#rule-code", "take_budget")
    page.wait_for_url("**/rules/take_budget")
    effect = page.locator("#rule-effect p")
    by.choose(page, "#rule-table", "物料台账")
    by.choose(page, "#rule-each", "采购明细")
    by.choose(page, "#add-match", "物料编号")
    by.choose(page, "#src-match-item_no", "物料编号")
    by.choose(page, "#add-set", "剩余额度")
    by.choose(page, "#mode-set-budget_left", "减")
    by.choose(page, "#src-subtract-budget_left", "金额")
    expect(effect).to_contain_text("“剩余额度”减本行“金额”")
    _guard(page)
    by.put(page, "#rule-message", "物料“{row.item_name}”的剩余额度不足，不能办结；请退回修改或先调整额度")
    expect(page.locator("#rule-editor .problem:visible")).to_have_count(0)
    person.look("50-rule")


def _guard(page: Page) -> None:
    """What must hold before the budget is taken, typed with completion."""
    dialog = expression(page, "必须满足（可用 old. 目标记录的列）")
    dialog.get_by_role("radiogroup", name="编辑方式").get_by_text("表达式").click()
    source = dialog.get_by_role("textbox", name="表达式")
    for typed, taken in (("old.budget", "old.budget_left"), (" >= row.amo", "old.budget_left >= row.amount")):
        source.press_sequentially(typed)
        page.keyboard.press("Enter")
        expect(source).to_have_value(taken)
    accept(page, dialog)
