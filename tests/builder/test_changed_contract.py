"""A changed contract form over live records and running cases: nothing that anybody wrote is lost."""

from __future__ import annotations

import re

from sqlalchemy import select

from runtime.store.tables import flow_case
from tests.builder.designing import change, insert, published, remove, revised
from tests.web.site import Browser, Site, submit, texts, upload
from tests.web.table_work import signed

FORM, TABLE, RULES = (
    "forms/sales_contract_form.yaml",
    "tables/sales_contract.yaml",
    "rules/sales_contract_flow.yaml",
)
LEDGER = "/tables/sales_contract/sales_contract"


def act(site: Site, case: int, who: str, do: str, **values: object) -> None:
    """Do somebody's part of a case."""
    browser = site.browser(who)
    task = browser.read("/desk/todo").split(f"/cases/{case}?task=")[1].split('"')[0]
    answer = browser.act(f"/cases/{case}/act?task={task}", do, opinion="同意", values=values)
    assert answer.status_code == 200, answer.text


def changed_form(designer: Browser) -> str:
    """Publish the contract with fields removed, added, required and of another type."""
    revised(
        designer,
        "sales_contract",
        FORM,
        remove("fields", "customer_no", "fill", "contact"),
        change("fields", "customer_no", "columns", to=["customer_no", "customer_name"]),
        remove("fields", "contact"),
        change("layout", "基本信息", "rows", 5, to=["is_template", "sign_place"]),
        insert("fields", value={"code": "sign_place", "type": "text", "label": "签订地点", "required": True}),
        change("fields", "discount", to={"code": "discount", "type": "date", "label": "折扣期限"}),
        change("fields", "main_terms", "label", to="合同条款摘要"),
    )
    revised(
        designer,
        "sales_contract",
        TABLE,
        remove("fields", "effective_date"),
        change("layout", "签订与履行", "rows", 2, to=["start_date", "end_date"]),
        change("layout", "签订与履行", "rows", 1, to=["signer", "sign_date", "sign_place"]),
        insert("fields", value={"code": "sign_place", "type": "text", "label": "签订地点", "required": True}),
    )
    revised(
        designer,
        "sales_contract",
        RULES,
        remove(0, "set", "effective_date"),
        change(0, "set", "sign_place", to="sign_place"),
    )
    return published(designer, "sales_contract", note="换签约地点")


def ledger_page(designer: Browser, contract: str) -> str:
    """Return the page of a contract in the ledger."""
    found = re.findall(rf'href="({LEDGER}/\d+)"[^>]*>[^<]*', designer.read(f"{LEDGER}?q={contract}"))
    assert found
    return texts(designer.read(found[0]))


def test_running_cases_finish_on_their_release_and_old_records_show_what_was_removed(site: Site) -> None:
    sales, admin = site.browser("u052"), site.browser("admin")
    done = signed(site, sales)
    running = submit(sales, discount="9.5", contract_name="在办合同", contact="陈经理")
    draft = sales.act("/start/sales_contract/sales_contract_flow/act", "save", values={"discount": "8.8"})
    assert draft.status_code == 200

    page = texts(changed_form(admin))

    assert "已发布为第 2 版" in page
    # 9.5 is no date: it is told, and kept.
    assert re.search(r"sales_contract_form\.discount 记录 \d+：“9\.5”", page), page

    # The running case goes on as it was begun, with everything in it.
    legal = texts(site.browser("u061").read(f"/cases/{running}"))
    assert "陈经理" in legal
    assert "联系人" in legal
    assert "9.5" in legal
    assert "签订地点" not in legal
    act(site, running, "u061", "approve")
    act(site, running, "u016", "approve")
    act(site, running, "u052", "complete", contract_file=[upload(sales)["id"]])
    finished = texts(sales.read(f"/cases/{running}"))
    assert "陈经理" in finished
    assert "9.5" in finished

    # Its rules wrote what their release knows of the ledger, and today's ledger shows it.
    for name in ("在办合同", "协同平台建设合同"):
        told = ledger_page(admin, name)
        assert "旧版字段" in told
        assert re.search(r"生效日期 20\d\d-\d\d-\d\d 第 1 版", told), told

    # The record of the form itself shows what the form no longer has.
    with site.session() as session:
        record = session.scalar(select(flow_case.c.record_id).where(flow_case.c.id == running))
    told = texts(admin.read(f"/tables/sales_contract/sales_contract_form/{record}"))
    assert "旧版字段" in told
    assert "陈经理" in told
    assert "9.5" in told

    # A finished case looks as it did; a new one uses the new form.
    assert "联系人" in texts(sales.read(f"/cases/{done}"))
    new = texts(sales.read("/start/sales_contract/sales_contract_flow"))
    assert "签订地点" in new
    assert "联系人" not in new
    assert "合同条款摘要" in new
    refused = sales.act(
        "/start/sales_contract/sales_contract_flow/act", "submit", values={"contract_name": "缺签订地点"}
    )
    assert refused.status_code == 422
    assert "$.sign_place" in {one["path"] for one in refused.get_json()["problems"]}
