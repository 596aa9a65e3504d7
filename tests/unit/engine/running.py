"""A case that runs in memory: commands by person and node, and what one sees of it afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from runtime.engine import command as c
from runtime.engine.compiled_flow import CompiledFlow
from runtime.engine.execute import execute
from runtime.engine.plan import Plan
from runtime.language.directory import Directory
from runtime.nodes import move as m
from tests.unit.engine.people import HOUSE, IVY
from tests.unit.engine.ports import FakePorts
from tests.unit.engine.rows import Rows, TaskRow


class Running:
    """One case of a flow, from its draft on."""

    def __init__(
        self,
        flow: CompiledFlow,
        *,
        directory: Directory = HOUSE,
        rules: Mapping[str, tuple[str, ...]] | None = None,
        writes: Mapping[str, Mapping[str, Any]] | None = None,
        initiator: str = IVY,
        **facts: Any,
    ) -> None:
        self.flow = flow
        self.rows = Rows(initiator)
        self.ports = FakePorts(
            self.rows, directory=directory, facts=facts, rules=rules or {}, writes=writes or {}
        )

    def submit(self) -> Plan:
        """Submit as the initiator, from the start's visit if the case came back."""
        here = next((one for one in self.rows.waiting() if one.node == "start"), None)
        command = c.Submit(self.rows.initiator)
        return self.run(command, here.visit, here.person) if here else self.run(command)

    def withdraw(self, person: str | None = None) -> Plan:
        """Withdraw, as the initiator unless somebody else tries."""
        return self.run(c.Withdraw(person or self.rows.initiator))

    def approve(self, person: str, at: str) -> Plan:
        """Say yes."""
        return self.act(c.Approve(person), at)

    def reject(self, person: str, at: str) -> Plan:
        """Say no."""
        return self.act(c.Reject(person), at)

    def complete(self, person: str, at: str) -> Plan:
        """Finish a fill task."""
        return self.act(c.Complete(person), at)

    def send_back(self, person: str, at: str, *, to: str) -> Plan:
        """Return."""
        return self.act(c.Return(person, to), at)

    def act(self, command: c.Command, at: str) -> Plan:
        """Carry out a command on the actor's latest task at a node."""
        task = self.task(command.actor, at)
        return self.run(command, task.visit, task.person)

    def run(self, command: c.Command, visit: int | None = None, person: str | None = None) -> Plan:
        """Carry out a command, all of it or nothing."""
        ports = self.ports
        before = deepcopy((ports.facts, ports.ledger, ports.fired))
        try:
            plan = execute(self.flow, self.rows.situation(visit, person), command, ports)
        except BaseException:
            ports.facts, ports.ledger, ports.fired = before
            raise
        self.rows.carry_out(plan)
        return plan

    def task(self, person: str, at: str) -> TaskRow:
        """Return the person's latest task at a node."""
        return next(one for one in reversed(self.rows.tasks) if (one.person, one.node) == (person, at))

    @property
    def state(self) -> str:
        """State of the case."""
        return self.rows.case.state

    def waits(self) -> dict[str, list[str]]:
        """Return who has open work, by node."""
        found: dict[str, list[str]] = defaultdict(list)
        for task in self.rows.waiting():
            found[task.node].append(task.person)
        return dict(found)

    def told(self) -> list[str]:
        """Return who got a notice."""
        return [task.person for task in self.rows.tasks if task.kind == "notice"]

    def visited(self) -> list[str]:
        """Return the nodes whose visits opened, in order."""
        return [move.node for move in self.rows.moves() if isinstance(move, m.VisitOpened)]

    def tasks(self, at: str) -> dict[str, str]:
        """Return the state of each task of a node's latest visit, by person."""
        last = max(task.visit for task in self.rows.tasks if task.node == at)
        return {task.person: task.state for task in self.rows.tasks if task.visit == last}

    def why(self, person: str, at: str) -> tuple[str, ...]:
        """Return the answer to 为什么是我."""
        return self.task(person, at).because
