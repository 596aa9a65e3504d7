"""The expression editor's server: names, checks, words and rows, over everything the packs have."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.builder.pack_expressions import Written, written
from tests.web.site import Browser, Site

APP = "sales_contract_change"
FORM = "entity:sales_contract_change_form"
RULE = "rule:sales_contract_change_form:sales_contract/sales_contract:receipts"


@pytest.fixture
def designer(site: Site) -> Browser:
    return site.browser("admin")


def ask(browser: Browser, what: str, *, app: str = APP, **data: Any) -> dict[str, Any]:
    answer = browser.post(f"/design/{app}/expression/{what}", **data)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def check(browser: Browser, source: str, *, scope: str = FORM, want: str = "", **more: Any) -> dict[str, Any]:
    return ask(browser, "check", scope=scope, want=want, source=source, **more)


def test_every_expression_of_the_packs_is_right_where_it_stands(designer: Browser) -> None:
    assert len(written()) > 150
    wrong = []
    for one in written():
        found = check_of(designer, one)
        if (
            not found["ok"]
            or not found["words"]
            or (found["result"]["text"] == found["result"]["note"] == "")
        ):
            wrong.append((one, found))

    assert wrong == []


def check_of(browser: Browser, one: Written) -> dict[str, Any]:
    return ask(browser, "check", app=one.app, scope=one.scope, want=one.want, source=one.source, sample={})


def test_words_have_labels_instead_of_codes(designer: Browser) -> None:
    for app in sorted({one.app for one in written()}):
        mine = [one for one in written() if one.app == app]
        items = [{"scope": one.scope, "source": one.source} for one in mine]
        for one, words in zip(mine, ask(designer, "words", app=app, items=items)["words"], strict=True):
            named = {each["path"] for each in check_of(designer, one)["names"]}
            assert words
            assert [path for path in named if path in words] == [], one


def test_words_read_as_people_say_it(designer: Browser) -> None:
    sources = {
        "new_amount >= 1000000 and 'amount' in change_items": (
            "合同金额（变更后） ≥ 1,000,000 且 变更内容 包含 “合同金额”"
        ),
        "fill_date < add_days(today(), -90)": "填写日期 < 今天前 90 天",
        "fill_date >= date('2026-04-01')": "填写日期 ≥ 2026-04-01",
        "not (new_end < new_start)": "并非（履行截止（变更后） < 履行开始（变更后））",
        "contract_no == null or copies > 0 and copies < 9": (
            "合同编号 为空 或 （合同份数 > 0 且 合同份数 < 9）"
        ),
        "operator.department == initiator.department": "经办人的部门 = 发起人的部门",
        "sum(receipts, row.due_amount * 2)": "收款约定各行（应收金额 × 2）的合计",
        "contract_no.amount": "合同编号的合同金额",
        "nonsense + 1": "「nonsense」 + 1",
        "1 +": "「1 +」",
        "": "",
    }
    items = [{"scope": FORM, "source": one} for one in sources]

    assert ask(designer, "words", items=items)["words"] == list(sources.values())


def test_problems_point_into_the_text(designer: Browser) -> None:
    found = check(designer, "new_amount > 'viel'", want="boolean")
    (problem,) = found["problems"]
    assert (found["ok"], "new_amount > 'viel'"[problem["from"] : problem["to"]]) == (False, "'viel'")

    found = check(designer, "{contract_no}-{nothing}", scope="template:sales_contract_change_form")
    (problem,) = found["problems"]
    assert "{contract_no}-{nothing}"[problem["from"] : problem["to"]] == "nothing"

    assert not check(designer, "new_amount", want="boolean")["ok"]
    assert not check(designer, "sum(products.qty) > 1", scope="view:sales_contract/sales_contract")["ok"]
    assert not check(designer, "exists('receipt_plan/receipt', receipt_no='1')")["ok"]


@pytest.mark.parametrize(
    "source",
    ["", "(" * 9000, "a" * 20_000, "'" * 99, "\x00\ud800", "if(if(if(", "1" * 60, "{{}", "row.index"],
)
@pytest.mark.parametrize(
    "scope", [FORM, "", "lookup:x.y.z", "rule:::", "template:", "row:a", "nonsense", RULE]
)
def test_nonsense_is_told_never_thrown(designer: Browser, source: str, scope: str) -> None:
    found = check(designer, source, scope=scope, want="number", sample={"a": "1", "b.c": "x"})
    assert isinstance(found["ok"], bool)
    ask(designer, "names", scope=scope)
    ask(designer, "words", items=[{"scope": scope, "source": source}])
    ask(designer, "rows", scope=scope, source=source)


def test_the_result_is_computed_on_samples(designer: Browser) -> None:
    source = "sum(receipts.due_amount) + old_received"
    found = check(designer, source)
    assert [one["path"] for one in found["sample"]] == ["receipts.due_amount", "old_received"]
    assert found["result"]["text"] == "20,000"

    typed = {"receipts.due_amount": "1、2.5，3", "old_received": "-0.5"}
    assert check(designer, source, sample=typed)["result"]["text"] == "6"

    found = check(designer, source, sample={"old_received": "viel"})
    assert found["sample"][1]["problem"] == "应为数字，如 1000"
    assert found["result"]["text"] == ""

    assert check(designer, "'amount' in change_items", sample={"change_items": "party、amount"})["result"][
        "text"
    ] == ("成立")
    assert check(designer, "count(receipts)", sample={"receipts.": "7"})["result"]["text"] == "7"
    assert (
        check(designer, "contract_no.amount * 2", sample={"contract_no.amount": "4"})["result"]["text"] == "8"
    )
    late = check(designer, "exists('sales_contract/sales_contract', contract_no=contract_no)")
    assert "运行时" in late["result"]["note"]
    told = check(
        designer,
        "第 {old.version} 版，{row.due_amount}",
        scope=RULE.replace("rule:", "template:"),
        sample={"old.version": "4", "row.due_amount": "9"},
    )
    assert told["result"]["text"] == "第 4 版，9.00"


def test_names_are_grouped_and_labelled(designer: Browser) -> None:
    found = ask(designer, "names", scope=RULE)
    groups = {one["code"]: one for one in found["groups"]}
    assert list(groups) == ["row", "own", "rows", "old", "initiator", "current_user", "system"]
    fields = {one["path"]: one for one in groups["own"]["fields"]}
    assert fields["change_items"]["label"] == "变更内容"
    assert ["amount", "合同金额"] in fields["change_items"]["options"]
    assert "contract_no.customer_name" in {one["path"] for one in fields["contract_no"]["fields"]}
    assert "row.due_amount" in {one["path"] for one in groups["row"]["fields"]}
    assert "old.version" in {one["path"] for one in groups["old"]["fields"]}
    columns = {
        one["code"]: one
        for one in ask(designer, "names", scope="lookup:sales_contract_change_form.contract_no")["groups"]
    }
    assert columns["own"]["label"].startswith("来源")
    assert {one["path"] for one in columns["form"]["fields"]} >= {"form.operator"}
    functions = {one["name"]: one for one in found["functions"]}
    assert functions["round"]["signature"] == "round(数字, [位数])"
    assert all(one["help"] and one["example"] for one in functions.values())


def test_names_and_checks_come_at_once(designer: Browser) -> None:
    def best(run: Any) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
        return min(times)

    assert best(lambda: ask(designer, "names", scope=FORM)) < 0.15
    assert best(lambda: check(designer, "sum(receipts.due_amount) > old_amount")) < 0.15


def test_a_half_finished_draft_has_names(designer: Browser) -> None:
    file = "forms/sales_contract_change_form.yaml"
    value = {"code": "project", "type": "lookup", "label": "项目"}
    edit = {"do": "insert", "place": ["fields"], "value": value}
    assert designer.post(f"/design/{APP}/edit", file=file, rev=0, edit=edit, view={}).status_code == 200

    found = check(designer, "project == null and new_amount > 0", want="boolean")
    assert found["ok"]
    assert found["words"] == "项目 为空 且 合同金额（变更后） > 0"


def test_only_designers_are_answered(site: Site) -> None:
    somebody = site.browser("u052")

    for what in ("names", "check", "words", "rows", "text"):
        data = {"items": [], "rows": {"join": "and", "rows": []}}
        assert somebody.post(f"/design/{APP}/expression/{what}", **data).status_code == 403


def test_rows_are_read_and_written(designer: Browser) -> None:
    source = "'amount' in change_items and not (new_end < today() or copies in (1, 2))"
    rows = ask(designer, "rows", scope=FORM, source=source)["rows"]
    assert rows["join"] == "and"
    assert ask(designer, "text", rows=rows)["source"] == source

    answer = ask(designer, "rows", scope=FORM, source="exists('x', a=1)")
    assert answer["rows"] is None
    assert "exists" in answer["message"]
    answer = ask(designer, "text", rows={"join": "and", "rows": [{}]})
    assert (answer["source"], answer["message"]) == (None, "请选择字段。")
