"""What the two databases say differently about texts, dates and ids, as one SQL element each."""

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Date, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

#: Of PostgreSQL: longer names are cut.
_LONGEST_NAME = 63


class by_code_point(FunctionElement[str]):
    """`by_code_point(text)`: the text, ordered as Python orders it, whatever the database's own collation."""

    type = Text()
    inherit_cache = True


class days_later(FunctionElement[Any]):
    """`days_later(date, days)`: the date so many days later."""

    type = Date()
    inherit_cache = True


class days_apart(FunctionElement[int]):
    """`days_apart(first, last)`: whole days from one date to the other."""

    type = BigInteger()
    inherit_cache = True


class next_id(ColumnElement[int]):
    """`next_id(column)`: the id of the next row; nobody else gets it, whether the row is written or not.

    On SQLite that is so until the transaction ends, and only one can write at a time.
    """

    type = BigInteger()
    inherit_cache = False

    def __init__(self, column: Column[Any]) -> None:
        self.column = column


@compiles(by_code_point)
def _by_code_point(element: by_code_point, compiler: SQLCompiler, **options: Any) -> str:
    (text,) = _arguments(element, compiler, options)
    return f'({text} COLLATE "C")'


@compiles(by_code_point, "sqlite")
def _by_code_point_sqlite(element: by_code_point, compiler: SQLCompiler, **options: Any) -> str:
    (text,) = _arguments(element, compiler, options)
    return f"({text} COLLATE BINARY)"


@compiles(days_later)
def _days_later(element: days_later, compiler: SQLCompiler, **options: Any) -> str:
    date, days = _arguments(element, compiler, options)
    return f"({date} + CAST({days} AS INTEGER))"


@compiles(days_later, "sqlite")
def _days_later_sqlite(element: days_later, compiler: SQLCompiler, **options: Any) -> str:
    date, days = _arguments(element, compiler, options)
    return f"date({date}, {days} || ' days')"


@compiles(days_apart)
def _days_apart(element: days_apart, compiler: SQLCompiler, **options: Any) -> str:
    first, last = _arguments(element, compiler, options)
    return f"({last} - {first})"


@compiles(days_apart, "sqlite")
def _days_apart_sqlite(element: days_apart, compiler: SQLCompiler, **options: Any) -> str:
    first, last = _arguments(element, compiler, options)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(next_id)
def _next_id(element: next_id, compiler: SQLCompiler, **_: Any) -> str:
    # As PostgreSQL names the sequence of an identity; asking it for the name costs as much as drawing.
    table, column = element.column.table.name, element.column.name
    room = _LONGEST_NAME - len(f"_{column}_seq")
    return f"nextval('{compiler.preparer.quote(f'{table[:room]}_{column}_seq')}')"


@compiles(next_id, "sqlite")
def _next_id_sqlite(element: next_id, compiler: SQLCompiler, **_: Any) -> str:
    table, column = element.column.table, compiler.preparer.quote(element.column.name)
    return f"(SELECT coalesce(max({column}), 0) + 1 FROM {compiler.preparer.format_table(table)})"


def _arguments(element: FunctionElement[Any], compiler: SQLCompiler, options: dict[str, Any]) -> list[str]:
    clauses: list[ColumnElement[Any]] = list(element.clauses)
    return [compiler.process(clause, **options) for clause in clauses]
