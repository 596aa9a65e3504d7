"""People at work in the trial office, by chance: what they do next, and how all of it comes to an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from runtime.store import entity_tables
from runtime.store.states import CaseState
from runtime.store.tables import flow_case
from tests.faults.office import Office
from tests.faults.orders import Order

#: What may be done at a node, more often what leads on.
_DEEDS: Mapping[str, tuple[str, ...]] = {
    "legal": ("approve", "approve", "return"),
    "desk": ("approve", "approve", "claim", "release", "reject", "return"),
    "panel": ("approve", "approve", "approve", "approve", "reject", "return"),
    "boss": ("approve", "approve", "approve", "return"),
    "result": ("complete",),
    "start": ("submit",),
}
#: What ends each of them.
_ONWARD = {"result": "complete", "start": "submit"}
#: Cases under way at the same time.
MOST_CASES = 3


@dataclass
class Walk:
    """Work in an office; the same `chance`, the same work."""

    office: Office
    chance: Random
    codes: Mapping[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.codes = {number: code for code, number in self.office.people.items()}

    def next_order(self) -> Order:
        """Return something that somebody may well try now, and sometimes must not."""
        waiting, idle = self.office.open_tasks(), self._idle()
        running = {one.case_id for one in waiting}
        if (len(running) + len(idle) < MOST_CASES and self.chance.random() < 0.3) or not running | set(idle):
            make = self.chance.choice([self.office.submit, self.office.draft])
            return make("p000", "fork", self._amount())
        if idle and self.chance.random() < 0.5:
            return self.office.submit("p000", "fork", self._amount(), case_id=self.chance.choice(idle))
        if not waiting or self.chance.random() < 0.1:
            return self.office.withdraw("p000", self.chance.choice(sorted(running | set(idle))))
        task = self.chance.choice(waiting)
        return self._deed(task, self.chance.choice(_DEEDS[task.node]))

    def last_order(self) -> Order | None:
        """Return the next step towards the end of everything, None if nothing is under way any more."""
        if idle := self._idle():
            return self.office.submit("p000", "fork", self._amount(), case_id=idle[0])
        waiting = self.office.open_tasks()
        return self._deed(waiting[0], _ONWARD.get(waiting[0].node, "approve")) if waiting else None

    def spent(self) -> Decimal:
        """Return the amounts of all cases that were approved in the end."""
        with self.office.opened() as session:
            there = entity_tables.today(session).get("trial/request")
            ends = select(flow_case.c.record_id).where(flow_case.c.state == CaseState.APPROVED.value)
            amounts = session.scalars(select(there.column("amount")).where(there.table.c.id.in_(ends)))
            return sum((Decimal(str(one)) for one in amounts), Decimal())

    def _deed(self, task: Any, do: str) -> Order:
        given: dict[str, Any] = {}
        if do == "submit":
            given = {"posted": self._amount()}
        elif do == "complete":
            given = {"posted": {"result": "好"}}
        return self.office.act(self.codes[task.assignee], task.case_id, do, **given)

    def _amount(self) -> dict[str, str]:
        return {"amount": f"{self.chance.randint(1, 99999) / 100:.2f}"}

    def _idle(self) -> list[int]:
        """Return the drafts, and what was withdrawn."""
        still = flow_case.c.state.in_([CaseState.DRAFT.value, CaseState.WITHDRAWN.value])
        with self.office.opened() as session:
            return list(session.scalars(select(flow_case.c.id).where(still).order_by(flow_case.c.id)))
