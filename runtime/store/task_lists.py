"""The desk's lists: 待办, 已办, 抄送我的, 我发起的; keyset paging, counts capped, one index each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, func, literal, or_, select

from runtime.store.send import Prepared, prepared, send
from runtime.store.session import Session
from runtime.store.states import TaskKind, TaskState
from runtime.store.tables import flow_case, task

#: Above every number given out: where the first page starts.
NEWEST = 2**62
#: Counts stop here; the page shows "99+".
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What a list shows of a task. People are numbers."""

    id: int
    case_id: int
    title: str
    app: str
    flow_name: str
    node_name: str
    initiator: int
    initiator_name: str
    state: int
    verdict: int | None
    opened_at: datetime
    read_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a list shows of a case."""

    id: int
    no: str | None
    title: str
    app: str
    flow: str
    state: int
    opened_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    closed_at: datetime | None


_LINE = (
    task.c.id,
    task.c.case_id,
    task.c.title,
    task.c.app,
    task.c.flow_name,
    task.c.node_name,
    task.c.initiator,
    task.c.initiator_name,
    task.c.state,
    task.c.verdict,
    task.c.opened_at,
    task.c.read_at,
    task.c.due_at,
    task.c.closed_at,
)
_CASE_LINE = (
    flow_case.c.id,
    flow_case.c.no,
    flow_case.c.title,
    flow_case.c.app,
    flow_case.c.flow,
    flow_case.c.state,
    flow_case.c.opened_at,
    flow_case.c.submitted_at,
    flow_case.c.updated_at,
    flow_case.c.closed_at,
)
_MINE = task.c.assignee == bindparam("person")
_OPEN = and_(_MINE, task.c.kind == TaskKind.TODO.value, task.c.state == TaskState.OPEN.value)
_DONE = and_(_MINE, task.c.kind == TaskKind.TODO.value, task.c.state == TaskState.DONE.value)
_TOLD = and_(_MINE, task.c.kind == TaskKind.NOTICE.value)
_UNREAD = and_(_TOLD, task.c.state == TaskState.OPEN.value)
_STARTED = flow_case.c.initiator == bindparam("person")
_LIKE: ColumnElement[str] = bindparam("like", type_=Text)
_FOUND = or_(
    literal("%") == _LIKE,
    task.c.title.like(_LIKE, escape="\\"),
    task.c.flow_name.like(_LIKE, escape="\\"),
    task.c.initiator_name.like(_LIKE, escape="\\"),
)


def _tasks(where: Any) -> Prepared:
    return prepared(
        select(*_LINE)
        .where(where, task.c.id < bindparam("before"), _FOUND)
        .order_by(task.c.id.desc())
        .limit(bindparam("most"))
    )


def _counted(rows: Select[Any]) -> Prepared:
    return prepared(select(func.count()).select_from(rows.limit(MOST_COUNTED).subquery()))


_WAITING = _tasks(_OPEN)
_TOLD_LIST = _tasks(_TOLD)
_DONE_LIST = prepared(
    select(*_LINE)
    .where(
        _DONE,
        _FOUND,
        or_(
            task.c.closed_at < bindparam("until"),
            and_(task.c.closed_at == bindparam("until"), task.c.id < bindparam("before")),
        ),
    )
    .order_by(task.c.closed_at.desc(), task.c.id.desc())
    .limit(bindparam("most"))
)
_CASES = prepared(
    select(*_CASE_LINE)
    .where(
        _STARTED,
        flow_case.c.id < bindparam("before"),
        or_(
            literal("%") == _LIKE,
            flow_case.c.title.like(_LIKE, escape="\\"),
            flow_case.c.no.like(_LIKE, escape="\\"),
        ),
    )
    .order_by(flow_case.c.id.desc())
    .limit(bindparam("most"))
)
_COUNT_WAITING = _counted(select(task.c.id).where(_OPEN))
_COUNT_UNREAD = _counted(select(task.c.id).where(_UNREAD))

#: Later than any moment stored: where the first page of finished work starts.
_LAST_MOMENT = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


def waiting_for(
    tx: Session, *, person: int, search: str = "", before: int = NEWEST, limit: int = 20
) -> list[TaskLine]:
    """Return the person's open tasks, newest first, older than the task `before`."""
    rows = send(tx, _WAITING, person=person, before=before, most=limit, like=like(search))
    return [TaskLine(*row) for row in rows]


def done_by(
    tx: Session,
    *,
    person: int,
    search: str = "",
    until: datetime | None = None,
    before: int = NEWEST,
    limit: int = 20,
) -> list[TaskLine]:
    """Return what the person finished, latest first, before the moment `until` and the task `before`."""
    rows = send(
        tx,
        _DONE_LIST,
        person=person,
        until=until or _LAST_MOMENT,
        before=before,
        most=limit,
        like=like(search),
    )
    return [TaskLine(*row) for row in rows]


def told_to(
    tx: Session, *, person: int, search: str = "", before: int = NEWEST, limit: int = 20
) -> list[TaskLine]:
    """Return what the person was given to read (抄送), newest first."""
    rows = send(tx, _TOLD_LIST, person=person, before=before, most=limit, like=like(search))
    return [TaskLine(*row) for row in rows]


def started_by(
    tx: Session, *, person: int, search: str = "", before: int = NEWEST, limit: int = 20
) -> list[CaseLine]:
    """Return the person's own cases, newest first, drafts included."""
    rows = send(tx, _CASES, person=person, before=before, most=limit, like=like(search))
    return [CaseLine(*row) for row in rows]


def count_waiting(tx: Session, *, person: int) -> int:
    """Return how many tasks wait for the person, at most `MOST_COUNTED`."""
    return int(send(tx, _COUNT_WAITING, person=person)[0][0])


def count_unread(tx: Session, *, person: int) -> int:
    """Return how many notices the person has not read, at most `MOST_COUNTED`."""
    return int(send(tx, _COUNT_UNREAD, person=person)[0][0])


def like(search: str) -> str:
    """Return the pattern that finds `search` anywhere, its own wildcards taken literally."""
    text = search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{text}%" if text else "%"
