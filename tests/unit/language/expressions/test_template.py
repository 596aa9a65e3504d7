"""Titles and messages are texts with holes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from runtime.language.expressions import Env, ExpressionError, Type, compile_template, parse_template
from tests.unit.language.expressions.world import NAMES, Ports

D = Decimal


def render(source: str, **record: Any) -> str:
    env = Env(ports=Ports(), record=record, old={"balance": D("1234567.5")})
    return compile_template(source, names=NAMES).render(env)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("合同变更-{contract}", "合同变更-HT-1"),
        ("余额 {old.balance}，本次 {amount}", "余额 1,234,567.50，本次 1,000.01"),
        ("{amount + 1}元", "1,001.01元"),
        ("{rate} {qty} {day} {state} {signer} {name}", "12.5% 7 2026-04-01 已完成 user:u9 "),
        ("{{{qty}}}", "{7}"),
        ("{if(qty > 1, '多}', '少')}", "多}"),
        ("没有空", "没有空"),
        ("", ""),
    ],
)
def test_holes_are_filled_the_way_people_read(source: str, text: str) -> None:
    shown = render(
        source,
        contract="HT-1",
        amount=D("1000.005"),
        rate=D("0.125"),
        qty=7,
        day=date(2026, 4, 1),
        state="done",
        signer="u9",
    )

    assert shown == text


def test_the_caller_may_show_values_another_way() -> None:
    def masked(_env: Env, name: str | None, kind: Type, value: Any) -> str:
        return "***" if name == "amount" else f"{kind.kind}:{value}"

    env = Env(ports=Ports(), record={"amount": D(1), "qty": 2})

    assert (
        compile_template("{amount}/{qty}/{qty + 1}", names=NAMES).render(env, masked)
        == "***/number:2/number:3"
    )


@pytest.mark.parametrize(
    ("source", "start", "words"),
    [
        ("第 {qty", 2, "没有对应的“}”"),
        ("第 qty}", 5, "没有对应的“{”"),
        ("第 {} 期", 3, "填写"),
        ("共 {qty + } 期", 8, "没有写完"),
        ("共 {qyt} 期", 3, "是否想写 qty"),
        ("{'a} b", 0, "没有对应"),
    ],
)
def test_a_mistake_in_a_hole_is_told_where_it_stands_in_the_text(source: str, start: int, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        compile_template(source, names=NAMES)

    assert refused.value.problem.start == start
    assert words in refused.value.problem.message


def test_holes_know_the_name_they_hold() -> None:
    assert [hole.name for hole in parse_template("{qty} {old.balance} {qty + 1}").holes] == [
        "qty",
        "old.balance",
        None,
    ]
