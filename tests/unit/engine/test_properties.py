"""What holds for every sound flow, whatever people do: drawn flows, drawn actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from runtime.engine import command as c
from runtime.engine.execute import execute
from runtime.engine.plan import Plan
from runtime.engine.state import Scope, Visit, fold
from runtime.language.refusal import Refused
from runtime.nodes import move as m
from tests.unit.engine.rows import TaskRow
from tests.unit.engine.running import Running
from tests.unit.engine.sound_flows import BLOCKS, FACTS, Block, sound_flow

_YES: dict[str, Callable[[str], c.Command]] = {"start": c.Submit, "fill": c.Complete, "approve": c.Approve}
_ON_A_TASK: list[Callable[[str], c.Command]] = [*_YES.values(), c.Reject, c.Claim, c.Release]
#: More actions than any drawn flow needs once its loops are left.
_ENOUGH = 300


class Careful(Running):
    """A case that runs every command twice and looks at what the plan touches."""

    def run(self, command: c.Command, visit: int | None = None, person: str | None = None) -> Plan:
        """Carry out a command, and see that it gives the same plan again."""
        situation, twin = self.rows.situation(visit, person), deepcopy(self.ports)
        plan = super().run(command, visit, person)
        again = execute(self.flow, situation, command, twin)
        assert (again.moves, again.state) == (plan.moves, plan.state)
        known = {visit, *range(plan.before.case.visits + 1, plan.state.case.visits + 1)}
        for move in plan.of(m.TaskDone, m.VisitClosed, m.TaskClaimed, m.TaskReleased):
            assert move.visit in known, "a plan touched a visit of somebody else"  # type: ignore[union-attr]
        return plan


class Cases(RuleBasedStateMachine):
    """One case of a drawn flow, and everything people may try."""

    case: Careful

    @initialize(block=BLOCKS, facts=st.dictionaries(st.sampled_from(FACTS), st.booleans()))
    def start(self, block: Block, facts: dict[str, bool]) -> None:
        """Draw a flow."""
        self.case = Careful(sound_flow(block), rules={"submitted": ("hold",)})
        self.case.ports.facts = dict(facts)

    @precondition(lambda self: self.case.state in ("draft", "withdrawn"))
    @rule()
    def submit(self) -> None:
        """A draft is submitted."""
        last = self.case.rows.case.submission
        self.case.submit()
        assert self.case.rows.case.submission == last + 1

    @precondition(lambda self: self.case.rows.waiting())
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Somebody does what a task asks for; an open task is never refused that."""
        task = self._draw(data, self.case.rows.waiting())
        self.case.run(self._yes(task), task.visit, task.person)
        row = self._row(task)
        assert (row.state, row.verdict in ("approved", "completed")) == ("done", True)

    @precondition(lambda self: self.case.rows.waiting())
    @rule(data=st.data())
    def say_no(self, data: st.DataObject) -> None:
        """Somebody says no, where that leads somewhere."""
        task = self._draw(data, self.case.rows.waiting())
        if self.case.flow.nodes[task.node].on_reject:
            self.case.run(c.Reject(task.person), task.visit, task.person)
        else:
            self._refused(c.Reject(task.person), task)

    @precondition(lambda self: self.case.rows.waiting())
    @rule(data=st.data())
    def send_back(self, data: st.DataObject) -> None:
        """Somebody sends the work back to the start or to a passed node."""
        task = self._draw(data, self.case.rows.waiting())
        passed = [one.node for one in self.case.rows.passed(task.path) if one.node != task.node]
        to = data.draw(st.sampled_from(["start", *passed]))
        if task.node == "start":
            self._refused(c.Return(task.person, to), task)
            return
        self.case.run(c.Return(task.person, to), task.visit, task.person)
        assert to in self.case.waits()

    @precondition(lambda self: self.case.rows.waiting())
    @rule(data=st.data())
    def claim_or_release(self, data: st.DataObject) -> None:
        """Somebody takes a visit, or gives it back."""
        task = self._draw(data, self.case.rows.waiting())
        visit = self.case.rows.visits[task.visit]
        rule = self.case.flow.nodes[task.node].decide.rule
        if visit.claimed:
            self.case.run(c.Release(task.person), task.visit, task.person)
        elif rule == "claim" and visit.total > 1:
            self.case.run(c.Claim(task.person), task.visit, task.person)
        else:
            self._refused(c.Claim(task.person), task)

    @rule()
    def withdraw(self) -> None:
        """The initiator withdraws, allowed only while nobody has acted."""
        if self.case.state == "running" and not self.case.rows.case.acts:
            self.case.withdraw()
            assert self.case.state == "withdrawn"
        else:
            self._refused(c.Withdraw("ivy"))

    @precondition(lambda self: any(one.state != "open" for one in self.case.rows.tasks))
    @rule(data=st.data(), make=st.sampled_from(_ON_A_TASK))
    def act_again(self, data: st.DataObject, make: Callable[[str], c.Command]) -> None:
        """Nothing is accepted on a task that is not open."""
        closed = [one for one in self.case.rows.tasks if one.kind == "todo" and one.state != "open"]
        drafting = make is c.Submit and self.case.state == "withdrawn"
        if closed and not drafting:
            task = self._draw(data, closed)
            self._refused(make("ivy" if make is c.Submit else task.person), task)

    @rule(fact=st.sampled_from(FACTS))
    def change_a_fact(self, fact: str) -> None:
        """The record changes, so that conditions answer otherwise."""
        self.case.ports.facts[fact] = not self.case.ports.facts.get(fact)

    @invariant()
    def folding_the_history_gives_all_rows(self) -> None:
        """The history explains the state, row by row."""
        assert fold(self.case.rows.moves()) == self.case.rows.state()

    @invariant()
    def counters_count(self) -> None:
        """Every visit and scope says what its rows say."""
        for visit in self.case.rows.visits.values():
            _check_visit(visit, [one for one in self.case.rows.tasks if one.visit == visit.no])
        for scope in self.case.rows.scopes.values():
            _check_scope(scope, self.case.rows.visits.values().__iter__())

    @invariant()
    def a_running_case_waits_for_somebody_and_another_for_nobody(self) -> None:
        """No case is stuck, none goes on after its end; old submissions have nothing open."""
        rows = self.case.rows
        assert (self.case.state == "running") == bool(rows.waiting())
        visits = [one for one in rows.visits.values() if one.state == "open"]
        scopes = [one for one in rows.scopes.values() if one.state == "open"]
        assert self.case.state == "running" or (visits, scopes) == ([], [])
        assert {one.submission for one in visits} <= {rows.case.submission}

    @invariant()
    def the_ledger_balances(self) -> None:
        """What was withdrawn or rejected has no effect left, what runs has each submission's once."""
        standing = self.case.ports.standing()
        if self.case.state in ("draft", "withdrawn", "rejected"):
            assert standing == []
        elif "start" not in self.case.waits():
            assert standing.count("hold") == 1

    def teardown(self) -> None:
        """Every case can be brought to its end from wherever it stands."""
        if not hasattr(self, "case"):
            return
        self.case.ports.facts |= {"again": False}
        if self.case.state in ("draft", "withdrawn"):
            self.case.submit()
        for _ in range(_ENOUGH):
            if not self.case.rows.waiting():
                break
            task = self.case.rows.waiting()[0]
            self.case.run(self._yes(task), task.visit, task.person)
        assert self.case.state in ("approved", "rejected")
        self.folding_the_history_gives_all_rows()

    def _draw(self, data: st.DataObject, tasks: list[TaskRow]) -> TaskRow:
        return data.draw(st.sampled_from(tasks))

    def _yes(self, task: TaskRow) -> c.Command:
        return _YES[self.case.flow.nodes[task.node].kind](task.person)

    def _row(self, task: TaskRow) -> TaskRow:
        return next(
            one for one in self.case.rows.tasks if (one.visit, one.person) == (task.visit, task.person)
        )

    def _refused(self, command: c.Command, task: TaskRow | None = None) -> None:
        before = deepcopy((self.case.rows, self.case.ports.ledger))
        where = (task.visit, task.person) if task else (None, None)
        with pytest.raises(Refused):
            self.case.run(command, *where)
        assert (self.case.rows, self.case.ports.ledger) == before


