"""Statements as they are sent: fixed text from Core, compiled once for each dialect."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Dialect, Executable, or_
from sqlalchemy.sql.compiler import SQLCompiler

from runtime.store.database import dump_json

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A statement of one dialect: its text, and what its values must go through both ways."""

    #: With the driver's plainest placeholders: `$1` … on PostgreSQL, `?` on SQLite.
    sql: str
    #: Name of the value at each placeholder.
    names: tuple[str, ...]
    fixed: Mapping[str, Any]
    bind: Mapping[str, Any]
    #: What each column of the answer goes through (None: nothing); empty if there is no answer.
    result: Sequence[Any]
    #: Whether any column of the answer goes through something.
    converts: bool = False

    def bound(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the values as the driver takes them, one for each placeholder."""
        bound = {**self.fixed, **values}
        for name, process in self.bind.items():
            bound[name] = process(bound[name])
        return [bound[name] for name in self.names]


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
    result = _result_processors(compiled, dialect)
    return Text(
        sql=sql,
        names=names,
        fixed={name: value for name, value in compiled.params.items() if value is not None},
        bind=_bind_processors(compiled, dialect),
        result=result,
        converts=any(result),
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


def _bind_processors(compiled: SQLCompiler, dialect: Dialect) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, parameter in compiled.binds.items():
        if isinstance(parameter.type, JSON) or isinstance(parameter.type.dialect_impl(dialect), JSON):
            # The text is cast to jsonb by the statement: no wrapper object for the driver to unwrap.
            found[name] = _json_text
        elif (process := compiled._bind_processors.get(name)) is not None:
            found[name] = process
    return found


def _json_text(value: Any) -> str | None:
    return None if value is None else dump_json(value)


def _result_processors(compiled: SQLCompiler, dialect: Dialect) -> list[Any]:
    columns: Iterable[Any] = compiled._result_columns
    return [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
