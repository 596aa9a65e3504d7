"""What the engine may see of a locked case, in the engine's words."""

from typing import Any

from runtime.engine.situation import Situation
from runtime.engine.state import Case, Scope, State, Task, Visit
from runtime.language.directory import Directory
from runtime.store.lock_case import Locked
from runtime.store.states import CaseState, Outcome, ScopeState, TaskState, VisitState

#: Words of the engine for the numbers of the database.
CASE_WORD = {one.value: one.name.lower() for one in CaseState}
VISIT_WORD = {VisitState.OPEN: "open", VisitState.CLOSED: "closed", VisitState.WITHDRAWN: "withdrawn"}
SCOPE_WORD = {ScopeState.OPEN: "open", ScopeState.JOINED: "closed", ScopeState.WITHDRAWN: "withdrawn"}
TASK_WORD = {
    TaskState.OPEN: "open",
    TaskState.DONE: "done",
    TaskState.CANCELLED: "cancelled",
    TaskState.WITHDRAWN: "withdrawn",
    TaskState.CLAIMED: "hidden",
}
OUTCOME_WORD = {one.value: one.name.lower() for one in Outcome}


def situation_of(locked: Locked, directory: Directory) -> Situation:
    """Return what the engine may see: the case, the acting visit and its scopes, people by code."""
    state = State(Case(CASE_WORD[locked.state], locked.submission, locked.visits, locked.scopes, locked.acts))
    initiator = code_of(directory, locked.initiator)
    if locked.task is None or not locked.rows or locked.rows[0][7] is None:
        return Situation(locked.app, initiator, state)
    first = locked.rows[0]
    seen = _visit(first[7:20], directory)
    state.visits[seen.no] = seen
    assignee = code_of(directory, locked.assignee)
    state.tasks[seen.no, assignee] = Task(TASK_WORD[TaskState(first[2])])
    for row in locked.rows:
        if row[20] is not None:
            number, node, path, expected, arrived, ended, stands, from_visit = row[20:]
            word = SCOPE_WORD[ScopeState(stands)]
            state.scopes[number] = Scope(number, node, path, expected, arrived, ended, word, from_visit)
    return Situation(locked.app, initiator, state, seen.no, assignee)


def code_of(directory: Directory, number: int | None) -> str:
    """Return the code of a person's number; "" for the system and for nobody."""
    person = directory.by_id(number)
    return person.code if person else ""


def _visit(row: tuple[Any, ...], directory: Directory) -> Visit:
    number, node, path, submission, need, total, waiting, approved, rejected, stands, outcome, origin, by = (
        row
    )
    return Visit(
        no=number,
        node=node,
        path=path,
        submission=submission,
        need=need,
        total=total,
        open=waiting,
        approved=approved,
        rejected=rejected,
        state=VISIT_WORD[VisitState(stands)],
        outcome=OUTCOME_WORD.get(outcome),
        came_from=origin,
        claimed=code_of(directory, by) or None,
    )
