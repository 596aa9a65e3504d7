from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.expressions import Names, check, compile_expression, parse, types
from runtime.language.expressions.environment import Env
from runtime.language.lint.coverage import check_coverage
from runtime.language.lint.spot import Spot
from tests.unit.language.expressions.world import Ports

NAMES = Names(
    fields={
        "amount": types.number(scale=2),
        "count": types.number(scale=0),
        "share": types.NUMBER,
        "urgent": types.BOOLEAN,
        "kind": types.choice(values=frozenset({"a", "b", "c"})),
        "name": types.TEXT,
        "due": types.DATE,
    }
)
FILLED = frozenset({"amount", "count", "kind"})


def gap(*conditions: str) -> str:
    """Return what is said about a branch with these conditions, empty if it is covered."""
    trees = [parse(one) for one in conditions]
    assert not any(check(one, names=NAMES).problems for one in trees)
    found = Spot("$")
    check_coverage("金额", trees, NAMES, FILLED, found)
    return found.found[0].message if found.found else ""


@pytest.mark.parametrize(
    "conditions",
    [
        ("amount >= 50000", "amount < 50000"),
        ("amount > 10", "amount == 10", "amount < 10"),
        ("amount > 1.00", "amount < 1.01"),  # nothing that can be stored lies between
        ("count <= 3", "count >= 4"),
        ("not (amount > 5)", "amount > 5"),
        ("kind == 'a'", "kind in ('b', 'c')"),
        ("kind != 'a'", "kind == 'a'"),
        ("urgent", "not urgent"),
        ("urgent == true", "urgent != true", "urgent == null"),
        ("share > 0", "share <= 0", "share == null"),
        ("due == null", "due != null"),
        ("0 <= amount < 10", "amount < 0 or amount >= 10"),
        ("amount > 5 and kind == 'a'", "amount > 5 and kind != 'a'", "amount <= 5"),
        ("amount > -5", "amount <= -5"),
        ("true",),
    ],
)
def test_conditions_that_leave_nothing_out_need_no_default(conditions: tuple[str, ...]) -> None:
    assert gap(*conditions) == ""


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        (("amount > 50000", "amount < 50000"), "amount = 50000 走不到任何分支"),
        (("count <= 3", "count >= 5"), "count = 4 走不到"),
        (("share > 1", "share < 1.5", "share == 1.25"), "share = 空 走不到"),
        (("share >= 1", "share <= 0"), "share = 空 走不到"),
        (("kind == 'a'", "kind == 'b'"), "kind = c 走不到"),
        (("urgent == true", "urgent == false"), "urgent = 空 走不到"),
        (("amount > 5 and kind == 'a'", "amount <= 5"), "amount = 5.01、kind = b 走不到"),
        (("amount > 5 or urgent",), "走不到"),
    ],
)
def test_a_gap_is_shown_with_its_values(conditions: tuple[str, ...], message: str) -> None:
    assert message in gap(*conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        ("name == 'x'", "name != 'x'"),
        ("amount > share", "amount <= share"),
        ("amount * 2 > 5", "amount * 2 <= 5"),
        ("today() > due",),
    ],
)
def test_what_cannot_be_decided_needs_a_default(conditions: tuple[str, ...]) -> None:
    assert "需要一条 default" in gap(*conditions)


NUMBERS = st.decimals(-3, 3, places=2)
SIGNS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
CONDITIONS = st.lists(
    st.tuples(SIGNS, NUMBERS).map(lambda one: f"amount {one[0]} {one[1]}")
    | st.sampled_from(["urgent", "not urgent", "kind == 'a'", "kind in ('b', 'c')", "kind != 'b'"]),
    min_size=1,
    max_size=4,
)


@given(CONDITIONS, NUMBERS, st.sampled_from([True, False, None]), st.sampled_from(["a", "b", "c"]))
@settings(max_examples=200, deadline=None)
def test_what_is_called_covered_has_a_way_for_every_value(
    conditions: list[str], amount: Decimal, urgent: bool | None, kind: str
) -> None:
    if gap(*conditions):
        return
    env = Env(Ports(), record={"amount": amount, "urgent": urgent, "kind": kind})
    assert any(compile_expression(one, names=NAMES).evaluate(env) for one in conditions)
