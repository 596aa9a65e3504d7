"""Statements as they are sent: fixed text from Core, compiled once for each dialect."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from sqlalchemy import JSON, ColumnElement, Dialect, Executable, or_
from sqlalchemy.sql.compiler import SQLCompiler

from runtime.store.json_text import dump_json

Rows = list[tuple[Any, ...]]


#: What a value goes through on its way to the driver or back.
Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A statement of one dialect: its text, and what its values must go through both ways."""

    #: With the driver's plainest placeholders: `$1` … on PostgreSQL, `?` on SQLite.
    sql: str
    #: For each placeholder the name of its value, and what that goes through (None: nothing).
    places: tuple[tuple[str, Process | None], ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    #: Whether it answers with rows.
    answers: bool = False
    #: The columns of the answer that go through something, by their place.
    converts: tuple[tuple[int, Process], ...] = ()

    def bound(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the values as the driver takes them, one for each placeholder."""
        given = {**self.fixed, **values} if self.fixed else values
        return [given[name] if process is None else process(given[name]) for name, process in self.places]

    def converted(self, rows: Rows) -> Rows:
        """Return the rows of the answer as the columns' types say."""
        if not self.converts:
            return rows
        found = []
        for row in rows:
            cells = list(row)
            for place, process in self.converts:
                cells[place] = process(cells[place])
            found.append(tuple(cells))
        return found


@dataclass(eq=False)
class Prepared:
    """A statement from Core, compiled on first use for each dialect."""

    statement: Executable
    #: It writes rows that no other such statement of the same flush touches, and answers nothing.
    joins: bool = False
    texts: dict[str, Text] = field(default_factory=dict)

    def text(self, dialect: Dialect, values: Mapping[str, Any]) -> Text:  # noqa: ARG002 – for others to ask
        """Return the statement in this dialect; a statement may look different for other values."""
        found = self.texts.get(dialect.name)
        if found is None:
            found = self.texts[dialect.name] = _compile(self.statement, dialect)
        return found


class Call(NamedTuple):
    """A statement and its values."""

    prepared: Prepared
    values: Mapping[str, Any]


def prepared(statement: Executable, *, joins: bool = False) -> Prepared:
    """Return the statement ready to be sent; bound parameters are given by name when it is.

    `joins`: on PostgreSQL it may become part of one statement with its neighbours (`store/joined.py`).
    """
    return Prepared(statement, joins)


def among(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return `column IN values` with fixed text: SQLAlchemy writes IN lists only when they are executed."""
    return or_(*(column == value for value in values))


def _compile(statement: Executable, dialect: Dialect) -> Text:
    own: Any = type(dialect)(paramstyle="pyformat")  # type: ignore[call-arg]  # every concrete dialect takes it
    own._json_serializer = getattr(dialect, "_json_serializer", None)
    compiled = statement.compile(dialect=own)  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    sql, names = placed(str(compiled), dialect)
    bind = _bind_processors(compiled, dialect)
    result = _result_processors(compiled, dialect)
    return Text(
        sql,
        tuple((name, bind.get(name)) for name in names),
        {name: value for name, value in compiled.params.items() if value is not None},
        bool(result),
        tuple((place, process) for place, process in enumerate(result) if process is not None),
    )


def placed(sql: str, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """Return text with `%(name)s` replaced by the driver's plainest placeholders, and the names in order."""
    names: list[str] = []
    numbered = dialect.name == "postgresql"

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if not numbered:
            names.append(found[1])
            return "?"
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return re.sub(r"%%|%\((\w+)\)s", place, sql), tuple(names)


def _bind_processors(compiled: SQLCompiler, dialect: Dialect) -> dict[str, Process]:
    found: dict[str, Process] = {}
    for name, parameter in compiled.binds.items():
        if isinstance(parameter.type, JSON) or isinstance(parameter.type.dialect_impl(dialect), JSON):
            # The text is cast to jsonb by the statement: no wrapper object for the driver to unwrap.
            found[name] = _json_text
        elif (process := compiled._bind_processors.get(name)) is not None:
            found[name] = cast(Process, process)  # a sequence of them only for tuples, which nobody binds
    return found


def _json_text(value: Any) -> str | None:
    return None if value is None else dump_json(value)


def _result_processors(compiled: SQLCompiler, dialect: Dialect) -> list[Process | None]:
    columns: Iterable[Any] = compiled._result_columns
    return [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
