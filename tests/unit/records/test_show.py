"""Blank records, values as text and JSON, titles, and what expressions know of people."""

from datetime import date
from decimal import Decimal

from runtime.language.app import Permission
from runtime.language.flow import Start
from runtime.records.calculate import calculate
from runtime.records.conditions import conditions
from runtime.records.defaults import blank_row, defaults
from runtime.records.parse import parse
from runtime.records.rights import NO_RIGHTS, reader_rights, start_rights, visible_values
from runtime.records.show import dumped_values, shown_values, title
from tests.unit.fields.samples import READING
from tests.unit.records.contract import CONTRACT, contract, env, product


def test_a_blank_record_begins_with_constants_words_and_expressions() -> None:
    blank = defaults(CONTRACT, env=env(), reading=READING)

    assert (blank["is_template"], blank["discount"]) == (True, 10)
    assert (blank["signer"], blank["sign_dept"]) == ("u001", "sales")
    # 17:00 in UTC is the next day in Shanghai.
    assert (blank["sign_date"], blank["until"]) == (date(2026, 11, 20), date(2026, 12, 20))


def test_a_blank_record_has_its_least_number_of_rows() -> None:
    blank = defaults(CONTRACT, env=env(), reading=READING)

    assert [(row["id"], row["qty"]) for row in blank["products"]] == [(None, 1)]
    assert blank["pay_nodes"] == []


def test_a_blank_row_has_its_defaults() -> None:
    row = blank_row(CONTRACT.subtables["pay_nodes"], values={}, env=env(), reading=READING)

    assert row == {"id": None, "node_name": None, "plan_date": date(2026, 11, 20), "node_amount": None}


def test_a_blank_record_reads_back_from_its_page_unchanged() -> None:
    blank = defaults(CONTRACT, env=env(), reading=READING)
    rights = start_rights(CONTRACT, Start())
    page = dumped_values(CONTRACT, visible_values(CONTRACT, blank, rights=rights))

    back = parse(CONTRACT, page, before=blank, editable=rights.editable, env=env(), reading=READING)

    assert (back.values, back.problems) == (blank, ())


def test_nobody_acting_leaves_words_about_me_empty() -> None:
    nobody = env()
    nobody.ports = type(nobody.ports)(**{**vars(nobody.ports), "current_user": None})

    assert defaults(CONTRACT, env=nobody, reading=READING)["signer"] is None


def test_values_are_shown_as_people_read_them() -> None:
    values = calculate(CONTRACT, contract(), env=env())
    shown = shown_values(CONTRACT, visible_values(CONTRACT, values, rights=NO_RIGHTS), reading=READING)

    assert {code: shown[code] for code in ("amount", "gross_rate", "is_template", "signer", "sign_date")} == {
        "amount": "¥100.00",
        "gross_rate": "40%",
        "is_template": "是",
        "signer": "甲一",
        "sign_date": "2026-11-20",
    }
    assert shown["contract_no"] == "提交后生成"
    assert (shown["products"][0]["line_total"], shown["products"][0]["id"]) == ("¥100.00", 11)


def test_what_is_masked_is_shown_and_dumped_as_it_is() -> None:
    grant = Permission(who="x", on=("contract_form",), scope="all", can=("view",), mask=("amount",))
    seen = visible_values(CONTRACT, contract(), rights=reader_rights(CONTRACT, [grant]))

    assert shown_values(CONTRACT, seen, reading=READING)["amount"] == "***"
    assert dumped_values(CONTRACT, seen)["phone"] == "138****1234"


def test_values_are_dumped_exactly() -> None:
    dumped = dumped_values(CONTRACT, contract())

    assert (dumped["amount"], dumped["customer_no"], dumped["customer_no_ref"]) == ("100.00", "KH-1", 3)
    assert dumped["pay_nodes"][0] == {
        "id": 21, "node_name": "首付", "plan_date": "2026-12-01", "node_amount": "30.00",
    }  # fmt: skip


def test_a_title_is_written_as_for_a_reader_without_special_rights() -> None:
    assert title(CONTRACT, contract(), env=env()) == "销售合同-示范商贸-100.00-"


def test_conditions_are_answered_by_path() -> None:
    now = conditions(
        CONTRACT,
        contract(amount=Decimal(10**6), products=[product(), product(deal_price=Decimal(60))]),
        env=env(),
    )

    assert now.invisible == {"$.terms", "$.terms_note"}
    assert now.required == {"$.big_reason", "$.products[0].discount_reason"}
    assert now.readonly == {"$.discount"}


def test_expressions_know_people_by_their_place_in_the_organisation() -> None:
    ports = env().ports

    person = ports.person("u001")

    assert person is not None
    assert (person["full_name"], person["department"], person["is_dept_head"]) == ("甲一", "sales", False)
    assert ports.person("u999") is None
    assert ports.name(kind="department", code="legal") == "法务部"
    assert ports.label(dictionary="base/state", value="open") == "进行中"


def test_a_blank_record_may_be_typed_into_at_the_start() -> None:
    blank = calculate(CONTRACT, defaults(CONTRACT, env=env(), reading=READING), env=env())

    seen = visible_values(CONTRACT, blank, rights=start_rights(CONTRACT, Start()))

    assert seen["amount"] is None
    assert seen["products"][0]["line_total"] == 0
