"""What a database can test is translated; the rest is refused where it stands."""

import pytest

from runtime.language.expressions import ExpressionError, Names, filter_of, parse, prefilter_of, types
from runtime.language.expressions.filter import (
    Column,
    Computed,
    Empty,
    Every,
    Fixed,
    Moved,
    Negation,
    Pair,
    Truth,
)
from runtime.language.expressions.types import number
from tests.unit.language.expressions.world import NAMES


@pytest.mark.parametrize(
    ("source", "part", "words"),
    [
        ("amount * 2 > 3", "amount * 2", "不能在数据库里筛选"),
        ("day == null and amount * 2 > 3", "amount * 2", "不能在数据库里筛选"),
        ("round(amount) > 3", "round(amount)", "不能在数据库里筛选"),
        ("qty > amount", "amount", "小数位数不同"),
        ("amount + qty > 1", "1", "小数位数不同"),
        ("'amount' in tags", "tags", "不能在数据库里筛选"),
        ("sum(lines.qty) > 1", "sum(lines.qty)", "不能在数据库里筛选"),
        ("signer.department == 'd1'", "signer.department", "不能在数据库里筛选"),
        ("contract.balance > 1", "contract.balance", "不能在数据库里筛选"),
        ("day + qty > due", "day + qty", "不能在数据库里筛选"),
        ("days_between(start_at, now()) > 3", "days_between(start_at, now())", "两个日期"),
        ("start_at + 1 > end_at", "start_at + 1", "固定的时间"),
        ("days_between(day, due) > qty", "days_between(day, due)", "固定的数"),
        ("name not in ('a', contract)", "('a', contract)", "不能在数据库里筛选"),
        ("record.owner == signer", "record.owner", "系统列"),
        ("record.state < 'x'", "record.state", "系统列"),
        ("if(flag, amount, price) > 1", "if(flag, amount, price)", "不能在数据库里筛选"),
        ("flag == (amount > 1)", "amount > 1", "不能在数据库里筛选"),
        (" + ".join(["amount"] * 10) + " > 0", "", "最多加减 9 列"),
    ],
)
def test_what_no_database_can_test_is_refused_where_it_stands(source: str, part: str, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        filter_of(parse(source), names=NAMES)

    problem = refused.value.problem
    assert problem.code == "expression.not_in_sql"
    assert source[problem.start : problem.end].startswith(part)
    assert words in problem.message


def test_wrong_expressions_are_refused_with_their_own_problems() -> None:
    with pytest.raises(ExpressionError, match="amount"):
        filter_of(parse("amuont > 1"), names=NAMES)
    with pytest.raises(ExpressionError, match="是/否"):
        prefilter_of(parse("amount"), names=NAMES)


def test_columns_and_values_computed_first_are_told_apart() -> None:
    found = filter_of(parse("not flag or day + 3 <= today() and amount != null"), names=NAMES)

    assert found.columns == {"flag", "day", "amount"}
    assert [one.tree.text_of(one.tree.root) for one in found.computed] == ["3", "today()"]
    flag, rest = found.root.parts  # type: ignore[union-attr]  # an or, as the next lines see
    assert flag == Negation(Truth(Column("flag", types.BOOLEAN)))
    moved = Moved(Column("day", types.DATE), ((1, Computed(0, number())),))
    pair = Pair(moved, "<=", Computed(1, types.DATE))
    assert rest == Every((pair, Negation(Empty(Column("amount", number())))))


def test_a_condition_without_columns_is_computed_as_a_whole() -> None:
    found = filter_of(parse("initiator.is_dept_head and exists('project', name='x')"), names=NAMES)

    assert isinstance(found.root, Fixed)
    assert found.columns == frozenset()


def test_a_condition_on_old_computes_the_forms_own_fields_first() -> None:
    found = filter_of(parse("old.balance >= amount * 2 and old.state == state"), names=NAMES, over="old")

    assert found.columns == {"balance", "state"}
    assert len(found.computed) == 2
    assert filter_of(parse("old.balance >= amount"), names=NAMES).columns == {"amount"}


def test_only_stored_columns_can_be_tested() -> None:
    assert filter_of(parse("name == 'a'"), names=NAMES, stored={"name"}).columns == {"name"}
    with pytest.raises(ExpressionError, match="没有存成数据库的列"):
        filter_of(parse("name == 'a'"), names=NAMES, stored={"amount"})


def test_the_translatable_part_of_a_conjunction_is_kept() -> None:
    found = prefilter_of(parse("amount * 2 > 3 and name == 'a' and (flag or count(tags) > 1)"), names=NAMES)

    assert found.columns == {"name"}
    assert len(found.computed) == 1
    assert prefilter_of(parse("amount * 2 > 3"), names=NAMES).root == Every(())


def test_a_number_of_unknown_scale_stays_in_python() -> None:
    with pytest.raises(ExpressionError, match="小数位数不定"):
        filter_of(parse("x > 1"), names=Names(fields={"x": types.NUMBER}))
