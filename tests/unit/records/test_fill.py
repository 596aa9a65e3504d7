"""What choosing a row brings along."""

from decimal import Decimal
from typing import Any

from runtime.records.fill import Refilled, Source, Wanted, chosen, filled, refill, wanted
from runtime.records.rights import answerable
from tests.unit.records.contract import CONTRACT, contract, env, product

CUSTOMER = Wanted("sales/customer", "customer_no", "KH-1", 3)
PRODUCT = Wanted("sales/product", "product_no", "P-1", 7)
SERVER = {"product_no": "P-1", "name": "服务器", "list_price": Decimal(80), "unit_cost": Decimal(40)}
FOUND: dict[Wanted, Source | None] = {
    CUSTOMER: Source(3, {"customer_no": "KH-1", "customer_name": "新名", "contact": "新人", "stage": "deal"}),
    PRODUCT: Source(7, SERVER),
}


def refilled(
    values: dict[str, Any],
    *,
    before: dict[str, Any] | None = None,
    found: dict[Wanted, Source | None] | None = None,
    given: frozenset[str] = frozenset(),
) -> Refilled:
    return refill(
        CONTRACT,
        values,
        before=contract() if before is None else before,
        found=FOUND if found is None else found,
        typed=answerable(CONTRACT),
        given=given,
        env=env(),
    )


def test_rows_referred_to_are_asked_for_once() -> None:
    values = contract(products=[product(), product(), product(product_no=None)])

    assert wanted(CONTRACT, values) == {CUSTOMER, PRODUCT}


def test_what_nobody_can_type_in_is_copied_anew_each_time() -> None:
    after = refilled(contract()).values

    assert after["customer_name"] == "新名"
    assert (after["products"][0]["product_name"], after["products"][0]["unit_cost"]) == (
        "服务器",
        Decimal(40),
    )


def test_what_can_be_typed_in_stays_while_the_same_row_is_chosen() -> None:
    assert refilled(contract()).values["contact"] == "甲"


def test_another_row_fills_what_can_be_typed_in_unless_it_was_given() -> None:
    before = contract(customer_no=None, contact=None)

    assert refilled(contract(), before=before).values["contact"] == "新人"
    assert refilled(contract(), before=before, given=frozenset({"$.contact"})).values["contact"] == "甲"


def test_a_key_typed_in_finds_its_row() -> None:
    by_key = Wanted("sales/customer", "customer_no", "KH-1", None)

    after = refilled(contract(customer_no_ref=None), found=FOUND | {by_key: FOUND[CUSTOMER]}).values

    assert after["customer_no_ref"] == 3


def test_a_row_chosen_by_id_brings_its_key_of_today() -> None:
    renamed = Source(3, {"customer_no": "KH-100", "stage": "deal"})

    assert refilled(contract(), found=FOUND | {CUSTOMER: renamed}).values["customer_no"] == "KH-100"


def test_no_row_empties_its_copies() -> None:
    after = refilled(contract(customer_no=None)).values

    assert (after["customer_name"], after["customer_no_ref"]) == (None, None)


def test_a_key_that_no_row_has_is_reported() -> None:
    found = refilled(contract(), found=FOUND | {CUSTOMER: None}).problems

    assert [(one.code, one.path, one.message) for one in found] == [
        ("no_such_row", "$.customer_no", "“客户编码”：来源中没有“KH-1”。")
    ]


def test_a_row_that_the_filter_leaves_out_is_reported() -> None:
    lost = Source(3, {"customer_no": "KH-1", "stage": "lost"})

    found = refilled(contract(), found=FOUND | {CUSTOMER: lost}).problems

    assert [(one.code, one.message) for one in found] == [
        ("not_selectable", "“客户编码”：“KH-1”不符合可选条件。")
    ]


def test_a_filter_in_a_row_sees_the_source_the_form_and_the_row() -> None:
    free = Source(7, SERVER | {"list_price": Decimal(0)})

    assert (
        refilled(contract(products=[product(qty=Decimal(13))])).problems[0].path == "$.products[0].product_no"
    )
    assert refilled(contract(customer_no=None)).problems[0].path == "$.products[0].product_no"
    assert refilled(contract(), found=FOUND | {PRODUCT: free}).problems[0].path == "$.products[0].product_no"


def test_the_values_given_are_left_as_they_are() -> None:
    values = contract()

    refilled(values)

    assert values == contract()


def test_what_a_picker_fills_is_fitted_to_our_fields() -> None:
    lookup = CONTRACT.subtables["products"].columns["product_no"]

    assert filled(CONTRACT, lookup, SERVER | {"list_price": Decimal("80.005")})["list_price"] == Decimal(
        "80.01"
    )
    assert filled(CONTRACT, lookup, None) == {"product_name": None, "list_price": None, "unit_cost": None}


def test_what_refers_to_the_same_row_is_not_chosen_anew() -> None:
    before = contract(products=[product(id=1), product(id=2)])

    assert chosen(CONTRACT, before, before=before) == frozenset()
    swapped = contract(products=[before["products"][1], before["products"][0]])
    assert chosen(CONTRACT, swapped, before=before) == frozenset()


def test_another_key_another_id_and_a_new_row_are_chosen() -> None:
    before = contract(products=[product(id=1), product(id=2)])
    after = contract(
        customer_no="KH-2",
        products=[product(id=1), product(id=2, product_no_ref=8), product(id=None)],
    )

    assert chosen(CONTRACT, after, before=before) == {
        "$.customer_no",
        "$.products[1].product_no",
        "$.products[2].product_no",
    }


def test_at_a_node_only_what_is_filled_in_there_is_looked_up() -> None:
    only = frozenset({"$.products[0].product_no"})

    found = refill(
        CONTRACT,
        contract(),
        before=contract(),
        found={PRODUCT: FOUND[PRODUCT]},
        typed=frozenset(),
        given=only,
        env=env(),
        only=only,
    )

    assert wanted(CONTRACT, contract(), only=only) == {PRODUCT}
    assert found.problems == ()
    assert found.values["customer_name"] == contract()["customer_name"]
    assert found.values["products"][0]["product_name"] == "服务器"
