"""What follows from a record's values."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.app import App, Manifest
from runtime.language.entity import Entity
from runtime.language.field import Field
from runtime.language.flow import Start
from runtime.language.problem import Problems
from runtime.records.calculate import calculate, changed_cells
from runtime.records.compile_entity import compile_entity
from runtime.records.compiled import CompiledEntity
from runtime.records.rights import start_rights
from tests.unit.records.contract import APP, CONTRACT, contract, env, product


def test_formulas_of_rows_and_of_the_record_follow_each_other() -> None:
    after = calculate(CONTRACT, contract(products=[product(), product(qty=Decimal(3))]), env=env())

    assert [row["line_total"] for row in after["products"]] == [Decimal(100), Decimal(150)]
    assert [row["no"] for row in after["products"]] == [1, 2]
    assert after["gross"] == Decimal(100)
    assert after["gross_rate"] == Decimal(1)
    assert after["amount_upper"] == "壹佰元整"


def test_the_values_given_are_left_as_they_are() -> None:
    before = contract()

    calculate(CONTRACT, before, env=env())

    assert before == contract()


def test_computed_amounts_are_rounded_half_up_when_stored() -> None:
    row = product(qty=Decimal("0.5"), deal_price=Decimal("0.01"))

    after = calculate(CONTRACT, contract(products=[row]), env=env())

    assert after["products"][0]["line_total"] == Decimal("0.01")


def test_a_formula_asks_for_tables_by_their_full_path() -> None:
    assert calculate(CONTRACT, contract(), env=env())["customer_level"] == "A"


def test_nothing_divided_is_nothing_and_not_a_failure() -> None:
    after = calculate(CONTRACT, contract(amount=None, products=[]), env=env())

    assert after["gross"] == 0
    assert after["gross_rate"] == 0
    assert after["amount_upper"] is None


def test_what_does_not_fit_its_column_is_left_empty() -> None:
    row = product(qty=Decimal(10) ** 9, deal_price=Decimal(10) ** 12)

    assert calculate(CONTRACT, contract(products=[row]), env=env())["products"][0]["line_total"] is None


def test_a_draft_keeps_what_is_invisible() -> None:
    assert calculate(CONTRACT, contract(terms="旧条款"), env=env())["terms"] == "旧条款"


def test_submission_empties_what_is_invisible_and_what_is_invisible_because_of_that() -> None:
    values = contract(is_template=True, terms="旧条款", terms_note="说明")

    after = calculate(CONTRACT, values, env=env(), submitting=True)

    assert (after["terms"], after["terms_note"]) == (None, None)


def test_submission_keeps_what_is_visible() -> None:
    values = contract(is_template=False, terms="条款", terms_note="说明")

    after = calculate(CONTRACT, values, env=env(), submitting=True)

    assert (after["terms"], after["terms_note"]) == ("条款", "说明")


def test_a_sub_table_that_was_not_read_stays_away() -> None:
    values = contract()
    del values["pay_nodes"]

    assert "pay_nodes" not in calculate(CONTRACT, values, env=env())
    assert CONTRACT.rows_read == {"products"}


def test_an_invisible_formula_computes_to_nothing() -> None:
    entity = _small(
        Field("a", "money", "甲"),
        Field("b", "money", "乙", formula="a * 2", visible_if="a > 10"),
        Field("c", "money", "丙", formula="b + 1"),
    )

    assert calculate(entity, {"a": Decimal(11)}, env=env())["c"] == 23
    assert calculate(entity, {"a": Decimal(9)}, env=env()) == {"a": 9, "b": None, "c": 1}


def test_a_live_reference_is_computed_from_its_source() -> None:
    lookup = {"from": "customer", "key": "customer_no", "fill": {"level": "level"}, "mode": "live"}
    entity = compile_entity(
        APP,
        Entity(
            "form",
            "f",
            "表",
            (Field("who", "lookup", "客户", options=lookup), Field("level", "text", "级别")),
        ),
        entities=lambda _path: None,
    )

    assert calculate(entity, {"who": "KH-1"}, env=env())["level"] == "A"
    assert not entity.fields["level"].answerable


def test_formulas_in_a_circle_are_refused() -> None:
    with pytest.raises(Problems, match="公式互相引用"):
        _small(Field("a", "money", "甲", formula="b"), Field("b", "money", "乙", formula="a"))


def test_only_computed_cells_are_answered_to_a_page() -> None:
    rights = start_rights(CONTRACT, Start())
    before = calculate(CONTRACT, contract(), env=env())
    now = contract(amount=Decimal(200), products=[product(11), product(qty=Decimal(1))])

    after = calculate(CONTRACT, now, env=env())

    found = changed_cells(CONTRACT, before=before, after=after, rights=rights)
    assert {cell.path: cell.value for cell in found} == {
        "$.amount_upper": "贰佰元整",
        "$.gross": Decimal("60.00"),
        "$.gross_rate": Decimal("0.3"),
        "$.products[1].no": 2,
        "$.products[1].line_total": Decimal("50.00"),
        "$.products[1].product_name": "云主机",
        "$.products[1].list_price": Decimal(60),
    }


@given(
    st.lists(
        st.tuples(
            st.decimals(0, 10**5, places=4), st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2)
        ),
        max_size=5,
    )
)
@settings(max_examples=40)
def test_calculating_twice_changes_nothing(rows: list[tuple[Decimal, Decimal, Decimal]]) -> None:
    products = [product(qty=qty, deal_price=price, unit_cost=cost) for qty, price, cost in rows]

    once = calculate(CONTRACT, contract(products=products), env=env(), submitting=True)

    assert calculate(CONTRACT, once, env=env(), submitting=True) == once


def _small(*fields: Field) -> CompiledEntity:
    app = App(manifest=Manifest(schema=1, code="p", name="包", version="1"))
    return compile_entity(app, Entity("form", "f", "表", fields), entities=lambda _path: None)
