"""What an expression reads, and the order of formulas that follows from it."""

import pytest

from runtime.language.expressions import Names, References, order_formulas, parse, references
from runtime.language.problem import Problem
from tests.unit.language.expressions.world import LINES, NAMES


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("amount + rate", References(fields=frozenset({"amount", "rate"}))),
        (
            "sum(lines, row.qty * amount)",
            References(fields=frozenset({"lines", "amount"}), columns=frozenset({("lines", "qty")})),
        ),
        ("avg(lines.qty)", References(fields=frozenset({"lines"}), columns=frozenset({("lines", "qty")}))),
        ("text(lines)", References(fields=frozenset({"lines"}), columns=frozenset({("lines", "*")}))),
        ("today() > day", References(fields=frozenset({"day"}), uses_clock=True)),
        ("initiator.department == dept", References(fields=frozenset({"dept"}), uses_initiator=True)),
        ("record.owner == current_user", References(system=frozenset({"owner"}), uses_user=True)),
        ("old.balance > 0", References(old=frozenset({"balance"}))),
        (
            "contract.balance",
            References(
                fields=frozenset({"contract"}),
                columns=frozenset({("contract", "balance")}),
                tables=frozenset({("contract", "balance")}),
            ),
        ),
        (
            "sum_of('project', amount, name=name)",
            References(
                fields=frozenset({"name"}),
                tables=frozenset({("project", ""), ("project", "amount"), ("project", "name")}),
            ),
        ),
        ("workdays_between(day, due)", References(fields=frozenset({"day", "due"}), uses_calendar=True)),
    ],
)
def test_references_are_complete(source: str, expected: References) -> None:
    assert references(parse(source), names=NAMES) == expected


def test_a_row_at_hand_is_not_the_row_of_a_loop() -> None:
    names = Names(fields=NAMES.fields, subtables={"lines": LINES, "others": LINES}, row="lines")
    found = references(parse("row.qty / sum(others, row.qty) + max(row.price, amount)"), names=names)

    assert found.row == {"qty", "price"}
    assert found.columns == {("others", "qty")}


def test_formulas_are_ordered_after_what_they_read() -> None:
    formulas = {
        "rate": parse("total / budget"),
        "total": parse("sum(lines.amount) + sum(others, row.net)"),
        "lines.amount": parse("row.qty * row.price * factor"),
        "others.net": parse("row.gross - row.tax"),
        "others.tax": parse("row.gross * 0.13"),
        "factor": parse("count(lines)"),
        "summary": parse("text(lines)"),
    }

    order = order_formulas(formulas)

    assert not isinstance(order, Problem)
    assert sorted(order) == sorted(formulas)
    place = order.index
    assert place("factor") < place("lines.amount") < place("total") < place("rate")
    assert place("others.tax") < place("others.net") < place("total")
    assert place("lines.amount") < place("summary")


def test_a_circle_of_formulas_is_a_problem_that_names_it() -> None:
    formulas = {
        "a": parse("b + 1"),
        "b": parse("sum(lines.c)"),
        "lines.c": parse("row.x * a"),
        "d": parse("a"),
    }

    problem = order_formulas(formulas)

    assert isinstance(problem, Problem)
    assert problem.code == "expression.cycle"
    assert all(name in problem.message for name in ("a", "b", "lines.c"))
    assert "d" not in problem.message


def test_a_row_may_read_the_number_of_rows() -> None:
    assert order_formulas({"lines.share": parse("row.amount / count(lines)")}) == ("lines.share",)
