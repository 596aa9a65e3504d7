"""The one seam through which hot SQL goes: fixed text, prepared once, sent as it is.

Statements are built from Core, so that both databases come from one place, and compiled once per dialect.
On PostgreSQL what can travel together does (pipeline): reads in one round trip, all writes and COMMIT in
another. Statements and round trips are counted, because their number is what an action costs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Dialect, Executable, or_
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler


@dataclass(slots=True)
class Counter:
    """What a session has sent so far."""

    statements: int = 0
    round_trips: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A statement of one dialect: its text, and what its values must go through both ways."""

    sql: str
    fixed: Mapping[str, Any]
    bind: Mapping[str, Any]
    result: Sequence[Any]

    def bound(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the values as the driver takes them."""
        bound = {**self.fixed, **values}
        for name, process in self.bind.items():
            bound[name] = process(bound[name])
        return bound


@dataclass(eq=False)
class Prepared:
    """A statement from Core, compiled on first use for each dialect."""

    statement: Executable
    texts: dict[str, Text] = field(default_factory=dict)

    def text(self, dialect: Dialect) -> Text:
        """Return the statement in this dialect."""
        found = self.texts.get(dialect.name)
        if found is None:
            found = self.texts[dialect.name] = _compile(self.statement, dialect)
        return found


class Call(NamedTuple):
    """A statement and its values."""

    prepared: Prepared
    values: Mapping[str, Any]


def prepared(statement: Executable) -> Prepared:
    """Return the statement ready to be sent; bound parameters are given by name when it is."""
    return Prepared(statement)


def among(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return `column IN values` with fixed text: SQLAlchemy writes IN lists only when they are executed."""
    return or_(*(column == value for value in values))


def send(session: Session, statement: Prepared, **values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of one statement, sent alone."""
    return send_together(session, [Call(statement, values)])[0]


def send_together(session: Session, calls: Sequence[Call]) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each statement; on PostgreSQL they travel in one round trip.

    Each statement still sees what the one before it did, and what others committed before it ran.
    """
    return _run(session, calls, commit=False)


def send_at_commit(session: Session, statement: Prepared, **values: Any) -> None:
    """Keep a statement that answers nothing until the transaction commits; order is kept."""
    _waiting(session).append(Call(statement, values))


def flush(session: Session, *, commit: bool = False) -> None:
    """Send what waits for the commit, on PostgreSQL together with the COMMIT itself if asked."""
    waiting = _waiting(session)
    if waiting or commit:
        calls = list(waiting)
        waiting.clear()
        if calls:
            _run(session, calls, commit=commit)


def forget(session: Session) -> None:
    """Drop what waited for a commit that will not come."""
    _waiting(session).clear()


def counter(session: Session) -> Counter:
    """Return the session's count; it lasts as long as the session."""
    found: Counter = session.info.setdefault("sent", Counter())
    return found


def _waiting(session: Session) -> list[Call]:
    found: list[Call] = session.info.setdefault("send_at_commit", [])
    return found


def _run(session: Session, calls: Sequence[Call], *, commit: bool) -> list[list[tuple[Any, ...]]]:
    connection = session.connection()
    dialect = connection.dialect
    driver: Any = dialect.dbapi
    texts = [call.prepared.text(dialect) for call in calls]
    try:
        return _send(connection, texts, calls, counter(session), commit=commit)
    except driver.Error as error:
        raise _wrapped(error, connection, texts) from error


def _wrapped(error: Any, connection: Connection, texts: Sequence[Text]) -> DBAPIError:
    """Return the driver's error as SQLAlchemy would raise it; a broken connection is not used again."""
    dialect: Any = connection.dialect
    broken = dialect.is_disconnect(error, connection.connection.driver_connection, None)
    if broken:
        connection.invalidate(error)
    wrapped = DBAPIError.instance(
        texts[0].sql, None, error, dialect.dbapi.Error, connection_invalidated=broken, dialect=dialect
    )
    assert isinstance(wrapped, DBAPIError)
    return wrapped


def _send(
    connection: Connection, texts: Sequence[Text], calls: Sequence[Call], count: Counter, *, commit: bool
) -> list[list[tuple[Any, ...]]]:
    raw: Any = connection.connection.driver_connection
    count.statements += len(calls)
    if connection.dialect.name != "postgresql":
        count.round_trips += len(calls)
        cursors = [
            raw.execute(text.sql, text.bound(call.values)) for text, call in zip(texts, calls, strict=True)
        ]
        return [_rows(text, cursor) for text, cursor in zip(texts, cursors, strict=True)]
    count.round_trips += 1
    if len(calls) == 1 and not commit:
        cursor = raw.execute(texts[0].sql, texts[0].bound(calls[0].values), prepare=True)
        return [_rows(texts[0], cursor)]
    with raw.pipeline():
        cursors = [
            raw.execute(text.sql, text.bound(call.values), prepare=True)
            for text, call in zip(texts, calls, strict=True)
        ]
        if commit:
            raw.commit()
    return [_rows(text, cursor) for text, cursor in zip(texts, cursors, strict=True)]


def _rows(text: Text, cursor: Any) -> list[tuple[Any, ...]]:
    if cursor.description is None:
        return []
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    if not any(text.result):
        return rows
    return [
        tuple(
            value if process is None else process(value)
            for process, value in zip(text.result, row, strict=True)
        )
        for row in rows
    ]


def _compile(statement: Executable, dialect: Dialect) -> Text:
    # The driver's own named style, so that one mapping of values serves both.
    style = "named" if dialect.name == "sqlite" else "pyformat"
    own: Any = type(dialect)(paramstyle=style)  # type: ignore[call-arg]  # every concrete dialect takes it
    own._json_serializer = getattr(dialect, "_json_serializer", None)
    compiled = statement.compile(dialect=own)  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    bind = {name: process for name, process in compiled._bind_processors.items() if process}
    return Text(str(compiled), fixed, bind, _result_processors(compiled, dialect))


def _result_processors(compiled: SQLCompiler, dialect: Dialect) -> list[Any]:
    columns: Iterable[Any] = compiled._result_columns
    return [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
