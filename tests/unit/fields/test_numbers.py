"""Integers, decimals, money, percentages, marks."""

from decimal import Decimal
from typing import Any

import pytest

from runtime.fields import FIELDS
from runtime.fields.money import CURRENCIES
from tests.unit.fields.reading import limit, parsed, refusal, shown
from tests.unit.fields.samples import field_of

MONEY = field_of("money")
PERCENT = field_of("percent")


@pytest.mark.parametrize(
    "raw", ["1,234.50", " 1234.5 ", "+1234.50", "¥1,234.50", "￥1234.5", 1234.5, Decimal("1234.500")]
)
def test_an_amount_may_be_written_as_people_write_it(raw: Any) -> None:
    assert parsed(MONEY, raw) == Decimal("1234.50")


@pytest.mark.parametrize(
    "raw", ["NaN", "Infinity", "1e3", "1_000", "1,23.4", "1.", "-", "", "abc", True, [], float("nan")]
)
def test_what_python_would_take_for_a_number_is_none_for_people(raw: Any) -> None:
    if raw in ("", []):
        assert parsed(MONEY, raw) is None
    else:
        assert "应为数字" in refusal(MONEY, raw)


def test_full_width_digits_are_named_as_the_reason() -> None:
    assert refusal(MONEY, "１２３") == "请用半角数字填写，现为“１２３”。"


def test_a_typed_amount_is_never_rounded() -> None:
    assert refusal(MONEY, "1.005") == "最多 2 位小数，现为 1.005。"


@pytest.mark.parametrize(
    ("computed", "stored"), [("1.005", "1.01"), ("-1.005", "-1.01"), ("2.344", "2.34"), ("-0.001", "0")]
)
def test_a_computed_amount_is_rounded_half_up(computed: str, stored: str) -> None:
    fitted = FIELDS.require("money").fit(MONEY, Decimal(computed))

    assert fitted == Decimal(stored)
    assert not fitted.is_signed() or fitted < 0


def test_numbers_beyond_every_column_are_refused_when_typed_and_empty_when_computed() -> None:
    assert refusal(MONEY, "12345678901234") == "整数部分最多 13 位，现有 14 位。"
    assert FIELDS.require("money").fit(MONEY, Decimal(10) ** 13) is None


def test_amounts_show_as_in_a_contract() -> None:
    assert shown(MONEY, Decimal("-1234567.5")) == "-¥1,234,567.50"
    assert shown(field_of("money", options={"currency": "USD"}), Decimal(3)) == "$3.00"


def test_an_amount_has_the_digits_of_its_currency() -> None:
    yen = field_of("money", options={"currency": "JPY"})

    assert CURRENCIES["JPY"].scale == 0
    assert refusal(yen, "1.5") == "最多 0 位小数，现为 1.5。"


def test_a_million_million_is_an_amount() -> None:
    assert parsed(MONEY, "1,000,000,000,000.00") == Decimal(10) ** 12


@pytest.mark.parametrize(
    ("raw", "fraction"),
    [
        ("30%", "0.3"),
        ("30 %", "0.3"),
        ("12.5％", "0.125"),
        (0.3, "0.3"),
        (1.5, "1.5"),
        ("0.3", "0.3"),
        ("-5%", "-0.05"),
    ],
)
def test_what_ends_in_a_percent_sign_is_a_percentage_and_a_plain_number_the_fraction(
    raw: Any, fraction: str
) -> None:
    assert parsed(PERCENT, raw) == Decimal(fraction)


def test_plain_text_above_one_asks_for_the_sign() -> None:
    assert refusal(PERCENT, "30") == "请写上百分号，如 30%。"


def test_percentages_show_to_two_digits() -> None:
    assert shown(PERCENT, Decimal("0.333333")) == "33.33%"
    assert shown(PERCENT, Decimal("0.3")) == "30%"
    assert shown(field_of("percent", precision=0), Decimal("0.125")) == "13%"


def test_integers_refuse_fractions() -> None:
    assert parsed(field_of("integer"), "1,000") == 1000
    assert parsed(field_of("integer"), "3.0") == 3
    assert refusal(field_of("integer"), "3.5") == "应为整数，现为 3.5。"


def test_decimals_show_without_needless_zeros_and_with_their_unit() -> None:
    field = field_of("decimal", options={"unit": "小时"})

    assert shown(field, Decimal("7.5000")) == "7.5小时"
    assert shown(field, Decimal("100.0000")) == "100小时"


@pytest.mark.parametrize(
    ("value", "message"), [("0", "不能小于 0.01。"), ("0.01", ""), ("100", ""), ("100.01", "不能大于 100。")]
)
def test_limits_are_exact(value: str, message: str) -> None:
    assert limit(field_of("money", min=0.01, max=100), Decimal(value)) == message


def test_a_mark_ends_at_its_stars() -> None:
    assert parsed(field_of("rating"), "5") == 5
    assert refusal(field_of("rating"), 6) == "应为 1 到 5 分，现为 6。"
    assert parsed(field_of("rating", max=10), 10) == 10
    assert shown(field_of("rating"), 4) == "4 分"
