"""Rules tried on what stands in the tables: told, and never written."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import text as sql

from tests.builder.designing import change, published, revised
from tests.builder.pack_expressions import documents
from tests.builder.test_rule_pages import CHANGE, FILE, edit
from tests.web.site import Browser, Site, submit, texts


def told(browser: Browser, app: str = CHANGE, **asked: Any) -> str:
    data = {"file": FILE, "at": 0, "record": None, "sample": {}, **asked}
    answer = browser.post(f"/design/{app}/rules/trial", **data)
    if answer.status_code == 404:
        return str(answer.get_json()["message"])
    assert answer.status_code == 200, answer.text
    return texts(answer.get_json()["html"])


def counted(site: Site) -> list[int]:
    """Return how many rows every table holds, and the sum of their revisions."""
    with site.session() as session:
        names = session.execute(sql("select name from sqlite_master where type = 'table'")).scalars().all()
        return [session.execute(sql(f'select count(*) from "{name}"')).scalar_one() for name in names]


def test_a_rule_is_tried_on_a_case_and_writes_nothing(site: Site) -> None:
    case = submit(site.browser("u052"))
    assert case
    admin, file = site.browser("admin"), "rules/sales_contract_flow.yaml"
    before = counted(site)
    offered = admin.get("/design/sales_contract/rules/trial", query_string={"file": file, "at": 1})
    assert "销售合同-青禾示范商贸" in texts(offered.get_json()["html"])

    said = told(admin, "sales_contract", file=file, at=1, record=1)
    assert "收款计划明细 · 新记录" in said
    assert re.search(r"计划回款金额 — \D?100,000\.00", said)
    increased = told(admin, "sales_contract", file=file, at=2, record=1)
    assert "客户阶段" in increased
    assert "成交" in increased
    assert counted(site) == before


def test_values_typed_by_hand_take_the_place_of_the_record(site: Site) -> None:
    submit(site.browser("u052"))
    file = "rules/sales_contract_flow.yaml"
    said = told(
        site.browser("admin"),
        "sales_contract",
        file=file,
        at=2,
        record=1,
        sample={"customer_no": "KH-none", "nonsense": "1"},
    )

    assert "会被拒绝" in said
    assert "找到 0 条" in said


@pytest.mark.parametrize("sample", [{"amount": "viel"}, {"amount": "1e999999"}, {"pay_nodes.plan_date": "x"}])
def test_a_value_that_is_none_is_told(site: Site, sample: dict[str, str]) -> None:
    file = "rules/sales_contract_flow.yaml"
    at = 1 if "pay_nodes.plan_date" in sample else 2

    said = told(site.browser("admin"), "sales_contract", file=file, at=at, sample=sample)
    assert "“" in said
    assert "试算" not in said


def test_a_designer_tries_a_rule_on_what_they_may_see(designer: Browser) -> None:
    submit(designer)
    file = "rules/sales_contract_flow.yaml"

    assert "100,000.00" in told(designer, "sales_contract", file=file, at=1, record=1)


def test_a_designer_may_not_look_through_a_rule_at_what_they_may_not_see(designer: Browser) -> None:
    submit(designer)
    file = "rules/sales_contract_flow.yaml"
    peeking = {
        "do": "set",
        "place": ["book_plan", "set", "receipt_condition"],
        "value": "lookup('common_base/bank_account', 'bank_name', '1')",
    }
    answer = edit(designer, "sales_contract", file, 0, peeking)
    assert answer.status_code == 200

    said = told(designer, "sales_contract", file=file, at=1, record=1)
    assert "规则还有问题" in said or "只有系统管理员可以试算" in said
    assert "100,000" not in said
    # The rule that numbers the new periods asks another table for the last one.
    assert "只有系统管理员可以试算" in told(designer, at=3)


def test_a_designer_reads_no_hidden_value_in_a_title_and_finds_none_by_it(
    site: Site, designer: Browser
) -> None:
    admin, named = site.browser("admin"), change("title", to="{name} 成本{unit_cost}")
    revised(admin, "common_base", "tables/product.yaml", named)
    published(admin, "common_base")
    trigger = {"by": "source", "trigger": "common_base/product", "on": "updated"}
    made = {"name": "看看", "trigger": json.dumps(trigger), "action": "notify"}
    designer.client.post("/design/sales_contract/rules/", data=made)
    file = "rules/common_base_product.yaml"
    edits = [change(0, "to", to=["initiator"]), change(0, "message", to="x")]
    revised(designer, "sales_contract", file, *edits, rev=1)
    asked = {"file": file, "at": 0}
    offered = designer.get("/design/sales_contract/rules/trial", query_string=asked).get_json()["html"]
    assert "流程协同平台许可 成本" in offered
    assert "45,000" not in offered
    assert "45000" not in offered

    file = "rules/sales_contract_flow.yaml"
    trigger = {"by": "flow", "trigger": "sales_contract_flow", "on": "approved"}
    made = {"name": "猜", "trigger": json.dumps(trigger), "action": "update"}
    designer.client.post("/design/sales_contract/rules/", data=made)
    at = len(documents()["sales_contract"][file])
    guess = {"table": "common_base/product", "set": {"name": "'x'"}, "match": {"unit_cost": "45000"}}
    edits = [change(at, key, to=value) for key, value in {**guess, "rows": "any"}.items()]
    revised(designer, "sales_contract", file, *edits, rev=1)

    assert "“产品与服务目录”的“单位成本”您无权查看" in told(designer, "sales_contract", file=file, at=at)
    assert "流程协同平台许可" in told(admin, "sales_contract", file=file, at=at)


def test_a_record_that_a_designer_may_not_see_is_not_tried_on(site: Site, designer: Browser) -> None:
    del site
    said = told(designer, "sales_contract", file="rules/sales_contract_flow.yaml", at=1, record=4711)
    assert "不存在" in said


def test_a_draft_that_is_not_ready_says_so(site: Site) -> None:
    admin = site.browser("admin")
    broken = {"do": "set", "place": ["write_back", "guard"], "value": "old.nothing == 1"}
    assert edit(admin, CHANGE, FILE, 0, broken).status_code == 200

    assert "规则还有问题" in told(admin)


@pytest.mark.parametrize("number", [10**30, -(10**30), True, "1"])
def test_a_number_that_no_record_has_is_a_bad_request(site: Site, number: object) -> None:
    admin, url = site.browser("admin"), f"/design/{CHANGE}/rules/trial"

    assert admin.post(url, file=FILE, at=0, record=number, sample={}).status_code == 400
    assert admin.post(url, file=FILE, at=number, record=None, sample={}).status_code == 400
    for at in ("9" * 5000, "²", "-1"):
        assert admin.get(url, query_string={"file": FILE, "at": at}).status_code == 400
