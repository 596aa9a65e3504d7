"""What a plan writes: rows that are new, rows that changed, and all at once where siblings are concerned.

Nothing here may refuse: the engine has decided under the case's lock, so all of it travels with the COMMIT.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from runtime.engine.codec import encode
from runtime.engine.plan import Plan
from runtime.engine.state import Scope, Task, Visit
from runtime.language.directory import Directory
from runtime.nodes import move as m
from runtime.store import case_sql as sql
from runtime.store.lock_case import CASE_WORD, OUTCOME_WORD, SCOPE_WORD, TASK_WORD, VISIT_WORD, Locked
from runtime.store.send import send_at_commit
from runtime.store.states import CaseState, TaskKind, TaskState, Verdict

_CASE_CODE = {word: code for code, word in CASE_WORD.items()}
_VISIT_CODE = {word: code.value for code, word in VISIT_WORD.items()}
_SCOPE_CODE = {word: code.value for code, word in SCOPE_WORD.items()}
_TASK_CODE = {word: code.value for code, word in TASK_WORD.items()}
_OUTCOME_CODE = {word: code for code, word in OUTCOME_WORD.items()}
_VERDICT_CODE = {one.name.lower(): one.value for one in Verdict}
_ENDED = {"approved", "rejected", "terminated"}


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what when: the event's own columns."""

    kind: str
    #: 0 is the system.
    actor: int
    at: datetime
    node: str | None = None
    behalf: int | None = None
    token: str | None = None
    opinion: str | None = None
    files: tuple[str, ...] = ()
    changes: Mapping[str, Any] | None = None
    answer: Any = None


@dataclass(frozen=True, slots=True)
class Texts:
    """What lists show of a case, written again on every task."""

    title: str
    no: str | None
    flow_name: str
    initiator_name: str
    #: Name of each node by code.
    nodes: Mapping[str, str]


def carry_out(
    tx: Session, plan: Plan, *, locked: Locked, deed: Deed, texts: Texts, directory: Directory
) -> int:
    """Write what the plan changed, with the event that explains it; return the event's number."""
    seq = locked.seq + 1
    _close_siblings(tx, plan, locked=locked, at=deed.at, directory=directory)
    _change_rows(tx, plan, locked=locked, at=deed.at, directory=directory)
    _add_rows(tx, plan, locked=locked, deed=deed, texts=texts, directory=directory)
    _change_case(tx, plan, locked=locked, deed=deed, texts=texts)
    send_at_commit(
        tx,
        sql.ADD_EVENT,
        case_id=locked.id,
        seq=seq,
        at=deed.at,
        actor=deed.actor,
        behalf=deed.behalf,
        kind=deed.kind,
        node=deed.node,
        visit_no=locked.rows[0][7] if locked.rows else None,
        task_id=locked.task,
        client_token=deed.token,
        opinion=deed.opinion,
        files=list(deed.files) or None,
        moves=[encode(move) for move in plan.moves],
        changes=dict(deed.changes) if deed.changes else None,
        answer=deed.answer,
    )
    return seq


def _close_siblings(tx: Session, plan: Plan, *, locked: Locked, at: datetime, directory: Directory) -> None:
    before = plan.before.visits
    for move in plan.moves:
        # One person alone has no siblings: nothing to close, no statement.
        if isinstance(move, m.VisitClosed) and move.visit in before and before[move.visit].open > 1:
            send_at_commit(tx, sql.CLOSE_TASKS, case_key=locked.id, visit_key=move.visit, at=at)
        elif isinstance(move, m.SubtreeWithdrawn):
            for statement in (sql.WITHDRAW_TASKS, sql.WITHDRAW_VISITS):
                send_at_commit(tx, statement, case_key=locked.id, prefix=f"{move.path}%", at=at)
            send_at_commit(tx, sql.WITHDRAW_SCOPES, case_key=locked.id, prefix=f"{move.path}%")
            if move.since is not None:
                taken = {"case_key": locked.id, "prefix": f"{move.path}%", "since": move.since}
                send_at_commit(tx, sql.TAKE_BACK_VISITS, **taken)
        elif isinstance(move, m.TaskClaimed | m.TaskReleased):
            codes = (TaskState.OPEN.value, TaskState.CLAIMED.value)
            old, new = codes if isinstance(move, m.TaskClaimed) else codes[::-1]
            send_at_commit(
                tx,
                sql.TURN_TASKS,
                case_key=locked.id,
                visit_key=move.visit,
                person=directory.people[move.person].id,
                old=old,
                new=new,
            )


