"""The expressions of real packs (one of each shape) check, compile and bear an empty record.

Each line of `expressions.jsonl` holds a source and the types of the names it uses.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from runtime.language.expressions import Env, Names, check, compile_expression, parse, references
from runtime.language.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    LABELS,
    TEXT,
    TIME,
    Type,
    list_of,
    number,
)
from tests.unit.language.expressions.world import Ports

_LINES = (Path(__file__).parent / "expressions.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in _LINES]
_TYPES = {
    "number": number(scale=2),
    "text": TEXT,
    "boolean": BOOLEAN,
    "date": DATE,
    "datetime": DATETIME,
    "time": TIME,
}


def type_named(name: str) -> Type:
    if name.startswith("list "):
        return list_of(type_named(name.removeprefix("list ")))
    assert name in LABELS
    return _TYPES.get(name, Type(name))


def types_of(columns: Mapping[str, str]) -> dict[str, Type]:
    return {code: type_named(name) for code, name in columns.items()}


def names_of(case: Mapping[str, Any]) -> Names:
    subtables = {code: types_of(columns) for code, columns in case.get("subtables", {}).items()}
    if "row" in case:
        subtables["the row"] = types_of(case["row"])
    tables = {name: types_of(columns) for name, columns in case.get("tables", {}).items()}
    return Names(
        fields=types_of(case.get("fields", {})),
        subtables=subtables,
        row="the row" if "row" in case else None,
        old=Names(fields=types_of(case.get("old", {}))),
        form=Names(fields=types_of(case.get("form", {}))),
        tables=tables.get,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["source"])
def test_an_expression_of_a_real_pack_compiles_and_bears_emptiness(case: dict[str, Any]) -> None:
    names = names_of(case)
    tree = parse(case["source"])

    checked = check(tree, names=names)

    assert checked.problems == ()
    result = compile_expression(tree, names=names).evaluate(Env(ports=Ports()))
    if checked.type.kind == "number":
        assert result is None or isinstance(result, Decimal | int)
    elif checked.type.kind == "boolean":
        assert result in (None, True, False)
    found = references(tree, names=names)
    assert found.row == set(case.get("row", ())) | ({"index"} & found.row)
    assert found.old == set(case.get("old", ()))
    assert found.form == set(case.get("form", ()))
    assert {table for table, _ in found.tables} == set(case.get("tables", ()))


def test_there_are_enough_of_them() -> None:
    assert len(CASES) > 150
