"""Rules and walk-throughs on their pages: all of the packs open, and nothing changes by it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from builder.edits.documents import standing
from tests.builder.pack_expressions import documents
from tests.web.site import Browser, Site, texts

CHANGE = "sales_contract_change"
FILE = "rules/sales_contract_change_flow.yaml"


def edit(
    browser: Browser, app: str, at: str, rev: int, change: dict[str, Any], /, **view: Any
) -> TestResponse:
    return browser.post(f"/design/{app}/edit", file=at, rev=rev, edit=change, view=view)


@pytest.mark.parametrize("app", sorted(documents()))
def test_every_rule_and_test_of_a_pack_opens_and_nothing_changes(site: Site, app: str) -> None:
    admin = site.browser("admin")
    for module, kind in (("rules", "rule"), ("tests", "walkthrough")):
        links = set(
            re.findall(rf'href="(/design/{app}/{module}/[^"]+)"', admin.read(f"/design/{app}/{module}/"))
        )
        assert len(links) == len(list(standing(documents()[app], kind)))
        for link in links:
            admin.read(link)

    assert "草稿" not in texts(admin.read(f"/design/{app}/rules/"))


def test_a_rule_is_told_in_words_with_what_may_be_chosen(site: Site) -> None:
    page = site.browser("admin").read(f"/design/{CHANGE}/rules/write_back")

    assert "在“销售合同台账”中找到“合同编码”等于本单“合同编号”的那一条" in texts(page)
    row = re.search(r'id="row-set-contract_file".*?</li>', page, re.DOTALL)
    assert row
    # Of the form's fields those that hold files, and no amounts.
    assert "变更后正式文本" in row[0]
    assert "原合同金额" not in row[0]


def test_a_rule_is_made_and_changed_by_choosing(site: Site) -> None:
    admin = site.browser("admin")
    trigger = '{"by": "flow", "on": "approved", "trigger": "sales_contract_change_flow"}'
    made = admin.client.post(
        f"/design/{CHANGE}/rules/", data={"name": "回写客户", "trigger": trigger, "action": "update"}
    )
    assert made.status_code == 302
    assert made.location.endswith("/rules/rule")
    view = {"name": "rule", "key": "rule", "file": FILE, "at": 6}
    steps: list[dict[str, Any]] = [
        {"do": "set", "place": ["rule", "table"], "value": "customer_archive/customer"},
        {
            "do": "rule_column",
            "place": ["rule"],
            "grid": "match",
            "column": "customer_no",
            "source": "customer_no",
        },
        {
            "do": "rule_column",
            "place": ["rule"],
            "grid": "set",
            "column": "customer_stage",
            "source": "'deal'",
        },
    ]
    answer = None
    for rev, step in enumerate(steps, 1):
        answer = edit(admin, CHANGE, FILE, rev, step, **view)
        assert answer.status_code == 200, answer.text
    assert answer
    assert "把“客户阶段”改为“成交”" in texts(answer.get_json()["html"])
    assert "缺少" not in texts(answer.get_json()["html"])


def test_a_type_that_does_not_fit_is_told_at_its_row(site: Site) -> None:
    admin = site.browser("admin")
    change = {"do": "set", "place": ["write_back", "set", "amount"], "value": "contract_no"}
    html = edit(admin, CHANGE, FILE, 0, change, name="rule", key="write_back").get_json()["html"]

    told = re.search(r'id="src-set-amount-problem"[^>]*>([^<]+)<', html)
    assert told
    assert "数字" in told[1]


def test_a_rule_whose_trigger_changes_is_shown_in_its_new_file(site: Site) -> None:
    admin = site.browser("admin")
    change = {
        "do": "rule_trigger",
        "place": ["log_change"],
        "by": "source",
        "trigger": "sales_contract_change_log",
        "on": "created",
    }
    answer = edit(admin, CHANGE, FILE, 0, change, name="rule", key="log_change", file=FILE, at=5).get_json()

    assert 'data-file="rules/sales_contract_change_log.yaml" data-rev="1"' in answer["html"]
    undone = edit(admin, CHANGE, "rules/sales_contract_change_log.yaml", 1, {"do": "undo"}, name="rule")
    assert undone.status_code == 200
    assert 'id="line-log_change"' in undone.get_json()["html"]


@pytest.mark.parametrize(
    "rule",
    [
        {"code": "half", "flow": "gone", "on": "approved", "do": "update"},
        {"code": "half", "flow": "sales_contract_change_flow", "on": "node.gone.done", "do": "notify"},
        {
            "flow": "sales_contract_change_flow",
            "on": "approved",
            "do": "create",
            "table": "gone",
            "set": {"x": ""},
        },
        {
            "code": "half",
            "source": "gone/table",
            "on": {"before": "x", "days": [1]},
            "do": "notify",
            "to": [],
        },
        {"code": "half", "flow": "x", "on": "approved", "do": "start", "start": "gone", "set": {"a": "((("}},
        {
            "code": "half",
            "flow": "sales_contract_change_flow",
            "on": "approved",
            "do": "update",
            "table": "sales_contract/sales_contract",
            "each": "gone",
            "match": {"nothing": "row.x", "contract_no": "''"},
            "set": {"amount": "'", "<b>": "1"},
            "guard": "old.x ==",
            "message": "{",
        },
    ],
)
def test_half_a_rule_opens(site: Site, rule: dict[str, Any]) -> None:
    admin = site.browser("admin")
    answer = edit(
        admin, CHANGE, FILE, 0, {"do": "insert", "place": [], "value": rule}, name="rule", file=FILE, at=6
    )
    assert answer.status_code == 200, answer.text
    assert 'class="rule__effect"' in answer.get_json()["html"]
    stem = "sales_contract_change_flow"
    page = admin.read(f"/design/{CHANGE}/rules/{stem}.6")
    assert "<b>" not in page
    assert admin.read(f"/design/{CHANGE}/rules/")
    tried = admin.get(f"/design/{CHANGE}/rules/trial", query_string={"file": FILE, "at": 6})
    assert tried.status_code == 200
    assert "规则还有问题" in tried.get_json()["html"]


def test_a_view_that_a_page_never_sends_is_answered_all_the_same(site: Site) -> None:
    admin = site.browser("admin")
    views: list[dict[str, Any]] = [
        {"name": "rule", "key": [1], "at": "x", "formulas": 3},
        {"name": "rule", "file": 3, "at": -7, "formulas": [[1]]},
        {"name": "tests", "key": {}, "file": None},
    ]
    for view in views:
        answer = admin.post(f"/design/{CHANGE}/view", file=FILE, view=view)
        assert answer.status_code == 200, view


def test_who_may_not_design_sees_and_tries_and_runs_nothing(site: Site) -> None:
    rep = site.browser("u052")
    assert rep.get(f"/design/{CHANGE}/rules/").status_code == 403
    assert rep.get(f"/design/{CHANGE}/tests/").status_code == 403
    asked = {"file": FILE, "at": 0}
    assert rep.get(f"/design/{CHANGE}/rules/trial", query_string=asked).status_code == 403
    for url in (f"/design/{CHANGE}/rules/trial", f"/design/{CHANGE}/tests/run"):
        assert rep.post(url, **asked).status_code == 403
    made = rep.client.post(f"/design/{CHANGE}/tests/", data={"name": "a"})
    assert made.status_code == 403


def test_new_ones_lack_nothing_without_being_told(site: Site) -> None:
    admin = site.browser("admin")
    for module, data in (("rules", {"name": "", "trigger": "{}"}), ("tests", {"name": " "})):
        answer = admin.client.post(f"/design/{CHANGE}/{module}/", data=data)
        assert answer.status_code == 422
        assert "请填写" in texts(answer.text)
    for odd in ("[1]", "{", '{"by": "flow", "trigger": 3}'):
        answer = admin.client.post(f"/design/{CHANGE}/rules/", data={"name": "a", "trigger": odd})
        assert answer.status_code == 422