def _change_rows(tx: Session, plan: Plan, *, locked: Locked, at: datetime, directory: Directory) -> None:
    for move in plan.moves:
        if isinstance(move, m.TaskDone) and move.visit in plan.before.visits:
            person = directory.people[move.person].id
            send_at_commit(
                tx,
                sql.FINISH_TASK,
                case_key=locked.id,
                visit_key=move.visit,
                person=person,
                how=_VERDICT_CODE[move.verdict],
                at=at,
            )
    for number, old in plan.before.visits.items():
        new = plan.state.visits[number]
        if new != old:
            by = directory.person(new.claimed)
            send_at_commit(
                tx,
                sql.CHANGE_VISIT,
                case_key=locked.id,
                visit_key=number,
                left=new.open,
                yes=new.approved,
                no_=new.rejected,
                stands=_VISIT_CODE[new.state],
                came=_OUTCOME_CODE.get(new.outcome or ""),
                by=by.id if by else None,
                at=None if new.state == "open" else at,
            )
    for number, was in plan.before.scopes.items():
        now = plan.state.scopes[number]
        if now != was:
            send_at_commit(
                tx,
                sql.CHANGE_SCOPE,
                case_key=locked.id,
                scope_key=number,
                in_=now.arrived,
                out=now.ended,
                stands=_SCOPE_CODE[now.state],
            )


def _add_rows(
    tx: Session, plan: Plan, *, locked: Locked, deed: Deed, texts: Texts, directory: Directory
) -> None:
    scopes = [one for number, one in plan.state.scopes.items() if number not in plan.before.scopes]
    if scopes:
        send_at_commit(tx, sql.ADD_SCOPES, rows=[_scope_row(locked.id, one) for one in scopes])
    visits = [one for number, one in plan.state.visits.items() if number not in plan.before.visits]
    if visits:
        rows = [_visit_row(locked.id, one, seq=locked.seq + 1, at=deed.at) for one in visits]
        send_at_commit(tx, sql.ADD_VISITS, rows=rows)
    tasks = list(_task_rows(plan, locked=locked, deed=deed, texts=texts, directory=directory))
    if tasks:
        send_at_commit(tx, sql.ADD_TASKS, rows=tasks)


def _scope_row(case: int, one: Scope) -> tuple[Any, ...]:
    stands = _SCOPE_CODE[one.state]
    return (case, one.no, one.path, one.node, one.visit, one.expected, one.arrived, one.ended, stands)


def _visit_row(case: int, one: Visit, *, seq: int, at: datetime) -> tuple[Any, ...]:
    return (
        case,
        one.no,
        one.path,
        one.node,
        one.submission,
        one.need,
        one.total,
        one.open,
        one.approved,
        one.rejected,
        _VISIT_CODE[one.state],
        _OUTCOME_CODE.get(one.outcome or ""),
        one.came_from,
        seq,
        at,
        None if one.state == "open" else at,
    )


def _task_rows(
    plan: Plan, *, locked: Locked, deed: Deed, texts: Texts, directory: Directory
) -> Iterable[tuple[Any, ...]]:
    for move in plan.moves:
        if not isinstance(move, m.VisitOpened | m.NoticeGiven):
            continue
        kind = TaskKind.TODO if isinstance(move, m.VisitOpened) else TaskKind.NOTICE
        for one in move.assigned:
            stands: Task = plan.state.tasks[move.visit, one.person]
            yield (
                locked.id,
                move.visit,
                move.path,
                directory.people[one.person].id,
                directory.people[one.behalf].id if one.behalf else None,
                kind.value,
                _TASK_CODE[stands.state],
                _VERDICT_CODE.get(stands.verdict or ""),
                move.node,
                texts.title,
                locked.app,
                texts.flow_name,
                texts.nodes.get(move.node) or move.node,
                locked.initiator,
                texts.initiator_name,
                deed.at,
                None if stands.state == "open" else deed.at,
            )


def _change_case(tx: Session, plan: Plan, *, locked: Locked, deed: Deed, texts: Texts) -> None:
    case = plan.state.case
    values: dict[str, Any] = {
        "case_key": locked.id,
        "stands": _CASE_CODE.get(case.state, CaseState.RUNNING.value),
        "last_visit": case.visits,
        "last_scope": case.scopes,
        "last_event": locked.seq + 1,
        "done": case.acts,
        "at": deed.at,
        "ended": deed.at if case.state in _ENDED else None,
    }
    if case.submission == plan.before.case.submission:
        send_at_commit(tx, sql.CHANGE_CASE_ON, **values)
    else:
        more = {"record": locked.record, "shown": texts.no, "named": texts.title, "sub": case.submission, "sent": deed.at}
        send_at_commit(tx, sql.CHANGE_CASE, **values, **more)
