"""Rows of the condition builder and expressions are two shapes of one thing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.edits.conditions import NoRows, rows_of, text_of
from builder.edits.expression_source import source_of
from runtime.language.expressions import parse
from runtime.language.refusal import Refused

NAMES = st.sampled_from(
    ["amount", "row.qty", "old.state", "form.no", "operator.department", "状态", "in_", "nota"]
)
FUNCTIONS = st.sampled_from(["", "count", "sum", "avg", "max", "min", "distinct_count", "len"])
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, places=3).map(
    lambda one: {"kind": "number", "text": "0" if one == 0 else format(one, "f")}
)
TEXT = TEXTS.map(lambda one: {"kind": "text", "text": one})
FIELD = st.fixed_dictionaries({"kind": st.just("name"), "field": NAMES, "of": FUNCTIONS})
MOMENT = st.fixed_dictionaries({"kind": st.sampled_from(["today", "now"]), "days": st.integers(-400, 400)})
WRITTEN = st.dates().map(lambda day: {"kind": "date", "text": day.isoformat()}) | st.datetimes().map(
    lambda moment: {"kind": "datetime", "text": f"{moment:%Y-%m-%d %H:%M}".zfill(16)}
)
FORMULA = st.sampled_from(["(a + b) * 2", "coalesce(a, 'x')", "a - -3", "not a", "[]"]).map(
    lambda one: {"kind": "formula", "text": one}
)
LIST = st.lists(NUMBERS | TEXT, min_size=1, max_size=4).map(lambda one: {"kind": "list", "items": one})


def row(
    words: list[str], values: st.SearchStrategy[Any], functions: Any = FUNCTIONS
) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"field": NAMES, "of": functions, "op": st.sampled_from(words), "value": values}
    )


ROWS = (
    row(["eq", "ne", "gt", "ge", "lt", "le"], NUMBERS | TEXT | FIELD | MOMENT | WRITTEN | FORMULA)
    | row(["in", "not_in"], LIST)
    | row(["has", "not_has"], NUMBERS | TEXT, st.just(""))
    | row(["contains", "not_contains"], TEXT | FIELD | MOMENT)
    | row(["empty", "filled", "true", "false"], st.none())
)
GROUPS = st.recursive(
    ROWS,
    lambda inner: st.fixed_dictionaries(
        {
            "join": st.sampled_from(["and", "or"]),
            "not": st.booleans(),
            "rows": st.lists(inner, min_size=2, max_size=4),
        }
    ),
    max_leaves=12,
)


@given(GROUPS.filter(lambda one: "join" in one))
def test_rows_written_and_read_are_the_same_rows(group: dict[str, Any]) -> None:
    text = text_of(group)

    assert rows_of(text) == group
    assert text_of(rows_of(text)) == text


@given(ROWS)
def test_one_row_is_a_group_of_one(one: dict[str, Any]) -> None:
    group = {"join": "and", "not": False, "rows": [one]}

    assert rows_of(text_of(group)) == group


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("100 < amount", "amount > 100"),
        ("flag", "flag == true"),
        ("not flag", "not (flag == true)"),
        ("a and (b or c == 1)", "a == true and (b == true or c == 1)"),
        ("today() + 1 > d", "d < today() + 1"),
        ("x is not null", "x != null"),
        ("not contains(a, 'b')", "not contains(a, 'b')"),
        ("", ""),
    ],
)
def test_what_means_the_same_is_read(source: str, written: str) -> None:
    assert text_of(rows_of(source)) == written


@pytest.mark.parametrize(
    "source", ["exists('t', a=1)", "a < b < c", "a + 1 > b + 1", "1 == 1", "if(a, b, c)", "x in []"]
)
def test_other_shapes_have_no_rows(source: str) -> None:
    with pytest.raises(NoRows):
        rows_of(source)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"field": "a b", "op": "eq", "value": {"kind": "number", "text": "1"}},
        {"field": "null", "op": "empty"},
        {"field": "a", "of": "exec", "op": "empty"},
        {"field": "a", "op": "or 1", "value": {"kind": "number", "text": "1"}},
        {"field": "a", "op": "eq", "value": {"kind": "number", "text": "1; drop"}},
        {"field": "a", "op": "eq", "value": {"kind": "text", "text": "a\nb"}},
        {"field": "a", "op": "eq", "value": {"kind": "text", "text": ""}},
        {"field": "a", "op": "eq", "value": {"kind": "today", "days": 1.5}},
        {"field": "a", "op": "eq", "value": {"kind": "date", "text": "2026-02-29"}},
        {"field": "a", "op": "eq", "value": {"kind": "datetime", "text": "2026-02-28"}},
        {"field": "a", "op": "eq", "value": {"kind": "formula", "text": "1 +"}},
        {"field": "a", "op": "in", "value": {"kind": "number", "text": "1"}},
        {"field": "a", "op": "in", "value": {"kind": "list", "items": []}},
        {"field": "a", "op": "eq"},
        3,
    ],
)
def test_what_is_unfinished_or_strange_is_refused(wrong: Any) -> None:
    with pytest.raises(Refused):
        text_of({"join": "and", "rows": [wrong]})


def test_too_deep_or_too_many_is_refused() -> None:
    deep: dict[str, Any] = {"join": "and", "rows": []}
    for _ in range(20):
        deep = {"join": "or", "rows": [deep]}
    with pytest.raises(Refused):
        text_of(deep)
    with pytest.raises(Refused):
        text_of({"join": "and", "rows": [{"field": "a", "of": "", "op": "empty", "value": None}] * 201})


def shape(node: Any) -> Any:
    """Return a tree without its positions."""
    if is_dataclass(node):
        told = [shape(getattr(node, one.name)) for one in fields(node) if one.name not in ("start", "end")]
        return (type(node).__name__, *told)
    return tuple(shape(one) for one in node) if isinstance(node, tuple) else node


ATOMS = st.sampled_from(
    ["a", "row.b", "1.50", "'x'", "null", "true", "f()", "sum(t, row.x)", "exists('t', a=1)", "[]"]
)
SIGNS = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", "in", "and", "or"]
SOURCES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(SIGNS), inner).map(lambda one: f"({one[0]}) {one[1]} ({one[2]})"),
        inner.map(lambda one: f"not ({one})"),
        inner.map(lambda one: f"-({one})"),
        inner.map(lambda one: f"({one},)"),
        st.tuples(inner, inner).map(lambda one: f"if({one[0]}, {one[1]}, 'it\\'s')"),
    ),
    max_leaves=10,
)


@given(SOURCES)
def test_a_written_tree_is_the_same_tree(source: str) -> None:
    tree = parse(source)
    text = source_of(tree.root)

    assert shape(parse(text).root) == shape(tree.root)
    assert source_of(parse(text).root) == text
