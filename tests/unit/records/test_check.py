"""Whether a record may be submitted."""

from decimal import Decimal
from typing import Any

import pytest

from runtime.language.flow import Node
from runtime.records.calculate import calculate
from runtime.records.check import Verdict, check
from runtime.records.rights import node_rights
from tests.unit.records.contract import CONTRACT, contract, env, product


def verdict(values: dict[str, Any], node: Node | None = None) -> Verdict:
    computed = calculate(CONTRACT, values, env=env(), submitting=True)
    if node is None:
        return check(CONTRACT, computed, env=env())
    return check(CONTRACT, computed, env=env(), rights=node_rights(CONTRACT, node), node=node.code)


def messages(values: dict[str, Any], node: Node | None = None) -> list[str]:
    return [one.message for one in verdict(values, node).problems]


def test_a_complete_contract_may_be_submitted() -> None:
    assert verdict(contract()) == Verdict((), ())


def test_what_is_missing_is_named_in_the_record_and_in_its_rows() -> None:
    values = contract(customer_no=None, products=[product(), product(product_no="P-2", deal_price=None)])

    found = verdict(values).problems

    assert [(one.code, one.path, one.message) for one in found] == [
        ("required", "$.customer_no", "“客户编码”必填。"),
        ("required", "$.products[1].deal_price", "第 2 行“成交单价”必填。"),
    ]


def test_no_and_zero_are_answers() -> None:
    values = contract(is_template=False, terms="条款")
    values["pay_nodes"][0]["node_amount"], values["pay_nodes"][1]["node_amount"] = Decimal(0), Decimal(100)

    assert messages(values) == []


def test_what_is_invisible_is_not_required() -> None:
    assert messages(contract(is_template=True)) == []
    assert messages(contract(is_template=False)) == ["“主要条款”必填。"]


def test_required_if_follows_the_other_values() -> None:
    nodes = [
        {"id": None, "node_name": "全款", "plan_date": contract()["sign_date"], "node_amount": Decimal(10**6)}
    ]

    assert messages(contract(amount=Decimal(10**6), pay_nodes=nodes)) == ["“大额说明”必填。"]


def test_required_if_in_a_row_follows_the_row() -> None:
    cheap = product(discount_reason=None)
    full = product(discount_reason=None, product_no="P-2", deal_price=Decimal(60))

    assert messages(contract(products=[cheap, full])) == ["第 1 行“折扣原因”必填。"]


def test_limits_name_the_place_and_the_limit() -> None:
    assert messages(contract(products=[product(qty=Decimal("0.5"))])) == ["第 1 行“数量”不能小于 1。"]


def test_too_few_rows_are_told() -> None:
    assert messages(contract(products=[])) == ["“产品明细”至少 1 行，现有 0 行。"]


def test_a_unique_column_repeats_nothing_in_its_record() -> None:
    found = verdict(contract(products=[product(), product(product_no="P-2"), product()])).problems

    assert [(one.code, one.path, one.message) for one in found] == [
        ("not_unique", "$.products[2].product_no", "第 3 行“产品编码”与第 1 行重复。")
    ]


def test_a_check_of_the_form_stops_with_its_code_and_message() -> None:
    found = verdict(contract(amount=Decimal(101))).problems

    assert [(one.code, one.path, one.message) for one in found] == [
        ("plan_sum", "$.pay_nodes", "付款节点金额之和必须等于合同金额")
    ]


def test_a_warning_tells_and_does_not_stop() -> None:
    found = verdict(contract(products=[product(unit_cost=Decimal(49))]))

    assert found.problems == ()
    assert [one.message for one in found.warnings] == ["毛利率低于 10%"]


def test_a_check_of_a_field_looks_at_values_only() -> None:
    assert messages(contract(discount=Decimal(11))) == ["折扣应在 0 到 10 之间"]
    assert messages(contract(discount=None)) == []


def test_a_check_of_rows_names_the_row() -> None:
    dear = product(product_no="P-2", deal_price=Decimal(121))

    assert messages(contract(products=[product(), dear])) == ["第 2 行：成交价不能超过标准价两倍"]


@pytest.mark.parametrize(
    ("node", "values", "expected"),
    [
        (Node("sign", "fill"), {"contact": None, "customer_no": None}, ["请先填写联系人"]),
        (Node("other", "fill"), {"contact": None, "customer_no": None, "amount": Decimal(5)}, []),
        (Node("other", "fill", require=("contact",)), {"contact": None}, ["“联系人”必填。"]),
        (Node("other", "fill", edit=("amount",)), {"amount": Decimal(0)}, ["“合同金额”不能小于 0.01。"]),
        (
            Node("other", "fill", require=("pay_nodes",)),
            {"pay_nodes": []},
            ["“付款节点”至少 1 行，现有 0 行。"],
        ),
    ],
)
def test_a_node_checks_what_it_edits_and_requires(
    node: Node, values: dict[str, Any], expected: list[str]
) -> None:
    assert messages(contract(**values), node) == expected


def test_a_node_may_require_a_column_in_every_row() -> None:
    values = contract(
        products=[product(), product(product_no="P-2", discount_reason=None, deal_price=Decimal(60))]
    )

    found = messages(values, Node("other", "fill", require=("products.discount_reason",)))

    assert found == ["第 2 行“折扣原因”必填。"]


def test_a_check_that_reads_something_missing_waits_for_it() -> None:
    assert messages(contract(amount=None)) == ["“合同金额”必填。"]


def test_a_check_of_rows_waits_for_its_own_row_only() -> None:
    blank, dear = product(deal_price=None), product(product_no="P-2", deal_price=Decimal(121))

    assert messages(contract(products=[blank, dear])) == [
        "第 1 行“成交单价”必填。",
        "第 2 行：成交价不能超过标准价两倍",
    ]
