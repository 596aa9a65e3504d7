"""The one seam through which hot SQL goes: fixed text, prepared once, sent as it is.

Statements are built from Core, so that both databases come from one place, and compiled once per dialect.
On PostgreSQL what can travel together does (pipeline): reads in one round trip, all writes and COMMIT in
another. Statements and round trips are counted, because their number is what an action costs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from runtime.store.joined import joined
from runtime.store.prepared import Call, Prepared, Rows, Text, among, prepared
from runtime.store.session import Session

if TYPE_CHECKING:
    from runtime.store.pipeline import Pipeline

__all__ = [
    "Call",
    "Counter",
    "Prepared",
    "Refusal",
    "among",
    "counter",
    "flush",
    "forget",
    "prepared",
    "send",
    "send_at_commit",
    "send_soon",
    "send_together",
]


#: Makes of the database's objection what a person can be told.
Refusal = Callable[[IntegrityError], Exception | None]


@dataclass(slots=True)
class Counter:
    """What a session has sent so far."""

    statements: int = 0
    round_trips: int = 0


def send(session: Session, statement: Prepared, **values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of one statement, sent alone."""
    return send_together(session, [Call(statement, values)])[0]


def send_together(
    session: Session, calls: Sequence[Call], *, meanwhile: Callable[[], None] | None = None
) -> list[Rows]:
    """Return the rows of each statement; on PostgreSQL they travel in one round trip.

    Each statement still sees what the one before it did, and what others committed before it ran. `meanwhile`
    may be called while they are on their way; the session answers nothing then.
    """
    if session.before_question is None:
        return _run(session, calls, commit=False, meanwhile=meanwhile)
    return _send_with_waiting(session, calls, commit=False)


def send_at_commit(session: Session, statement: Prepared, **values: Any) -> None:
    """Keep a statement that answers nothing until the transaction commits; order is kept."""
    session.waiting.append(Call(statement, values))


def send_soon(
    session: Session, statement: Prepared, *, refusal: Refusal | None = None, **values: Any
) -> None:
    """Keep a statement that answers nothing until the next question or the commit.

    `refusal` gets what the database says against it and returns what to tell instead, None if it cannot say.
    """
    send_at_commit(session, statement, **values)
    if refusal is not None:
        session.refusals.append(refusal)
    session.before_question = partial(flush, session)


def flush(session: Session, *, commit: bool = False) -> None:
    """Send what waits for the commit, on PostgreSQL together with the COMMIT itself if asked."""
    if session.waiting:
        _send_with_waiting(session, [], commit=commit)


def forget(session: Session) -> None:
    """Drop what waited for a commit that will not come."""
    session.waiting.clear()
    session.refusals.clear()
    session.before_question = None


def _send_with_waiting(session: Session, calls: Sequence[Call], *, commit: bool) -> list[Rows]:
    waiting, refusals = list(session.waiting), list(session.refusals)
    forget(session)
    try:
        return _run(session, [*waiting, *calls], commit=commit)[len(waiting) :]
    except IntegrityError as error:
        told = (refusal(error) for refusal in refusals)
        raise next((one for one in told if one is not None), error) from error


def counter(session: Session) -> Counter:
    """Return the session's count; it lasts as long as the session."""
    found: Counter | None = session.info.get("sent")
    if found is None:
        found = session.info["sent"] = Counter()
    return found


def _run(
    session: Session, calls: Sequence[Call], *, commit: bool, meanwhile: Callable[[], None] | None = None
) -> list[Rows]:
    dialect = session.engine.dialect
    texts = [call.prepared.text(dialect, call.values) for call in calls]
    try:
        if dialect.name == "postgresql":
            return _send_together(session, texts, calls, commit=commit, meanwhile=meanwhile)
        return _send_singly(session, texts, calls)
    except session.driver.Error as error:
        raise session.wrapped(error, texts[0].sql) from error


def _send_singly(session: Session, texts: Sequence[Text], calls: Sequence[Call]) -> list[Rows]:
    raw: Any = session.pooled().driver_connection
    count = counter(session)
    count.statements += len(calls)
    count.round_trips += len(calls)
    cursors = [
        raw.execute(text.sql, text.bound(call.values)) for text, call in zip(texts, calls, strict=True)
    ]
    return [text.converted(cursor.fetchall()) for text, cursor in zip(texts, cursors, strict=True)]


def _send_together(
    session: Session,
    texts: Sequence[Text],
    calls: Sequence[Call],
    *,
    commit: bool,
    meanwhile: Callable[[], None] | None,
) -> list[Rows]:
    if commit:
        texts, calls = joined(texts, calls)
    count = counter(session)
    count.statements += len(calls)
    count.round_trips += 1
    bound = [(text, text.bound(call.values)) for text, call in zip(texts, calls, strict=True)]
    pipeline: Pipeline = session.pooled().info["pipeline"]
    session.in_flight = True
    try:
        answers = pipeline.run(bound, commit=commit, meanwhile=meanwhile)
    finally:
        session.in_flight = False
    return [text.converted(rows) for text, rows in zip(texts, answers, strict=True)]
