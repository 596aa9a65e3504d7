"""What a person posts, taken over what was there."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.flow import Node, Start
from runtime.records.parse import Parsed, parse
from runtime.records.rights import node_rights, start_rights
from runtime.records.show import dumped_values
from tests.unit.fields.samples import READING
from tests.unit.records.contract import CONTRACT, contract, env, product

AT_START = start_rights(CONTRACT, Start()).editable


def taken(
    posted: Any, *, editable: frozenset[str] = AT_START, before: dict[str, Any] | None = None
) -> Parsed:
    return parse(CONTRACT, posted, before=before or contract(), editable=editable, env=env(), reading=READING)


def edits(*paths: str) -> frozenset[str]:
    return node_rights(CONTRACT, Node("n", "fill", edit=paths)).editable


def test_what_is_posted_replaces_what_was_and_the_rest_stays() -> None:
    result = taken({"amount": "1,234.50", "contact": " 乙 "})

    assert result.problems == ()
    assert result.values == contract(amount=Decimal("1234.50"), contact="乙")
    assert result.given == {"$.amount", "$.contact"}


def test_what_a_page_was_filled_with_reads_back_the_same() -> None:
    assert taken(dumped_values(CONTRACT, contract())).values == contract()


def test_an_emptied_answer_is_none() -> None:
    assert taken({"contact": "", "pay_nodes": []}).values == contract(contact=None, pay_nodes=[])


@pytest.mark.parametrize(
    "posted",
    [
        {"customer_name": "改"},
        {"secret_note": "改"},
        {"gross": 1},
        {"amount_upper": "壹"},
        {"contract_no": "X"},
    ],
)
def test_read_only_hidden_and_computed_fields_are_ignored(posted: dict[str, Any]) -> None:
    result = taken(posted)

    assert (result.values, result.problems, result.given) == (contract(), (), frozenset())


def test_at_a_node_only_what_it_lets_edit_is_taken() -> None:
    result = taken({"contact": "乙", "amount": "1"}, editable=edits("contact"))

    assert result.values == contract(contact="乙")


def test_every_wrong_answer_is_reported_at_its_place() -> None:
    rows = [{"id": 21}, {"node_name": "尾款", "node_amount": "abc", "plan_date": "明天"}]

    problems = taken({"amount": "1e3", "phone": "1", "pay_nodes": rows}).problems

    assert [(one.code, one.path) for one in problems] == [
        ("not_phone", "$.phone"),
        ("not_number", "$.amount"),
        ("not_date", "$.pay_nodes[1].plan_date"),
        ("not_number", "$.pay_nodes[1].node_amount"),
    ]
    assert problems[1].message == "“合同金额”应为数字，如 1234.50，现为“1e3”。"
    assert problems[3].message == "第 2 行“付款金额”应为数字，如 1234.50，现为“abc”。"


def test_a_wrong_answer_leaves_the_value_that_was() -> None:
    assert taken({"amount": "abc"}).values == contract()


def test_a_name_that_nothing_has_is_reported() -> None:
    result = taken({"ammount": 1, "products": [{"qtty": 1}], "customer_no_ref": 3})

    assert [(one.path, one.message) for one in result.problems] == [
        ("$.ammount", "没有字段 ammount。"),
        ("$.products[0].qtty", "没有字段 qtty。"),
    ]


def test_rows_keep_their_ids_in_the_order_posted() -> None:
    posted = {"pay_nodes": [{"id": 22, "node_amount": "60"}, {"node_name": "中期"}, {"id": "21"}]}

    rows = taken(posted).values["pay_nodes"]

    assert [(row["id"], row["node_name"], row["node_amount"]) for row in rows] == [
        (22, "尾款", 60),
        (None, "中期", None),
        (21, "首付", 30),
    ]


def test_a_new_row_begins_with_its_defaults_even_where_nobody_may_type() -> None:
    row = taken({"products": [{"product_no": "P-2", "unit_cost": "1"}]}).values["products"][0]

    assert (row["id"], row["qty"], row["unit_cost"]) == (None, 1, None)


@pytest.mark.parametrize("id_", [99, 0, "x", -1, True, [1]])
def test_nobody_takes_over_a_row_of_another_record(id_: Any) -> None:
    result = taken({"pay_nodes": [{"id": id_, "node_name": "改"}]})

    assert [one.code for one in result.problems] == ["unknown_row"]
    assert result.problems[0].message == "第 1 行已不存在，请刷新后再填。"


def test_nobody_posts_a_row_twice() -> None:
    result = taken({"pay_nodes": [{"id": 21}, {"id": 21}]})

    assert [(one.code, one.path) for one in result.problems] == [("unknown_row", "$.pay_nodes[1]")]


def test_where_only_a_column_may_be_edited_rows_stay_and_the_column_changes() -> None:
    posted = {"pay_nodes": [{"id": 22, "node_amount": "1", "node_name": "改"}, {"node_amount": "5"}]}

    rows = taken(posted, editable=edits("pay_nodes.node_amount")).values["pay_nodes"]

    assert [(row["id"], row["node_name"], row["node_amount"]) for row in rows] == [
        (21, "首付", 30),
        (22, "尾款", 1),
    ]


def test_where_a_sub_table_may_not_be_edited_it_stays() -> None:
    assert taken({"pay_nodes": []}, editable=edits("contact")).values == contract()


def test_too_many_rows_are_refused_unread() -> None:
    result = taken({"products": [{}] * 601})

    assert result.problems[0].message == "“产品明细”最多 600 行，现有 601 行。"
    assert result.values == contract()


def test_another_key_is_another_row_until_its_id_is_known() -> None:
    assert taken({"customer_no": "KH-2"}).values["customer_no_ref"] is None
    assert taken({"customer_no": "KH-2", "customer_no_ref": "4"}).values["customer_no_ref"] == 4
    assert taken({"customer_no": "KH-1"}).values["customer_no_ref"] == 3
    assert taken({"customer_no": ""}).values["customer_no_ref"] is None


def test_what_is_read_only_because_of_other_answers_keeps_its_value() -> None:
    assert taken({"discount": "8"}).values["discount"] == 8
    assert taken({"discount": "8", "amount": "1000000"}).values["discount"] == 9


@pytest.mark.parametrize("posted", [None, [], "x", 1])
def test_answers_are_a_mapping(posted: Any) -> None:
    assert [one.code for one in taken(posted).problems] == ["not_answers"]


@pytest.mark.parametrize("rows", [{}, "x", [1], [None]])
def test_rows_are_a_list_of_mappings(rows: Any) -> None:
    assert taken({"products": rows}).problems[0].message == "“产品明细”应为若干行。"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", *CONTRACT.fields, *CONTRACT.subtables, "qty"]), inside, max_size=4
        )
    ),
    max_leaves=10,
)


@given(posted=_json)
@settings(max_examples=150)
def test_whatever_is_posted_is_read_or_reported(posted: Any) -> None:
    result = taken(posted)

    assert {row["id"] for row in result.values["products"]} <= {11, None}
    assert result.values["secret_note"] == "底价"


def test_a_product_row_reads_back_what_it_was() -> None:
    assert taken({"products": [{"id": 11}]}).values["products"] == [product(11)]
