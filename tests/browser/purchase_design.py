"""How a consultant builds the app of purchase requests from nothing, by mouse and keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import purchase_access, purchase_flow
from tests.browser import purchase_gestures as by
from tests.browser.building import accept, expression
from tests.browser.designing import make_app, make_object
from tests.browser.person import Person
from tests.browser.purchase_gestures import gap

APP, NAME = "purchase", "采购申请"

#: Roles: code, name, what they are for.
SLOTS = (
    ("buyer", "采购员", "维护物料台账，按批准的申请下单"),
    ("finance_manager", "财务经理", "会签一万元以上的采购"),
    ("purchase_director", "采购总监", "会签一万元以上的采购"),
)


def build(person: Person) -> None:
    """Build the whole app."""
    page = person.page
    make_app(page, APP, NAME)
    _settings(person)
    _slots(person)
    _table(person)
    _form(person)
    purchase_flow.build(person)
    purchase_access.build(person)


def _settings(person: Person) -> None:
    page = person.page
    page.get_by_role("link", name="应用设置").click()
    by.put(page, "#s-version", "1.0.0")
    by.put(
        page,
        "#s-summary",
        "员工按物料台账申请采购：部门主管审批，一万元以上由财务经理与采购总监会签，采购员登记订单；办结后扣减物料的剩余额度",
    )
    by.press(page, page.get_by_label("基础资料 common_base"))
    by.press(page, page.locator(".icons__one[title=list-check]"))
    by.press(page, page.get_by_role("button", name="添加一条"))
    by.put(page, "#s-change-0-date", "2026-11-22")
    by.put(page, "#s-change-0-text", "首个版本：采购申请单与审批、大额会签、物料台账与剩余额度")
    person.look("10-settings")


def _slots(person: Person) -> None:
    page = person.page
    by.module(page, "权限")
    page.get_by_role("navigation", name="权限", exact=True).get_by_role("link", name="角色与岗位槽").click()
    page.wait_for_url("**/slots")
    page.wait_for_load_state("networkidle")
    for number, (code, name, note) in enumerate(SLOTS):
        page.get_by_role("button", name="添加角色").click()
        expect(page.locator(f"#slot-{number}-name")).to_be_focused()
        by.put(page, f"#slot-{number}-name", name)
        by.put(page, f"#slot-{number}-code", code)
        by.put(page, f"#slot-{number}-note", note)
    person.look("11-slots")


def _table(person: Person) -> None:
    page = person.page
    make_object(page, "底表", "stock_item", "物料台账")
    by.turn_to(page, "#row-no-code", panel="#field-no-code")
    by.name_field(page, "no", "item_no", "物料编号")
    by.turn_to(page, "#row-name-code", panel="#field-name-code")
    by.name_field(page, "name", "name", "物料名称")
    _add(page, "单行文本", "text", "spec", "规格型号")
    unit = _add(page, "下拉选择", "select", "unit", "计量单位")
    by.choose(page, f"{unit}-dict", "基础资料 · 计量单位")
    for code, label in (("price", "单价"), ("budget_left", "剩余额度")):
        money = _add(page, "金额", "money", code, label)
        by.press(page, page.locator(f"{money}-required"))
        by.put(page, f"{money}-min", "0")
    person.look("20-table")

    tabs = page.get_by_role("navigation", name="底表")
    tabs.get_by_role("link", name="主键与索引").click()
    by.put(page, "#t-title", "{item_no} {name}")
    by.put(page, "#t-note", "每种物料的参考单价与本年剩余采购额度；采购申请办结时扣减额度")
    tabs.get_by_role("link", name="视图").click()
    by.turn_to(page, "#view-all-name", panel="#v-all-name")
    by.put(page, "#v-all-name", "全部物料")
    for label in ("规格型号", "计量单位", "单价", "剩余额度"):
        by.choose(page, "#v-all-columns-add", label)
    by.choose(page, "#v-all-sort-add", "物料编号")
    by.choose(page, "#v-all-filters-add", "计量单位")
    by.choose(page, "#v-all-search-add", "物料编号")
    by.choose(page, "#v-all-search-add", "物料名称")
    person.look("21-view")


def _add(page: Page, words: str, type_: str, code: str, label: str) -> str:
    """Add a field to the table by looking for its type; return how the ids of its inputs begin."""
    page.get_by_role("button", name="添加字段").click()
    page.locator("#add-field [data-types-find]").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(f"#row-{type_}-label")).to_be_focused()
    expect(page.locator(f"#field-{type_}-code")).to_be_visible()
    return by.name_field(page, type_, code, label)


def _form(person: Person) -> None:
    page = person.page
    make_object(page, "表单", "purchase_request", "采购申请单")
    # What a new form begins with becomes the purpose.
    by.turn_to(page, "#s-subject", panel="#field-subject-code")
    by.name_field(page, "subject", "purpose", "采购用途")
    by.choose(page, "#field-purpose-type", "多行文本")
    _heads(page)
    person.look("30-form-heads")
    _rows(page)
    person.look("31-form-rows")
    by.place_section(page, gap(1, 2), 2, "采购执行")
    order = by.place(page, "text", gap(2, 0), "order_no", "采购订单号")
    by.put(page, f"{order}-help", "采购员下单后填写")
    by.place_section(page, gap(2, 1), 3, "审批意见")
    by.place(page, "opinion", gap(3, 0), "op_head", "部门主管意见")
    by.place(page, "opinion", gap(3, 1), "op_review", "会签意见")
    by.turn_to(page, "#s--form", panel="#p-title")
    by.put(page, "#p-title", "采购申请-{serial_no}-{total}")
    by.press(page, page.get_by_role("button", name="添加检查"))
    dialog = expression(page, "必须成立")
    dialog.get_by_role("radiogroup", name="编辑方式").get_by_text("表达式").click()
    source = dialog.get_by_role("textbox", name="表达式")
    source.fill("")
    source.press_sequentially("需求日")
    page.keyboard.press("Enter")
    source.press_sequentially(" >= apply_d")
    page.keyboard.press("Enter")
    expect(source).to_have_value("need_date >= apply_date")
    accept(page, dialog)
    by.put(page, "#p-message-0", "需求日期不能早于申请日期")
    by.put(page, "#p-check-code-0", "date_order")
    person.look("32-form-checks")


def _heads(page: Page) -> None:
    serial = by.place(page, "serial", gap(0, 0), "serial_no", "申请单号")
    by.put(page, f"{serial}-template", "CGSQ{yyyy}{MM}{seq4}")
    date = by.place(page, "date", "#d-serial_no", "apply_date", "申请日期")
    by.press(page, page.locator(f"{date}-required"))
    by.choose(page, f"{date}-default-mode", "今天")
    user = by.place(page, "user", gap(0, 1), "applicant", "申请人")
    by.press(page, page.locator(f"{user}-required"))
    by.choose(page, f"{user}-default-mode", "当前用户")
    department = by.place(page, "department", "#d-applicant", "department", "申请部门")
    by.press(page, page.locator(f"{department}-required"))
    by.choose(page, f"{department}-default-mode", "当前部门")
    need = by.place(page, "date", gap(0, 2), "need_date", "需求日期")
    by.press(page, page.locator(f"{need}-required"))


def _rows(page: Page) -> None:
    by.place_section(page, gap(0, 4), 1, "采购明细")
    rows = by.place(page, "subtable", gap(1, 0), "items", "采购明细")
    by.put(page, f"{rows}-min_rows", "1")
    by.turn_to(page, "#s-items-item", panel="#field-items-item-code")
    name = by.name_field(page, "items.item", "item_name", "物料名称")
    by.press(page, page.locator(f"{name}-required"))
    for label, type_, code in (("单价", "money", "price"), ("剩余额度", "money", "budget_left")):
        column = by.place_column(page, type_, "items", code, label)
        by.press(page, page.locator(f"{column}-readonly"))
    by.turn_to(page, "#s-items-item_name", panel=f"{name}-code")
    by.press(page, page.locator(f"{name}-readonly"))
    qty = by.place_column(page, "integer", "items", "qty", "数量")
    by.press(page, page.locator(f"{qty}-required"))
    by.put(page, f"{qty}-min", "1")
    by.place_column(page, "money", "items", "amount", "金额")
    _product(page)
    _lookup(page)
    by.order_columns(page, "items", "item_no", "item_name", "price", "budget_left", "qty", "amount")
    by.place(page, "money", gap(1, 1), "total", "合计金额")
    _sum(page)
    upper = by.place(page, "money_upper", "#d-total", "total_upper", "合计金额（大写）")
    by.choose(page, f"{upper}-of", "合计金额")


def _lookup(page: Page) -> None:
    """The item of a row: chosen from the ledger, several at once; name, price and budget come with it."""
    lookup = by.place_column(page, "lookup", "items", "item_no", "物料编号")
    by.press(page, page.locator(f"{lookup}-required"))
    by.choose(page, f"{lookup}-from", "物料台账")
    for label in ("计量单位", "单价"):
        by.choose(page, f"{lookup}-columns-add", label)
    by.press(page, page.locator(f"{lookup}-pick_rows"))
    for label in ("物料名称", "单价", "剩余额度"):
        by.choose(page, f"{lookup}-fill-add", label)


def _product(page: Page) -> None:
    """Quantity times price, put together from the list of fields by mouse."""
    dialog = expression(page, "公式")
    source = dialog.get_by_role("textbox", name="表达式")
    fields = dialog.locator("[data-fields]")
    fields.get_by_role("button", name="数量", exact=False).first.click()
    source.press("End")
    source.press_sequentially(" * ")
    fields.get_by_role("button", name="单价", exact=False).first.click()
    expect(source).to_have_value("row.qty * row.price")
    accept(page, dialog)


def _sum(page: Page) -> None:
    """The sum of the rows' amounts, typed with completion."""
    dialog = expression(page, "公式")
    source = dialog.get_by_role("textbox", name="表达式")
    source.press_sequentially("合计")
    page.keyboard.press("Tab")
    expect(source).to_have_value("sum()")
    source.press_sequentially("金额")
    expect(dialog.get_by_role("option").first).to_contain_text("items.amount")
    page.keyboard.press("Enter")
    expect(source).to_have_value("sum(items.amount)")
    accept(page, dialog)
