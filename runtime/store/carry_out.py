"""What a plan writes: rows that are new, rows that changed, and all at once where siblings are concerned.

Nothing here may refuse: the engine has decided under the case's lock, so all of it travels with the COMMIT.
"""

from datetime import datetime
from typing import Any

from runtime.engine.codec import encode
from runtime.engine.plan import Plan
from runtime.language.directory import Directory
from runtime.nodes import move as m
from runtime.store import case_sql as sql
from runtime.store.case_rows import (
    CASE_CODE,
    OUTCOME_CODE,
    SCOPE_CODE,
    VERDICT_CODE,
    VISIT_CODE,
    Deed,
    Texts,
    scope_row,
    task_rows,
    visit_row,
)
from runtime.store.lock_case import Locked
from runtime.store.send import send_at_commit
from runtime.store.session import Session
from runtime.store.states import CaseState, TaskState

__all__ = ["Deed", "Texts", "carry_out"]

_ENDED = {"approved", "rejected", "terminated"}


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
                how=VERDICT_CODE[move.verdict],
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
                stands=VISIT_CODE[new.state],
                came=OUTCOME_CODE.get(new.outcome or ""),
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
                stands=SCOPE_CODE[now.state],
            )


def _add_rows(
    tx: Session, plan: Plan, *, locked: Locked, deed: Deed, texts: Texts, directory: Directory
) -> None:
    scopes = [one for number, one in plan.state.scopes.items() if number not in plan.before.scopes]
    if scopes:
        send_at_commit(tx, sql.ADD_SCOPES, rows=[scope_row(locked.id, one) for one in scopes])
    visits = [one for number, one in plan.state.visits.items() if number not in plan.before.visits]
    if visits:
        rows = [visit_row(locked.id, one, seq=locked.seq + 1, at=deed.at) for one in visits]
        send_at_commit(tx, sql.ADD_VISITS, rows=rows)
    tasks = list(task_rows(plan, locked=locked, deed=deed, texts=texts, directory=directory))
    if tasks:
        send_at_commit(tx, sql.ADD_TASKS, rows=tasks)


def _change_case(tx: Session, plan: Plan, *, locked: Locked, deed: Deed, texts: Texts) -> None:
    case = plan.state.case
    values: dict[str, Any] = {
        "case_key": locked.id,
        "stands": CASE_CODE.get(case.state, CaseState.RUNNING.value),
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
        more = {
            "record": locked.record,
            "shown": texts.no,
            "named": texts.title,
            "sub": case.submission,
            "sent": deed.at,
        }
        send_at_commit(tx, sql.CHANGE_CASE, **values, **more)
