"""The core is pure: same arguments, same answer, whatever the framework, the database or the hour."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import CORE_MODULES, name_of, parsed

#: Packages that belong to the edge.
EDGE = {
    "alembic", "flask", "flask_login", "flask_sqlalchemy", "flask_wtf", "psycopg", "redis", "rq",
    "sqlalchemy", "sqlite3", "werkzeug", "wtforms",
}  # fmt: skip
#: Modules of the standard library that answer differently every time.
UNPREDICTABLE = {"random", "secrets", "socket", "subprocess", "threading", "time"}
#: Ways to ask the clock, as class and method of the datetime module.
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}


@pytest.mark.parametrize("path", CORE_MODULES, ids=name_of)
def test_a_core_module_knows_nothing_of_the_edge(path: Path) -> None:
    assert sorted(set(imported(parsed(path))) & (EDGE | UNPREDICTABLE)) == []


@pytest.mark.parametrize("path", CORE_MODULES, ids=name_of)
def test_a_core_module_never_looks_at_the_clock(path: Path) -> None:
    assert list(clock_readings(parsed(path))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()",
        "from datetime import date as day\nday.today()",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "from datetime import datetime\nread = datetime.now",
    ],
)
def test_a_look_at_the_clock_is_seen(source: str) -> None:
    assert len(list(clock_readings(ast.parse(source)))) == 1


def test_a_time_that_was_handed_in_is_no_look_at_the_clock() -> None:
    assert list(clock_readings(ast.parse("def due(ports): return ports.now() or ports.date.today"))) == []


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the top-level package of every import, those inside functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def clock_readings(tree: ast.Module) -> Iterator[int]:
    """Yield the line of every use of a clock of the datetime module."""
    known = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "datetime"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (_class_read(node.value, known), node.attr) in CLOCKS:
            yield node.lineno


def _class_read(value: ast.expr, known: dict[str, str]) -> str | None:
    """Return which class of the datetime module an expression names, if any."""
    if isinstance(value, ast.Name):
        return known.get(value.id)
    if (
        isinstance(value, ast.Attribute)
        and isinstance(value.value, ast.Name)
        and value.value.id == "datetime"
    ):
        return value.attr
    return None
