"""Rules in words: every rule of the packs reads well, and half of one never fails."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from builder.edits.documents import Standing, standing
from builder.edits.rules.problems import rule_problems
from builder.edits.rules.read import rule_of
from builder.edits.rules.scope import About, rule_scope
from builder.edits.scopes import standpoint
from builder.words.expression_check import examine
from builder.words.rule_words import rule_words
from builder.words.trigger_words import trigger_tag
from runtime.language.field import SubTable
from runtime.language.rule import Rule
from tests.builder.pack_expressions import apps, documents
from tests.unit.builder.documents import documents as samples

RULES = [
    pytest.param(app, one, id=f"{app}-{one.name}")
    for app, found in sorted(documents().items())
    for one in standing(found, "rule")
]
CONTRACT = "sales_contract_change"


def about(app: str, document: Any) -> About:
    others = {code: one for code, one in apps().items() if code != app}
    return About(rule_scope(documents()[app], others), rule_of(document))


def labelled() -> set[str]:
    """Return the codes that have a label: nothing of them may be left in a sentence."""
    found = {code for one in apps().values() for code in _codes(one)}
    return {code for code in found if "_" in code or len(code) > 6}


def _codes(app: Any) -> set[str]:
    codes = {flow.code for flow in app.flows} | {node.code for flow in app.flows for node in flow.nodes}
    for entity in app.entities:
        codes.add(entity.code)
        for field in entity.fields:
            codes.add(field.code)
            if isinstance(field, SubTable):
                codes |= {column.code for column in field.fields}
    return codes | {value for one in app.dictionaries for value in one.labels()}


@pytest.mark.parametrize(("app", "one"), RULES)
def test_a_rule_of_a_pack_reads_without_codes(app: str, one: Standing) -> None:
    said = rule_words(about(app, one.document))

    words = set(re.findall(r"[a-z][a-z0-9_]+", said))
    assert words & labelled() == set(), said
    assert "（未" not in said
    assert said.endswith("。")


@pytest.mark.parametrize(("app", "one"), RULES)
def test_a_rule_of_a_pack_has_no_problems(app: str, one: Standing) -> None:
    assert rule_problems(one.document, about(app, one.document)) == ()


def test_a_write_back_says_which_row_what_becomes_of_it_and_what_is_refused() -> None:
    document = {
        "code": "a",
        "on": "approved",
        "flow": "sales_contract_change_flow",
        "do": "update",
        "table": "sales_contract/sales_contract",
        "match": {"contract_no": "contract_no"},
        "set": {"amount": "new_amount", "exec_status": "'executing'"},
        "add": {"version": 1},
        "guard": "old.version == old_version",
        "message": "合同 {contract_no} 已被修改",
    }

    assert rule_words(about(CONTRACT, document)) == (
        "“销售合同变更审批”通过后：在“销售合同台账”中找到“合同编码”等于本单“合同编号”的那一条（必须恰好一条），"
        "把“合同金额”改为本单“合同金额（变更后）”，把“执行状态”改为“执行中”，“版本”加 1；"
        "若不满足（目标的版本 = 原版本），则拒绝整个操作，并提示“合同 「合同编号」 已被修改”。"
    )


@pytest.mark.parametrize(
    ("on", "tag"),
    [
        ("approved", "批准"),
        ("node.n_dept.done", "经办部门负责人意见办理完成"),
        ("node.nothing.done", "nothing办理完成"),
        ({"daily": "08:30"}, "每天 08:30"),
        ({"before": "plan_date", "days": [7, 1]}, "提前 7、1 天"),
        (None, "未定时机"),
    ],
)
def test_a_trigger_is_a_word_or_two(on: Any, tag: str) -> None:
    assert trigger_tag(about(CONTRACT, {"on": on, "flow": "sales_contract_change_flow"})) == tag


KEYS = some.sampled_from([one.name for one in fields(Rule) if one.name != "options"])
WORDS = some.sampled_from(
    (
        *("approved", "update", "notify", "start", "create", "sales_contract_change_flow", "contract_no"),
        *(
            "",
            "{",
            "'",
            "role",
            "field",
            "receipts",
            "sales_contract/sales_contract",
            "row.x",
            "old.version ==",
        ),
    )
)
VALUES: some.SearchStrategy[Any] = some.recursive(
    some.none() | some.booleans() | some.integers() | WORDS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


@given(some.dictionaries(KEYS, VALUES))
def test_anything_that_stands_where_a_rule_should_be_is_told_and_never_fails(document: Any) -> None:
    one = about(CONTRACT, document)

    assert rule_words(one).endswith("。")
    assert trigger_tag(one)
    rule_problems(document, one)


@pytest.mark.parametrize(
    ("by", "flaws"),
    [({"flow": "apply", "on": "approved"}, 1), ({"source": "apply", "on": "created"}, 0)],
)
def test_a_message_may_name_the_flow_only_where_a_table_fires_the_rule(
    by: dict[str, str], flaws: int
) -> None:
    scope = rule_scope(samples(), {})
    about = About(scope, rule_of({"code": "r", **by, "do": "notify", "to": ["initiator"], "message": "x"}))
    assert len(examine("{flow.status}", "", standpoint(scope, about.message_place)).problems) == flaws
