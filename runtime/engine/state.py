"""The state of a case as the engine sees it: the rows it knows, and how a move changes them.

Live, only the rows on the acting token's path are known; folding a whole history knows all of them. The
rules of change are the same, which is what makes the history an explanation of the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from runtime.engine.by_kind import ByKind
from runtime.nodes import move as m


class Case(NamedTuple):
    """The case row, as far as the engine changes it."""

    state: str = "draft"
    submission: int = 0
    #: Last number given to a visit, to a scope.
    visits: int = 0
    scopes: int = 0
    #: What people did since the submission; auto-passes do not count.
    acts: int = 0


class Scope(NamedTuple):
    """A split and what came back of it."""

    no: int
    node: str
    #: Path of the token that split.
    path: str
    expected: int
    arrived: int = 0
    ended: int = 0
    state: str = "open"
    visit: int = 0


class Visit(NamedTuple):
    """One arrival of a token at a human node, siblings as counters only."""

    no: int
    node: str
    path: str
    submission: int
    need: int
    total: int
    open: int
    approved: int = 0
    rejected: int = 0
    state: str = "open"
    outcome: str | None = None
    came_from: int = 0
    claimed: str | None = None


class Task(NamedTuple):
    """One person's piece of work in a visit; a notice is a task nobody waits for."""

    state: str = "open"
    verdict: str | None = None
    kind: str = "todo"


@dataclass(slots=True)
class State:
    """What is known of a case. Scopes and visits by number, tasks by (visit, person)."""

    case: Case = field(default_factory=Case)
    scopes: dict[int, Scope] = field(default_factory=dict)
    visits: dict[int, Visit] = field(default_factory=dict)
    tasks: dict[tuple[int, str], Task] = field(default_factory=dict)

    def copy(self) -> "State":
        """Return a state that can be changed without changing this one."""
        return State(self.case, dict(self.scopes), dict(self.visits), dict(self.tasks))


def fold(moves: Iterable[m.Move]) -> State:
    """Return the state that a whole history leads to."""
    state = State()
    for move in moves:
        change(move, state)
    return state


@ByKind
def change(move: m.Move, state: State) -> None:
    """Change `state` in place as `move` says; moves that only explain change nothing."""


@change.register
def _(move: m.Submitted, state: State) -> None:
    state.case = state.case._replace(state="running", submission=move.submission, acts=0)


@change.register
def _(_: m.Acted, state: State) -> None:
    state.case = state.case._replace(acts=state.case.acts + 1)


@change.register
def _(move: m.VisitOpened, state: State) -> None:
    total = len(move.assigned)
    state.case = state.case._replace(visits=move.visit)
    state.visits[move.visit] = Visit(
        no=move.visit,
        node=move.node,
        path=move.path,
        submission=move.submission,
        need=move.need,
        total=total,
        open=total,
        came_from=move.came_from,
    )
    for one in move.assigned:
        state.tasks[move.visit, one.person] = Task()


@change.register
def _(move: m.TaskDone, state: State) -> None:
    # Counters are written as new values, not as increments: the case row is locked, and a value can be
    # folded from the history again, an increment cannot be told from a repeated one.
    visit = state.visits[move.visit]
    state.visits[move.visit] = visit._replace(
        open=visit.open - 1,
        approved=visit.approved + (move.verdict in ("approved", "completed", "passed")),
        rejected=visit.rejected + (move.verdict == "rejected"),
    )
    state.tasks[move.visit, move.person] = Task("done", move.verdict)


@change.register
def _(move: m.TaskClaimed, state: State) -> None:
    state.visits[move.visit] = state.visits[move.visit]._replace(claimed=move.person)
    _turn(state, move.visit, others_than=move.person, old="open", new="hidden")


@change.register
def _(move: m.TaskReleased, state: State) -> None:
    state.visits[move.visit] = state.visits[move.visit]._replace(claimed=None)
    _turn(state, move.visit, others_than=move.person, old="hidden", new="open")


@change.register
def _(move: m.VisitClosed, state: State) -> None:
    state.visits[move.visit] = state.visits[move.visit]._replace(state="closed", outcome=move.outcome, open=0)
    _turn(state, move.visit, others_than=None, old="open", new="cancelled")
    _turn(state, move.visit, others_than=None, old="hidden", new="cancelled")


@change.register
def _(move: m.ScopeOpened, state: State) -> None:
    state.case = state.case._replace(scopes=move.scope)
    state.scopes[move.scope] = Scope(
        no=move.scope, node=move.node, path=move.path, expected=move.expected, visit=move.visit
    )


@change.register
def _(move: m.BranchArrived, state: State) -> None:
    scope = state.scopes[move.scope]
    state.scopes[move.scope] = scope._replace(arrived=scope.arrived + 1)


@change.register
def _(move: m.BranchEnded, state: State) -> None:
    scope = state.scopes[move.scope]
    state.scopes[move.scope] = scope._replace(ended=scope.ended + 1)


@change.register
def _(move: m.ScopeClosed, state: State) -> None:
    state.scopes[move.scope] = state.scopes[move.scope]._replace(state="closed")


@change.register
def _(move: m.SubtreeWithdrawn, state: State) -> None:
    for number, scope in state.scopes.items():
        if scope.state == "open" and scope.path.startswith(move.path):
            state.scopes[number] = scope._replace(state="withdrawn")
    for number, visit in state.visits.items():
        if not visit.path.startswith(move.path):
            continue
        if visit.state == "closed" and move.since is not None and number >= move.since:
            state.visits[number] = visit._replace(state="withdrawn")
        elif visit.state == "open":
            state.visits[number] = visit._replace(state="withdrawn", open=0)
            _turn(state, number, others_than=None, old="open", new="withdrawn")
            _turn(state, number, others_than=None, old="hidden", new="withdrawn")


@change.register
def _(move: m.NoticeGiven, state: State) -> None:
    # A notice has a number of its own, so that it can be told from every other piece of work.
    state.case = state.case._replace(visits=move.visit)
    for one in move.assigned:
        state.tasks[move.visit, one.person] = Task("open", None, "notice")


@change.register
def _(_: m.Withdrawn, state: State) -> None:
    state.case = state.case._replace(state="withdrawn", acts=0)


@change.register
def _(move: m.CaseEnded, state: State) -> None:
    state.case = state.case._replace(state=move.state)


def _turn(state: State, visit: int, *, others_than: str | None, old: str, new: str) -> None:
    for (number, person), task in state.tasks.items():
        if number == visit and person != others_than and task.state == old:
            state.tasks[number, person] = task._replace(state=new)
