"""A session: one connection of the pool from the first question of a transaction to its end.

SQLAlchemy's own session keeps objects and finds out what changed in them. Nothing here is mapped to objects,
and what that bookkeeping costs at begin and commit is a tenth of an action (docs/decisions/0007-libpq.md).
"""

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Never, Self, TypeVar, TypeVarTuple, overload

from sqlalchemy import Connection, CursorResult, Engine, Executable, ScalarResult
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.selectable import TypedReturnsRows

#: Execution option of a connection whose transaction will write.
WRITER = "biaoliu_writer"

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

_T = TypeVar("_T", bound=Any)
_Ts = TypeVarTuple("_Ts")


class InFlight(Exception):
    """Something was asked of the database while it was still answering."""


class Session:
    """A transaction at a time on one engine; belongs to one thread. Leaving it as a context closes it."""

    __slots__ = (
        "_connection",
        "_pooled",
        "before_question",
        "engine",
        "in_flight",
        "info",
        "refusals",
        "sessions",
        "waiting",
    )

    def __init__(self, sessions: "Sessions") -> None:
        self.sessions = sessions
        self.engine = sessions.engine
        #: What others keep with the session; lasts as long as the session, not as a transaction.
        self.info: dict[str, Any] = {}
        #: What waits for the commit, and what may be said of it (`store/send.py`).
        self.waiting: list[Any] = []
        self.refusals: list[Any] = []
        #: Sends what must not be missed by a statement of Core; asked before each.
        self.before_question: Callable[[], None] | None = None
        #: The database is answering: nothing may be asked until it has.
        self.in_flight = False
        self._pooled: PoolProxiedConnection | None = None
        self._connection: Connection | None = None

    def begin(self, *, writing: bool = False) -> None:
        """Begin a transaction, unless there is one.

        `writing` says that it will write: SQLite must know at the beginning. On PostgreSQL BEGIN travels with
        the first statement.
        """
        if self._pooled is None:
            self._pooled = self.engine.raw_connection()
            if self.engine.dialect.name == "sqlite":
                self._wrap().execution_options(**{WRITER: writing}).begin()

    def pooled(self) -> PoolProxiedConnection:
        """Return the pool's connection of the transaction: what goes straight to the driver needs no more.

        :raises InFlight: while the database is answering.
        """
        if self.in_flight:
            raise InFlight
        if self._pooled is None:
            self.begin()
        assert self._pooled is not None
        return self._pooled

    def connection(self) -> Connection:
        """Return SQLAlchemy's connection of the transaction, to ask it something.

        :raises InFlight: while the database is answering.
        """
        if self.in_flight:
            raise InFlight
        if self.before_question is not None:
            self.before_question()
        if self._connection is None:
            self.begin()
        if self._connection is None:
            self._wrap().begin()
        assert self._connection is not None
        return self._connection

    def is_on(self, connection: Connection) -> bool:
        """Say whether the transaction that runs now is on this connection; each has its own."""
        return self._connection is connection

    @overload
    def execute(
        self, statement: TypedReturnsRows[*_Ts], parameters: Parameters | None = None
    ) -> CursorResult[*_Ts]: ...
    @overload
    def execute(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> CursorResult[*tuple[Any, ...]]: ...
    def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Return the result of a statement of Core."""
        return self.connection().execute(statement, parameters)

    @overload
    def scalars(self, statement: TypedReturnsRows[_T]) -> ScalarResult[_T]: ...
    @overload
    def scalars(self, statement: Executable) -> ScalarResult[Any]: ...
    def scalars(self, statement: Any) -> Any:
        """Return the first column of each row."""
        return self.connection().scalars(statement)

    @overload
    def scalar(self, statement: TypedReturnsRows[Never]) -> Any: ...
    @overload
    def scalar(self, statement: TypedReturnsRows[_T]) -> _T | None: ...
    @overload
    def scalar(self, statement: Executable) -> Any: ...
    def scalar(self, statement: Any) -> Any:
        """Return the first column of the first row; None if there is none."""
        return self.connection().scalar(statement)

    def commit(self) -> None:
        """End the transaction and keep what it did; who asked to be told is told."""
        if self._connection is not None:
            self._connection.commit()
        else:
            self._end(keep=True)
        self._release()
        for told in self.sessions.after_commit:
            told(self)

    def rollback(self) -> None:
        """End the transaction and undo what it did; with a lost connection the database does that."""
        if self._pooled is None:
            return
        try:
            if self._connection is not None:
                self._connection.rollback()
            else:
                self._end(keep=False)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        finally:
            self._release()
        for told in self.sessions.after_rollback:
            told(self)

    @property
    def driver(self) -> Any:
        """The module of the database's driver."""
        return self.engine.dialect.dbapi

    def wrapped(self, error: Exception, sql: str) -> DBAPIError:
        """Return the driver's error as SQLAlchemy would raise it; a broken connection is not used again."""
        dialect: Any = self.engine.dialect
        broken = dialect.is_disconnect(error, self.pooled().driver_connection, None)
        if broken:
            (self._connection or self.pooled()).invalidate(error)
        made = DBAPIError.instance(
            sql, None, error, self.driver.Error, connection_invalidated=broken, dialect=dialect
        )
        assert isinstance(made, DBAPIError)
        return made

    def close(self) -> None:
        """End the transaction, if there is one, without keeping what it did."""
        self.rollback()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _wrap(self) -> Connection:
        self._connection = Connection(self.engine, self._pooled)
        return self._connection

    def _end(self, *, keep: bool) -> None:
        """End what went past SQLAlchemy, unless its COMMIT went along with the last writes."""
        pooled = self._pooled
        if pooled is None or not pooled.is_valid or is_over(pooled):
            return
        try:
            if keep:
                pooled.commit()
            else:
                pooled.rollback()
        except self.driver.Error as error:
            raise self.wrapped(error, "COMMIT" if keep else "ROLLBACK") from error

    def _release(self) -> None:
        wrapped, self._connection = self._connection, None
        pooled, self._pooled = self._pooled, None
        if wrapped is not None:
            wrapped.close()
        elif pooled is not None:
            pooled.close()


def is_over(pooled: PoolProxiedConnection) -> bool:
    """Say whether the connection's transaction has ended already, where that can be told without asking."""
    pipeline = pooled.info.get("pipeline")
    return pipeline is not None and pipeline.is_idle


class Sessions:
    """Makes the sessions of one engine; knows who is to be told of their commits and rollbacks."""

    def __init__(self, engine: Engine | Callable[[], Engine]) -> None:
        """Take the engine, or what tells it when the first session is made."""
        self._engine = engine
        self.after_commit: list[Callable[[Session], None]] = []
        self.after_rollback: list[Callable[[Session], None]] = []

    @property
    def engine(self) -> Engine:
        """Return the engine of the sessions."""
        return self._engine if isinstance(self._engine, Engine) else self._engine()

    def __call__(self) -> Session:
        return Session(self)