def _check_visit(visit: Visit, tasks: list[TaskRow]) -> None:
    states = [one.state for one in tasks]
    verdicts = [one.verdict for one in tasks]
    assert visit.total == len(tasks)
    assert visit.open == states.count("open") + states.count("hidden")
    assert visit.approved == sum(one in ("approved", "completed", "passed") for one in verdicts)
    assert visit.rejected == verdicts.count("rejected")
    assert (visit.state == "open") == (visit.open > 0)
    assert visit.state == "withdrawn" or (visit.outcome is None) == (visit.state == "open")
    if visit.claimed and visit.state == "open":
        assert [one.person for one in tasks if one.state == "open"] == [visit.claimed]
    else:
        assert "hidden" not in states


def _check_scope(scope: Scope, visits: Iterator[Visit]) -> None:
    inside = f"{scope.path}{scope.no}."
    waiting = {
        one.path.removeprefix(inside).partition("/")[0]
        for one in visits
        if one.state == "open" and one.path.startswith(inside)
    }
    if scope.state == "open":
        assert len(waiting) == scope.expected - scope.arrived - scope.ended > 0
    else:
        assert not waiting
        assert scope.state == "withdrawn" or scope.arrived + scope.ended == scope.expected


TestCases = Cases.TestCase
TestCases.settings = settings(max_examples=60, stateful_step_count=20)
