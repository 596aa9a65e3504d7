# ruff: noqa: E501 - samples read best on a line

"""Names in expressions are rewritten where they mean the field, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.edits.renaming.expressions import Scope, in_expression, in_template
from builder.edits.renaming.shapes import Renaming, Shape

GOODS = Shape("app/goods", {"amount": None, "no": None, "parent": "app/goods"}, {"lines": {"amount": None}})
BILL = Shape(
    "app/bill",
    {"amount": None, "goods": "app/goods", "far": "other/goods"},
    {"items": {"amount": None, "goods": "app/goods"}, "more": {"amount": None}},
)
SHAPES = {one.path: one for one in (GOODS, BILL)}


def renaming(entity: str, path: str) -> Renaming:
    subtable, _, code = path.rpartition(".")
    return Renaming("app", entity, subtable, code, "sum_x", SHAPES, {"bill_flow": "app/bill"})


BILL_SCOPE = Scope(of=BILL)


@pytest.mark.parametrize(
    ("entity", "path", "before", "after"),
    [
        ("app/bill", "amount", "amount + 1", "sum_x + 1"),
        ("app/bill", "amount", "amount == 'amount' and concat('amount', \"amount\") != amount",
         "sum_x == 'amount' and concat('amount', \"amount\") != sum_x"),
        ("app/bill", "amount", "goods.amount + items.amount + row.amount", None),
        ("app/bill", "amount", "sum(items.amount) + sum(items, row.amount * amount)",
         "sum(items.amount) + sum(items, row.amount * sum_x)"),
        ("app/bill", "amount", "if(amount > 0, amount, -amount)", "if(sum_x > 0, sum_x, -sum_x)"),
        ("app/bill", "amount", "( amount )*amount", "( sum_x )*sum_x"),
        ("app/bill", "amount", "max(amount, 1)", "max(sum_x, 1)"),
        ("app/bill", "amount", "sum_of('goods', amount, no=amount)", "sum_of('goods', amount, no=sum_x)"),
        ("app/bill", "amount", "exists('other/goods', amount = (amount), no=(amount))",
         "exists('other/goods', amount = (sum_x), no=(sum_x))"),
        ("app/bill", "amount", "record.amount", None),
        ("app/bill", "amount", "initiator.amount", None),
        ("app/bill", "items", "sum(items.amount) + sum(items, row.amount)", "sum(sum_x.amount) + sum(sum_x, row.amount)"),
        ("app/bill", "items.amount", "sum(items.amount) + sum(items, row.amount) + amount",
         "sum(items.sum_x) + sum(items, row.sum_x) + amount"),
        ("app/bill", "items.amount", "sum(more, row.amount) + more.amount", None),
        ("app/bill", "items.amount", "items . amount", "items . sum_x"),
        ("app/goods", "amount", "amount + goods.amount + far.amount", "amount + goods.sum_x + far.amount"),
        ("app/goods", "amount", "sum(items, row.goods.amount)", "sum(items, row.goods.sum_x)"),
        ("app/goods", "amount", "sum_of('goods', amount, amount=amount, no = amount)",
         "sum_of('goods', sum_x, sum_x=amount, no = amount)"),
        ("app/goods", "amount", "lookup('app/goods', 'amount', amount)", "lookup('app/goods', 'sum_x', amount)"),
        ("app/goods", "amount", "max_of('goods', \"amount\") + lookup('other/goods', 'amount', 1)",
         "max_of('goods', \"sum_x\") + lookup('other/goods', 'amount', 1)"),
        ("app/goods", "amount", "exists('goods', amount=(1 + (amount)), amount == 1)", None),
        ("app/goods", "amount", "exists('goods', amount=(1 + (amount)))", "exists('goods', sum_x=(1 + (amount)))"),
        ("app/bill", "amount", "amount +", None),
        ("app/bill", "amount", "", None),
        ("app/bill", "amount", "“amount”", None),
    ],
)  # fmt: skip
def test_an_expression_of_a_bill(entity: str, path: str, before: str, after: str | None) -> None:
    assert in_expression(before, BILL_SCOPE, renaming(entity, path)) == (after or before)


def test_a_rule_writes_to_another_table() -> None:
    scope = Scope(of=BILL, row=(BILL, "items"), old=GOODS)
    source = "old.amount + amount + row.amount + old.parent.amount"
    assert in_expression(source, scope, renaming("app/goods", "amount")) == (
        "old.sum_x + amount + row.amount + old.parent.sum_x"
    )
    assert in_expression(source, scope, renaming("app/bill", "amount")) == (
        "old.amount + sum_x + row.amount + old.parent.amount"
    )
    assert in_expression(source, scope, renaming("app/bill", "items.amount")) == (
        "old.amount + amount + row.sum_x + old.parent.amount"
    )


def test_a_filter_of_a_lookup_in_a_row() -> None:
    scope = Scope(of=GOODS, form=BILL, row=(BILL, "items"))
    source = "amount > form.amount and row.amount < form.goods.amount"
    assert in_expression(source, scope, renaming("app/goods", "amount")) == (
        "sum_x > form.amount and row.amount < form.goods.sum_x"
    )
    assert in_expression(source, scope, renaming("app/bill", "amount")) == (
        "amount > form.sum_x and row.amount < form.goods.amount"
    )
    assert in_expression(source, scope, renaming("app/bill", "items.amount")) == (
        "amount > form.amount and row.sum_x < form.goods.amount"
    )


def test_holes_of_a_text_and_nothing_between() -> None:
    source = "amount {{amount}} {amount} 共 {sum(items.amount)} {text(goods.amount)}"
    made = in_template(source, BILL_SCOPE, renaming("app/bill", "amount"))
    assert made == "amount {{amount}} {sum_x} 共 {sum(items.amount)} {text(goods.amount)}"
    assert in_template("{amount", BILL_SCOPE, renaming("app/bill", "amount")) == "{amount"


NAMES = st.sampled_from(
    ["amount", "goods", "items", "items.amount", "goods.amount", "row.amount", "'amount'", "1"]
)
SOURCES = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", "==", " and ", "*"]), inner).map("".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"sum(items, {one})"),
        inner.map(lambda one: f"count_of('goods', amount={one})"),
        inner.map(lambda one: f"if({one}, amount, 'amount')"),
    ),
    max_leaves=10,
)  # fmt: skip


@given(
    SOURCES, st.sampled_from([("app/bill", "amount"), ("app/bill", "items.amount"), ("app/goods", "amount")])
)
def test_there_and_back_is_the_same_text(source: str, what: tuple[str, str]) -> None:
    there = renaming(*what)
    made = in_expression(source, BILL_SCOPE, there)
    renamed = {path: _renamed(one, there) for path, one in SHAPES.items()}
    back = Renaming("app", there.entity, there.subtable, "sum_x", there.old, renamed, there.flows)
    assert in_expression(made, Scope(of=renamed["app/bill"]), back) == source
    # Texts are never touched, and names only become the new one.
    assert made.count("'amount'") == source.count("'amount'")
    assert made.replace("sum_x", "amount") == source


def _renamed(shape: Shape, there: Renaming) -> Shape:
    if shape.path != there.entity:
        return shape
    if there.subtable:
        columns = {
            ("sum_x" if key == there.old else key): one
            for key, one in shape.subtables[there.subtable].items()
        }
        return Shape(shape.path, shape.fields, {**shape.subtables, there.subtable: columns})
    fields = {("sum_x" if key == there.old else key): one for key, one in shape.fields.items()}
    return Shape(shape.path, fields, shape.subtables)
