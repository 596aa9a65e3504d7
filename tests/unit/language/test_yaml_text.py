from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from runtime.language import yaml_text
from runtime.language.problem import Problem, Problems
from runtime.language.yaml_dump import dump_yaml
from runtime.language.yaml_text import read_yaml


def problem_of(text: str) -> Problem:
    with pytest.raises(Problems) as caught:
        read_yaml(text)
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("~", "~"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("2026-11-20", "2026-11-20"),
        ("08:30", "08:30"),
        ("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z"),
        ("42", 42),
        ("-1", -1),
        ("0.10", Decimal("0.10")),
        ("0.1", Decimal("0.1")),
        ("007", "007"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("+86", "+86"),
        ("1_000", "1_000"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("<<", "<<"),
        ("", None),
        ("# nothing", None),
    ],
)
def test_only_true_false_null_and_plain_numbers_are_more_than_text(text: str, value: Any) -> None:
    found = read_yaml(text).value
    assert (type(found), found) == (type(value), value)


def test_keys_are_text_as_written() -> None:
    found = read_yaml("{on: 1, true: 2, 2026: 3, <<: {a: 1}}").value
    assert found == {"on": 1, "true": 2, "2026": 3, "<<": {"a": 1}}


def test_every_value_knows_its_line() -> None:
    document = read_yaml("code: a\nfields:\n  - {code: x}\n  - code: y\n    type: text\n")
    assert document.line(("fields", 1, "type")) == 5
    assert document.line(("fields", 1, "label")) == 4  # missing: where it belongs
    assert document.line(()) == 1


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\na: 2", "duplicate_key", 2),
        ("a: 1\n$number: 2", "key", 2),
        ("a: &x 1\nb: *x", "alias", 1),
        ("a: 1\nb: *x", "alias", 2),
        ("&k a: 1", "key", 1),
        ("a: !!python/object:os.system 1", "tag", 1),
        ("a: !x {b: 1}", "tag", 1),
        ("%YAML 1.1\n---\na: 1", "directive", 2),
        ("a: 1\n---\nb: 1", "several_documents", 2),
        ("{[a]: 1}", "key", 1),
        ("a: [1, 2\nb: 3", "yaml", 2),
        ("a:\n\t- b", "yaml", 2),
        ("a: " + "9" * 35, "long_number", 1),
        ("[" * 31 + "]" * 31, "too_deep", 1),
        ("a: \x07", "control_character", None),
        ('a: "\\UFFFFFFFF"', "yaml", None),
        ("a: " + "x" * 1_000_000, "too_large", None),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_line(text: str, code: str, line: int | None) -> None:
    problem = problem_of(text)
    assert (problem.code, problem.line) == (code, line)


def test_a_million_brackets_are_refused_at_once() -> None:
    assert problem_of("[" * 500_000).code == "too_deep"


def test_a_document_of_too_many_things_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problem_of("[" + "[]," * 330_000 + "]").code == "too_large"
    monkeypatch.setattr(yaml_text, "MOST_NODES", 6)
    assert read_yaml("a: 1\nb: {c: 2, d: [3]}").value == {"a": 1, "b": {"c": 2, "d": [3]}}
    assert (problem_of("-\n" * 7).code, problem_of("-\n" * 7).line) == ("too_large", 6)


texts = st.text(max_size=20) | st.text(alphabet="ab:,-#'\"{}[]|> \n\t&*!%@`?=\\中，。0.1", max_size=20)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
    | texts
    | st.sampled_from(["on", "no", "null", "True", "~", "1.5", "08:30", "2026-01-01", "a: b", "a #b", "..."])
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = texts.filter(lambda one: one != yaml_text.NUMBER_MARK)
    return st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)


values = st.recursive(scalars, nested, max_leaves=12)


@given(values)
@settings(max_examples=300)
@example({"a": "x\ny", "b": ["x\ny\n", {"c": "x\n\ny"}]})
@example(["\ufeff", "\x85", "\u2028", "a\rb", "", " a", "a ", "-", "?", "%a", "=", "\U0001f600"])
@example({"": "", "a b": [[], {}, [[]]]})
def test_what_is_dumped_is_read_back_the_same_and_dumped_the_same(value: Any) -> None:
    text = dump_yaml(value)
    assert read_yaml(text).value == value
    assert dump_yaml(read_yaml(text).value) == text


@given(st.text() | st.text(alphabet="ab:,-#'\"{}[]|>& *!%@`?\n\t \\x0", max_size=60))
@settings(max_examples=400)
def test_broken_text_gives_problems_and_nothing_else(text: str) -> None:
    with suppress(Problems):
        read_yaml(text)


def test_what_a_document_cannot_hold_is_a_bug_of_the_caller() -> None:
    for value in (1.5, Decimal("NaN"), object(), "\ud800"):
        with pytest.raises(TypeError):
            dump_yaml(value)


def test_one_thing_stands_on_one_line_and_many_go_down_the_page() -> None:
    value = {
        "code": "change",
        "title": "合同变更-{contract}",
        "fields": [
            {"code": "no", "type": "serial", "label": "编号"},
            {"code": "rows", "type": "subtable", "fields": [{"code": "a", "type": "b", "label": "c"}] * 2},
        ],
        "layout": [{"section": "基本信息", "rows": [["no", "contract"], ["amount"]]}],
        "sort": ["-no"],
        "help": "第一行\n第二行",
        "on": "approved",
    }
    assert dump_yaml(value) == (
        "code: change\n"
        'title: "合同变更-{contract}"\n'
        "fields:\n"
        "  - {code: no, type: serial, label: 编号}\n"
        "  - code: rows\n"
        "    type: subtable\n"
        "    fields:\n"
        "      - {code: a, type: b, label: c}\n"
        "      - {code: a, type: b, label: c}\n"
        "layout:\n"
        "  - {section: 基本信息, rows: [[no, contract], [amount]]}\n"
        "sort: [-no]\n"
        "help: |-\n"
        "  第一行\n"
        "  第二行\n"
        "on: approved\n"
    )
