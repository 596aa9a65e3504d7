"""PostgreSQL's pipeline, straight on libpq: many statements in one round trip, each prepared once.

psycopg's cursors do this too, at about four times the client's time: each statement gets a cursor, a query
object and adapters of its own, and every ROLLBACK, also that of a page that only read, throws all prepared
statements away. Here libpq's calls are made through `psycopg.pq`, values go through psycopg's adapters, and
what was prepared stays (docs/decisions/0007-libpq.md).
"""

import select
import selectors
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Any

from psycopg import Connection, InterfaceError, OperationalError
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

from runtime.store.prepared import Rows, Text

#: Statements a connection keeps prepared: some dozens for cases, some for each entity.
MOST_PREPARED = 500

#: At the connection's own level of isolation (`store/database.py`).
_BEGIN = Text("BEGIN")
_COMMIT = Text("COMMIT")
_FINE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)

_Dumped = tuple[Text, Sequence[Any], Sequence[Format] | None]


class _Preparing:
    """A message whose result says whether a statement is prepared now."""

    __slots__ = ("text",)

    def __init__(self, text: Text) -> None:
        self.text = text


#: A message whose result is due: a statement, its preparation, or what is sent for order's sake.
_Sent = Text | _Preparing | None


class Pipeline:
    """Sends statements over one connection. Made once for it, and gone with it."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        # One for all statements: it remembers how a type is written.
        self._adapting = Transformer(connection)
        # One for each statement that answers: it keeps how the columns are read.
        self._reading: dict[Text, Any] = {}
        # By the text's identity, not its words: after a change of tables they may mean other types.
        self._names: OrderedDict[Text, bytes] = OrderedDict()
        self._numbers = count()
        self._wait = _waiting(self._libpq.socket, selectors.EVENT_READ)
        self._wait_for_either = _waiting(self._libpq.socket, selectors.EVENT_READ | selectors.EVENT_WRITE)

    @property
    def is_idle(self) -> bool:
        """Whether the connection is in no transaction."""
        return self._libpq.transaction_status == TransactionStatus.IDLE

    def run(
        self,
        statements: Iterable[tuple[Text, Sequence[Any]]],
        *,
        commit: bool = False,
        meanwhile: Callable[[], None] | None = None,
    ) -> list[Rows]:
        """Return the rows of each statement, sent with its values; begins a transaction if there is none.

        `commit`: COMMIT travels with them, and does nothing if one of them fails. `meanwhile` is called while
        the server works; it must ask the server nothing.

        :raises psycopg.Error: what the first failing statement met; the transaction is to be rolled back.
        """
        dumped = [(text, *self._dump(values)) for text, values in statements]
        self._libpq.enter_pipeline_mode()
        try:
            sent = self._send(dumped, commit=commit)
            if meanwhile is not None:
                meanwhile()
            answers, failure = self._receive(sent)
            self._libpq.exit_pipeline_mode()
        except BaseException:
            # Answers are still on their way, and nobody could tell to what.
            self._connection.close()
            raise
        if failure is not None:
            raise failure
        return answers

    def _dump(self, values: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Format] | None]:
        """Return the values as bytes, and for each of them whether that is text or binary."""
        dumped = self._adapting.dump_sequence(values, [PyFormat.AUTO] * len(values))
        return dumped, self._adapting.formats

    def _send(self, statements: Iterable[_Dumped], *, commit: bool) -> list[_Sent]:
        libpq = self._libpq
        sent: list[_Sent] = []
        if self.is_idle:
            self._execute(_BEGIN, (), None, sent)
        for text, values, formats in statements:
            self._execute(text, values, formats, sent)
        if commit:
            self._execute(_COMMIT, (), None, sent)
        libpq.pipeline_sync()
        return sent

    def _execute(
        self, text: Text, values: Sequence[Any], formats: Sequence[Format] | None, sent: list[_Sent]
    ) -> None:
        name = self._names.get(text) or self._prepare(text, sent)
        self._libpq.send_query_prepared(name, values, formats)
        sent.append(None if text is _BEGIN or text is _COMMIT else text)

    def _prepare(self, text: Text, sent: list[_Sent]) -> bytes:
        if len(self._names) >= MOST_PREPARED:
            forgotten, oldest = self._names.popitem(last=False)
            self._reading.pop(forgotten, None)
            self._libpq.send_query_params(b"DEALLOCATE " + oldest, None)
            sent.append(None)
        name = self._names[text] = f"_bl_{next(self._numbers)}".encode()
        self._libpq.send_prepare(name, text.sql.encode())
        sent.append(_Preparing(text))
        return name

    def _receive(self, sent: Sequence[_Sent]) -> tuple[list[Rows], Exception | None]:
        answers: list[Rows] = []
        failure: Exception | None = None
        for one in sent:
            result = self._result()
            if result.status in _FINE:
                if isinstance(one, Text):
                    answers.append(self._rows(one, result) if one.answers else [])
            else:
                # What follows the first failure is only said to be aborted.
                failure = failure or error_from_result(result)
                if isinstance(one, _Preparing):
                    self._names.pop(one.text, None)
            self._next()  # each result is followed by "no more of this statement"
        if self._result().status != ExecStatus.PIPELINE_SYNC:
            raise InterfaceError("the server's answers do not match what was sent")
        return answers, failure

    def _rows(self, text: Text, result: PGresult) -> Rows:
        reading = self._reading.get(text)
        if reading is None:
            reading = self._reading[text] = Transformer(self._connection)
            reading.set_pgresult(result)
        else:
            reading.set_pgresult(result, set_loaders=False)
        rows: Rows = reading.load_rows(0, result.ntuples, tuple)
        return rows

    def _result(self) -> PGresult:
        found = self._next()
        if found is None:
            raise OperationalError("the connection was lost")
        return found

    def _next(self) -> PGresult | None:
        libpq = self._libpq
        while libpq.is_busy():
            # Both ways: a server whose answers nobody takes does not take the rest of the questions.
            self._wait_for_either() if libpq.flush() else self._wait()
            libpq.consume_input()
        return libpq.get_result()


def _waiting(descriptor: int, events: int) -> Callable[[], object]:
    """Return what waits until the socket is ready: the system's own poll where there is one, the cheapest."""
    if hasattr(selectors, "PollSelector"):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN | (select.POLLOUT if events & selectors.EVENT_WRITE else 0))
        return poll.poll
    selector = selectors.DefaultSelector()
    selector.register(descriptor, events)
    return selector.select
