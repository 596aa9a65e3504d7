"""The first row of a case, and what a token was answered before there was one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from runtime.store.entity_tables import EntityTable
from runtime.store.lock_case import Locked
from runtime.store.prepared import Rows
from runtime.store.send import Call, prepared, send, send_at_commit, send_soon, send_together
from runtime.store.session import Session
from runtime.store.snapshot import Revisions
from runtime.store.sql_elements import next_id
from runtime.store.states import CaseState
from runtime.store.tables import event, flow_case, org_revision

_GIVEN = (
    "release_id",
    "app",
    "flow",
    "entity",
    "record_id",
    "state",
    "title",
    "initiator",
    "initiator_dept",
    "opened_at",
    "updated_at",
)
_OPEN = prepared(
    insert(flow_case).values({name: bindparam(name) for name in _GIVEN}).returning(flow_case.c.id)
)
_OPEN_AS = prepared(insert(flow_case).values({name: bindparam(name) for name in ("id", *_GIVEN)}))
_BEGINNING = (
    org_revision.c.number,
    org_revision.c.schema_number,
    select(event.c.answer).where(event.c.client_token == bindparam("token")).scalar_subquery(),
)
_SEEN = prepared(select(*_BEGINNING))
_NAME = prepared(
    update(flow_case)
    .where(flow_case.c.id == bindparam("case_key"))
    .values(record_id=bindparam("record"), title=bindparam("named"), updated_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Today's numbers, and the answer that this token got before (None: it is new)."""

    revisions: Revisions
    answer: Any


def seen(tx: Session, *, token: str | None) -> Seen:
    """Return what an action begins with; one statement."""
    rows = send(tx, _SEEN, token=token)
    return _seen(rows[0]) if rows else Seen(Revisions(0, 0), None)


def seen_with_ids(
    tx: Session,
    there: EntityTable,
    *,
    token: str | None,
    also: Sequence[Call],
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Seen, tuple[int, int] | None, list[Rows]]:
    """Return what an action begins with, and the ids for a new case and for its record in `there`.

    `also` travels along; its answers come last. Without ids the installation is empty. `meanwhile` as in
    `send_together`.
    """
    statement = there.statement("seen", make=lambda: _beginning_with_ids(there))
    calls = [Call(statement, {"token": token}), *also]
    rows, *answers = send_together(tx, calls, meanwhile=meanwhile)
    if not rows:
        return Seen(Revisions(0, 0), None), None, answers
    *beginning, case, record = rows[0]
    return _seen(beginning), (case, record), answers


def _beginning_with_ids(there: EntityTable) -> Select[Any]:
    return select(*_BEGINNING, next_id(flow_case.c.id), next_id(there.table.c.id))


def _seen(row: Sequence[Any]) -> Seen:
    organisation, schema, answer = row
    return Seen(Revisions(organisation, schema), answer)


def open_case(
    tx: Session,
    *,
    release: int,
    app: str,
    flow: str,
    entity: int,
    initiator: int,
    initiator_dept: str | None,
    title: str,
    at: datetime,
    revisions: Revisions,
    also: Sequence[Call] = (),
    number: int | None = None,
) -> tuple[Locked, list[Rows]]:
    """Insert a case as a draft without a record yet, and return it: nobody else can know of it.

    `also` travels along; its answers are returned beside the case. With a `number` drawn before
    there is nothing to wait for: the row is written with what comes next.
    """
    values: Mapping[str, Any] = {
        "release_id": release,
        "app": app,
        "flow": flow,
        "entity": entity,
        "record_id": 0,
        "state": CaseState.DRAFT.value,
        "title": title,
        "initiator": initiator,
        "initiator_dept": initiator_dept,
        "opened_at": at,
        "updated_at": at,
    }
    answers: list[Rows] = []
    if number is None:
        [(number,)], *answers = send_together(tx, [Call(_OPEN, values), *also])
    else:
        send_soon(tx, _OPEN_AS, id=number, **values)
    locked = Locked(
        id=number,
        release=release,
        app=app,
        flow=flow,
        entity=entity,
        record=0,
        no=None,
        state=CaseState.DRAFT.value,
        submission=0,
        visits=0,
        scopes=0,
        seq=0,
        acts=0,
        title=title,
        initiator=initiator,
        initiator_dept=initiator_dept,
        numbers=revisions,
    )
    return locked, answers


def name_case(tx: Session, *, case_id: int, record: int, title: str, at: datetime) -> None:
    """Set a draft's record and title at the commit."""
    send_at_commit(tx, _NAME, case_key=case_id, record=record, named=title, at=at)
