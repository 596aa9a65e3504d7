"""All rows of one case in memory, read and written the way the store reads and writes them.

Set-wise changes are written out here once more, apart from the engine's own rules of change, so that the two
can be held against each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from runtime.engine.codec import decode, encode
from runtime.engine.plan import Plan
from runtime.engine.situation import Passed, Situation
from runtime.engine.state import Case, Scope, State, Task, Visit
from runtime.nodes import move as m
from tests.unit.engine.flows import APP
from tests.unit.engine.people import IVY

_WAITING = ("open", "hidden")
_YES = ("approved", "completed", "passed")


@dataclass(slots=True)
class TaskRow:
    """A row of `task`."""

    visit: int
    person: str
    path: str
    node: str
    kind: str
    state: str
    verdict: str | None
    because: tuple[str, ...]


@dataclass
class Rows:
    """The rows of one case, its history included."""

    initiator: str = IVY
    case: Case = field(default_factory=Case)
    scopes: dict[int, Scope] = field(default_factory=dict)
    visits: dict[int, Visit] = field(default_factory=dict)
    tasks: list[TaskRow] = field(default_factory=list)
    #: Moves as JSON text, an entry for each action.
    history: list[str] = field(default_factory=list)

    def situation(self, visit: int | None = None, person: str | None = None) -> Situation:
        """Return what an action on this person's task may see: its own path, nobody else's task."""
        state = State(self.case)
        if visit is None or person is None:
            return Situation(APP, self.initiator, state)
        seen = state.visits[visit] = self.visits[visit]
        task = next(one for one in self.tasks if (one.visit, one.person) == (visit, person))
        state.tasks[visit, person] = Task(task.state)
        for number, scope in self.scopes.items():
            if seen.path.startswith(f"{scope.path}{number}."):
                state.scopes[number] = scope
        return Situation(APP, self.initiator, state, visit, person)

    def carry_out(self, plan: Plan) -> None:
        """Write what a plan changed: sets of siblings first, then changed rows, then new ones."""
        for move in plan.moves:
            self._change_siblings(move, plan)
        for move in plan.of(m.TaskDone):
            assert isinstance(move, m.TaskDone)
            if move.visit in plan.before.visits:
                row = next(one for one in self.tasks if (one.visit, one.person) == (move.visit, move.person))
                row.state, row.verdict = "done", move.verdict
        self.visits.update({number: plan.state.visits[number] for number in plan.before.visits})
        self.scopes.update({number: plan.state.scopes[number] for number in plan.before.scopes})
        self._add(plan)
        self.case = plan.state.case
        self.history.append(json.dumps([encode(move) for move in plan.moves], ensure_ascii=False))

    def moves(self) -> Iterator[m.Move]:
        """Yield the whole history, read back from what was stored."""
        for event in self.history:
            yield from map(decode, json.loads(event))

    def state(self) -> State:
        """Return all rows as the state that folding the history must give."""
        tasks = {(one.visit, one.person): Task(one.state, one.verdict, one.kind) for one in self.tasks}
        return State(self.case, dict(self.scopes), dict(self.visits), tasks)

    def waiting(self) -> list[TaskRow]:
        """Return the open pieces of work, notices left out."""
        return [one for one in self.tasks if one.kind == "todo" and one.state == "open"]

    def handlers(self, visit: int) -> tuple[str, ...]:
        """Return who finished a task of this visit in favour."""
        return tuple(one.person for one in self.tasks if one.visit == visit and one.verdict in _YES)

    def earlier(self) -> frozenset[str]:
        """Return who approved, where it still counts."""
        counts = {number for number, visit in self.visits.items() if visit.state == "closed"}
        return frozenset(
            one.person for one in self.tasks if one.visit in counts and one.verdict == "approved"
        )

    def passed(self, path: str) -> tuple[Passed, ...]:
        """Return the human nodes completed at `path` or above it that still count, oldest first."""
        return tuple(
            Passed(one.no, one.node, one.path, self.handlers(one.no))
            for one in self.visits.values()
            if one.state == "closed"
            and one.outcome in ("approved", "completed")
            and path.startswith(one.path)
            and self.handlers(one.no)
        )

    def _change_siblings(self, move: m.Move, plan: Plan) -> None:
        if isinstance(move, m.VisitClosed):
            before = plan.before.visits.get(move.visit)
            if before and before.open > 1:
                self._turn(_WAITING, "cancelled", visit=move.visit)
        elif isinstance(move, m.TaskClaimed):
            self._turn(("open",), "hidden", visit=move.visit, but=move.person)
        elif isinstance(move, m.TaskReleased):
            self._turn(("hidden",), "open", visit=move.visit, but=move.person)
        elif isinstance(move, m.SubtreeWithdrawn):
            self._withdraw(move)

    def _turn(self, old: tuple[str, ...], new: str, *, visit: int, but: str | None = None) -> None:
        for one in self.tasks:
            if one.visit == visit and one.person != but and one.state in old:
                one.state = new

    def _withdraw(self, move: m.SubtreeWithdrawn) -> None:
        for task in self.tasks:
            if task.kind == "todo" and task.path.startswith(move.path) and task.state in _WAITING:
                task.state = "withdrawn"
        for number, visit in self.visits.items():
            if not visit.path.startswith(move.path):
                continue
            if visit.state == "open":
                self.visits[number] = visit._replace(state="withdrawn", open=0)
            elif visit.state == "closed" and move.since is not None and number >= move.since:
                self.visits[number] = visit._replace(state="withdrawn")
        for number, scope in self.scopes.items():
            if scope.state == "open" and scope.path.startswith(move.path):
                self.scopes[number] = scope._replace(state="withdrawn")

    def _add(self, plan: Plan) -> None:
        for number, scope in plan.state.scopes.items():
            if number not in plan.before.scopes:
                assert number not in self.scopes, "a scope's number was used before"
                self.scopes[number] = scope
        for number, visit in plan.state.visits.items():
            if number not in plan.before.visits:
                assert number not in self.visits, "a visit's number was used before"
                self.visits[number] = visit
        for move in plan.of(m.VisitOpened, m.NoticeGiven):
            assert isinstance(move, m.VisitOpened | m.NoticeGiven)
            kind = "todo" if isinstance(move, m.VisitOpened) else "notice"
            assert all(one.visit != move.visit for one in self.tasks), "a visit's number was used before"
            for one in move.assigned:
                stands = plan.state.tasks[move.visit, one.person]
                self.tasks.append(
                    TaskRow(
                        move.visit, one.person, move.path, move.node, kind, stands.state, stands.verdict,
                        one.because,
                    )
                )  # fmt: skip
