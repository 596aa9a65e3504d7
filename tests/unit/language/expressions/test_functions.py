"""Every function says what it does, and its example is true."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.language.expressions import FUNCTIONS, Function, check, parse, upper_money
from runtime.language.expressions.numbers import rounded
from runtime.language.expressions.upper_money import DIGITS
from tests.unit.language.expressions.world import NAMES, Ports, evaluate

D = Decimal


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda one: one.name)
def test_every_function_is_explained_and_its_example_holds(function: Function) -> None:
    assert function.help.endswith("。")
    tree = parse(function.example)
    assert function.name in function.example
    assert function.signature.startswith(f"{function.name}(")
    if function.gives:
        assert check(tree, names=NAMES).problems == ()
        assert evaluate(f"text({function.example})") == function.gives


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("round(2.345, 2)", D("2.35")),
        ("round(-2.5)", D(-3)),
        ("round(1250, -2)", D(1300)),
        ("round(1 / 3, 40)", D("0." + "3" * 34)),
        ("ceil(1.000001) + floor(-0.5)", D(1)),
        ("text(12.50) ", "12.5"),
        ("text(100)", "100"),
        ("text(0.0000001)", "0.0000001"),
        ("text(flag)", "是"),
        ("text(state)", "已完成"),
        ("text(tags)", "金额、other"),
        ("text(signer)", "user:u9"),
        ("text(dept)", "department:d1"),
        ("text(day)", "2026-02-28"),
        ("text(end_at)", "2026-04-01 17:30"),
        ("text(address)", "广东省深圳市"),
        ("text(lines)", "2，a；user:u5"),
        ("concat(contract, '-', qty)", "HT-1-3"),
        ("concat(state, dept, tags)", "doned1amount、other"),
        ("year(day) * 100 + month(day)", D(202602)),
        ("year('2026-07') + month('2026-07')", D(2033)),
        ("month('soon')", None),
        ("date_part(start_at)", date(2026, 4, 1)),
        ("date('2026-04-01')", date(2026, 4, 1)),
        ("date(concat('2026-02-', '29'))", None),
        ("date(concat('2026', '0401'))", None),
        ("datetime('2026-04-01 09:30')", datetime(2026, 4, 1, 1, 30, tzinfo=UTC)),
        ("datetime(concat('2026-04-01', ' 9:30'))", None),
        ("day(start_at)", 1),
        ("weekday(day)", 6),
        ("week(day)", 9),
        ("quarter(day)", 1),
        ("month_end(day)", date(2026, 2, 28)),
        ("month_start(start_at)", date(2026, 4, 1)),
        ("add_months(day, 12)", date(2027, 2, 28)),
        ("add_months(add_days(day, -28), 1)", date(2026, 2, 28)),
        ("add_months(start_at, 1)", datetime(2026, 4, 30, 17, tzinfo=UTC)),
        ("add_days(day, 9999999999)", None),
        ("add_months(day, 9999999)", None),
        ("days_between(day, start_at)", 32),
        ("hours_between(start_at, end_at)", D("16.5")),
        ("minutes_between(day, date_part(day))", D(0)),
        ("workdays_between(day, add_days(day, 7))", D(5)),
        ("workdays_between(start_at, end_at)", D(1)),
        ("workdays_between(end_at, end_at)", D("0.5")),
        ("workdays_between(end_at, start_at)", D(0)),
        ("matches('13800000000', '^1[3-9]\\d{9}$')", True),
        ("matches('13800000000x', '1[3-9]\\d{9}')", False),
        ("contains(tags, 'amount')", True),
        ("max(qty, null, 2) - min(qty, 5)", D(0)),
        ("len(tags) + len('合同') + len(lines)", D(6)),
        ("list(1, null, qty)", [D(1), 3]),
        ("(1, qty)", [D(1), 3]),
    ],
)
def test_functions_compute(source: str, result: Any) -> None:
    record = {
        "flag": True,
        "state": "done",
        "tags": ["amount", "other"],
        "signer": "u9",
        "dept": "d1",
        "day": date(2026, 2, 28),
        "start_at": datetime(2026, 3, 31, 17, tzinfo=UTC),  # 01:00 on 1 April in Shanghai
        "end_at": datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
        "address": {"province": "广东省", "city": "深圳市"},
        "lines": [{"qty": 2, "kind": "a"}, {"staff": "u5"}],
        "contract": "HT-1",
        "qty": 3,
    }

    assert evaluate(source, record, ports=Ports()) == result


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("1005.30", "壹仟零伍元叁角整"),
        ("10005", "壹万零伍元整"),
        ("100000000", "壹亿元整"),
        ("100000005", "壹亿零伍元整"),
        ("12345678.91", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角壹分"),
        ("-3.005", "负叁元零壹分"),
    ],
)
def test_amounts_are_written_in_capitals(amount: str, words: str) -> None:
    assert upper_money(D(amount)) == words


@given(st.integers(1, 10**15))
def test_capitals_read_back_as_the_amount(yuan: int) -> None:
    words = upper_money(yuan)
    assert words is not None

    total, group, digit = 0, 0, 0
    places = {"拾": 10, "佰": 100, "仟": 1000}
    groups = {"万": 10**4, "亿": 10**8, "兆": 10**12}
    for character in words.removesuffix("元整"):
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in places:
            group, digit = group + digit * places[character], 0
        else:
            total, group, digit = total + (group + digit) * groups[character], 0, 0
    assert total + group + digit == yuan


@given(st.decimals(-(10**12), 10**12, places=6), st.integers(0, 5))
def test_rounding_is_half_up_and_never_further_than_half_a_step(value: Decimal, digits: int) -> None:
    result = rounded(value, digits)

    assert abs(result - value) * 2 <= D(1).scaleb(-digits)
    assert result == result.quantize(D(1).scaleb(-digits))
