"""Any text is an expression or a located refusal."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.expressions import ExpressionError, Flaw, check, parse
from runtime.language.expressions.tree import Call, Chain, Compare, Literal, Name, walk
from tests.unit.language.expressions.world import NAMES


@pytest.mark.parametrize(
    ("source", "start", "words"),
    [
        ("amount = 1", 7, "=="),
        ("if(amount = 1, 2, 3)", 10, "=="),
        ("amount 5", 7, "运算符"),
        ("1 +", 3, "没有写完"),
        ("(1", 2, "没有写完"),
        ("a && b", 2, "and"),
        ("a || b", 2, "or"),
        ("a , b", 2, "缺少值"),
        ("sum（a）", 3, "英文括号"),
        ("name == “甲”", 8, "英文引号"),
        ("name == 'a", 8, "右引号"),
        ("2 ^ 3", 2, "乘方"),
        ("a <> b", 3, "应是一个值"),
        ("", 0, "填写"),
    ],
)
def test_a_slip_is_refused_where_it_stands_with_what_was_expected(
    source: str, start: int, words: str
) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(source)

    assert refused.value.problem.start == start
    assert words in refused.value.problem.message


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1" * 4001, "too_long"),
        ("1" * 35, "number_too_long"),
        (f"'{'x' * 1001}'", "text_too_long"),
        ("not " * 41 + "a", "too_deep"),
        ("abs(" * 41 + "1" + ")" * 41, "too_deep"),
    ],
)
def test_what_is_too_large_is_refused(source: str, code: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(source)

    assert refused.value.problem.code == f"expression.{code}"


def test_a_long_sum_is_one_node_and_not_deep() -> None:
    tree = parse(" + ".join(["amount"] * 400))

    assert isinstance(tree.root, Chain)
    assert len(tree.root.parts()) == 400
    assert check(tree, names=NAMES).problems == ()


def test_products_bind_tighter_than_sums_and_comparisons_are_chains() -> None:
    root = parse("0 <= a + b * 2 < 10").root

    assert isinstance(root, Compare)
    assert [sign for sign, _ in root.rest] == ["<=", "<"]
    total = root.rest[0][1]
    assert isinstance(total, Chain)
    assert isinstance(total.parts()[1], Chain)


def test_not_in_and_is_not_null_are_comparisons() -> None:
    root = parse("not (a not in (1, 2) and b is not null)").root
    signs = [sign for node in walk(root) if isinstance(node, Compare) for sign, _ in node.rest]

    assert signs == ["not in", "!="]


def test_literals_are_exact() -> None:
    assert parse("0.10").root == Literal(0, 4, Decimal("0.10"))
    assert parse("-3").root == Literal(0, 2, Decimal(-3))
    assert parse("''").root == Literal(0, 2, None)
    assert parse(r"'it\'s \d+ \\'").root == Literal(0, 14, "it's \\d+ \\")


def test_names_may_be_chinese_and_dotted() -> None:
    tree = parse("合同金额 > row.单价")

    assert [node.dotted for node in walk(tree.root) if isinstance(node, Name)] == ["合同金额", "row.单价"]
    assert tree.text_of(tree.root.parts()[1]) == "row.单价"


def test_conditions_of_a_call_keep_their_names() -> None:
    root = parse("exists('project', name=name, amount=1 + 2)").root

    assert isinstance(root, Call)
    assert [name for name, _ in root.named] == ["name", "amount"]


_WORDS = st.sampled_from(
    ["amount", "row.qty", "sum", "lines", "lookup", "exists", "name=name", "__class__", "合同"]
)
_SIGNS = st.sampled_from(
    [*"\"'().[],+-*/%=<>\\", "==", "!=", "and", "or", "not", "in", "is", "null", "if", "1", "'a'"]
)
_PIECES = st.one_of(_WORDS, _SIGNS)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_any_text_gives_a_tree_or_a_located_refusal(source: str) -> None:
    for one in found_in(source):
        assert 0 <= one.start <= one.end <= len(source)


def found_in(source: str) -> tuple[Flaw, ...]:
    try:
        return check(parse(source), names=NAMES).problems
    except ExpressionError as error:
        return error.problems
