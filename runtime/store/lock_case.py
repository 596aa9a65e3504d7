"""A case under its lock, and exactly what one action may see of it.

Locked and read in one statement. After waiting for a lock PostgreSQL refreshes only the locked row: counters
beside it would be those of before the wait. So the case's own counter of events is read twice, locked and as
it was; where the two differ somebody was faster, and everything is looked at again under the lock.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Join, Select, Text, and_, bindparam, cast, literal, select

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.records.record import Record
from runtime.store import entity_tables, read_ahead
from runtime.store.entity_tables import EntityTable
from runtime.store.fault_point import AFTER_LOCK, reach
from runtime.store.records import record_columns
from runtime.store.send import Call, Prepared, prepared, send_together
from runtime.store.session import Session
from runtime.store.snapshot import Revisions
from runtime.store.sql_elements import next_id
from runtime.store.states import CaseState
from runtime.store.tables import event, flow_case, org_revision, scope, task, visit

_CASE = (
    flow_case.c.id,
    flow_case.c.release_id,
    flow_case.c.app,
    flow_case.c.flow,
    flow_case.c.entity,
    flow_case.c.record_id,
    flow_case.c.no,
    flow_case.c.state,
    flow_case.c.submission,
    flow_case.c.visits,
    flow_case.c.scopes,
    flow_case.c.seq,
    flow_case.c.acts,
    flow_case.c.title,
    flow_case.c.initiator,
    flow_case.c.initiator_dept,
)
_SEQ = [column.name for column in _CASE].index("seq")


class Locked(NamedTuple):
    """A case row under lock. People are numbers. Its first values are `_CASE`, in that order."""

    id: int
    release: int
    app: str
    flow: str
    #: Number of the form's entity.
    entity: int
    record: int
    no: str | None
    state: int
    submission: int
    visits: int
    scopes: int
    seq: int
    acts: int
    title: str
    initiator: int
    initiator_dept: str | None
    #: Numbers of the organisation and of the tables, to check what this process has cached.
    numbers: Revisions
    #: What the same client token was answered before.
    answer: Any = None
    task: int | None = None
    assignee: int | None = None
    behalf: int | None = None
    node: str | None = None
    rows: tuple[tuple[Any, ...], ...] = ()
    #: The record, if the caller's guess of its form let it be read along.
    ahead: Record | None = None
    #: An id for a new record of each of the tables that were asked for, by number; taken out when it is used.
    drawn: dict[int, int] | None = None

    @property
    def closed(self) -> bool:
        """Whether the case is over."""
        return self.state in (CaseState.APPROVED, CaseState.REJECTED, CaseState.TERMINATED)


def _revisions() -> tuple[Any, Any, Any]:
    answered = select(event.c.answer).where(event.c.client_token == bindparam("token")).scalar_subquery()
    organisation = select(org_revision.c.number).scalar_subquery()
    return organisation, select(org_revision.c.schema_number).scalar_subquery(), answered


_LOCK_BY_ID = prepared(select(*_CASE).where(flow_case.c.id == bindparam("case")).with_for_update())
_VISIT = (
    visit.c.no,
    visit.c.node,
    visit.c.path,
    visit.c.submission,
    visit.c.need,
    visit.c.total,
    visit.c.open,
    visit.c.approved,
    visit.c.rejected,
    visit.c.state,
    visit.c.outcome,
    visit.c.came_from,
    visit.c.claimed,
)
_SCOPE = (
    scope.c.no,
    scope.c.node,
    scope.c.path,
    scope.c.expected,
    scope.c.arrived,
    scope.c.ended,
    scope.c.state,
    scope.c.visit_no,
)
#: A visit's scopes are those whose path and number its own path begins with.
_ON_PATH = and_(
    scope.c.case_id == visit.c.case_id,
    visit.c.path.like(scope.c.path + cast(scope.c.no, Text) + literal(".%")),
)
_before = flow_case.alias("before")
#: What is read of the case, and last its counter of events as it stood when the statement began.
_HEAD = (*_CASE, _before.c.seq)
_LOOK = (task.c.assignee, task.c.behalf, task.c.state, task.c.node, *_revisions(), *_VISIT, *_SCOPE)
_PLACED = (
    task.join(flow_case, flow_case.c.id == task.c.case_id)
    .join(_before, _before.c.id == task.c.case_id)
    .outerjoin(visit, and_(visit.c.case_id == task.c.case_id, visit.c.no == task.c.visit_no))
    .outerjoin(scope, _ON_PATH)
)
_SEEN_BY_CASE = prepared(select(*_revisions(), cast(literal(0), Integer)))


def _by_task(placed: Join, *more: ColumnElement[Any]) -> Select[Any]:
    asked = select(*_HEAD, *_LOOK, *more).select_from(placed).where(task.c.id == bindparam("task"))
    return asked.with_for_update(of=flow_case)


_LOCK_BY_TASK = prepared(_by_task(_PLACED))


def lock_case_of_task(
    tx: Session,
    *,
    task_id: int,
    token: str | None,
    form: str | None = None,
    tables: Sequence[EntityTable] = (),
    meanwhile: Callable[[], None] | None = None,
) -> Locked:
    """Lock the case of a task and return it with the task, its visit and the scopes on its path.

    One round trip on PostgreSQL. `form` ("pack/form") is which form the caller believes it is: then the
    record is read along, and ids are drawn for `tables`, into which its rules may write; a wrong guess only
    costs that. `meanwhile` may be called while the database works.

    :raises NotFound: if there is no such task.
    """
    guessed = entity_tables.guess(tx, form) if form else None
    asked = {"task": task_id, "token": token}
    calls = [Call(_ahead(guessed[1], tables) if guessed else _LOCK_BY_TASK, asked)]
    calls += read_ahead.calls(guessed[1], task_id=task_id) if guessed else []
    found, *answers = send_together(tx, calls, meanwhile=meanwhile)
    if found and found[0][_SEQ] != found[0][len(_CASE)]:
        found, *answers = send_together(tx, calls)  # the lock is ours: this time nobody can be faster
    if not found:
        raise NotFound("no_such_task", _("没有这条待办。"))
    reach(AFTER_LOCK)
    look, record = len(_HEAD), len(_HEAD) + len(_LOOK)
    seen = tuple(row[look:record] for row in found)
    assignee, behalf, _visit, node, revision, schema, answer = seen[0][:7]
    ahead, drawn = None, dict[int, int]()
    if guessed:
        ids = len(found[0]) - len(tables)
        drawn = dict(zip((table.number for table in tables), found[0][ids:], strict=True))
        if guessed[0] == schema:
            ahead = read_ahead.record(guessed[1], found[0][record:ids], answers)
    own = (task_id, assignee, behalf, node, seen, ahead, drawn)
    return _locked(*found[0][: len(_CASE)], Revisions(revision, schema), answer, *own)


def _ahead(there: EntityTable, tables: Sequence[EntityTable]) -> Prepared:
    name = ("look", *(table.number for table in tables))
    return there.statement(name, make=partial(_with_record, there, tables))


def _with_record(there: EntityTable, tables: Sequence[EntityTable]) -> Select[Any]:
    """Return the look at a task's surroundings, with the record of its case if that is of this entity."""
    ids = [next_id(table.table.c.id) for table in tables]
    return _by_task(read_ahead.joined(there, _PLACED), *record_columns(there), *ids)


def lock_case(tx: Session, *, case_id: int, token: str | None) -> Locked:
    """Lock a case for what concerns it as a whole.

    :raises NotFound: if there is no such case.
    """
    cases, seen = send_together(
        tx, [Call(_LOCK_BY_ID, {"case": case_id}), Call(_SEEN_BY_CASE, {"token": token})]
    )
    if not cases:
        raise NotFound("no_such_case", _("没有这张单据。"))
    reach(AFTER_LOCK)
    revision, schema, answer = seen[0][:3]
    return _locked(*cases[0], Revisions(revision, schema), answer)


def _locked(*values: Any) -> Locked:
    return Locked(*values)
