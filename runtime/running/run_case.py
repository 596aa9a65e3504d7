"""One command on one case, from the situation to the rows: what every acting use case shares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from runtime.engine.command import Command
from runtime.engine.execute import execute
from runtime.engine.plan import Plan
from runtime.nodes import move as m
from runtime.packs.compiled_app import CompiledApp
from runtime.records.record import Record
from runtime.running.case_ports import CasePorts
from runtime.running.context import Context
from runtime.store import record_writes
from runtime.store.carry_out import Deed, Texts, carry_out
from runtime.store.case_situation import situation_of
from runtime.store.lock_case import Locked
from runtime.store.outbox import Delivery, enqueue_at_commit
from runtime.store.revisions import Cause
from runtime.store.states import RecordState


@dataclass(frozen=True)
class CaseRun:
    """A case at hand: its release, its lock, its record."""

    context: Context
    app: CompiledApp
    locked: Locked
    #: Reads the record; asked only when something needs it.
    read: Callable[[], Record]

    def run(self, command: Command, deed: Deed, *, title: str | None = None, no: str | None = None) -> Plan:
        """Carry out `command` and write what follows; `title` and `no` are the case's from a submission on.

        :raises Refused: if the engine, a rule or a guard refuses; nothing may be committed then.
        """
        flow = self.app.flows[self.locked.flow]
        situation = situation_of(self.locked, self.context.directory)
        submission = situation.state.case.submission + (type(command).__name__ == "Submit")
        ports = CasePorts(self.context, self.app, self.locked, self.read, submission)
        plan = execute(flow, situation, command, ports)
        texts = Texts(
            title=title or self.locked.title,
            no=no or self.locked.no,
            flow_name=flow.flow.name,
            initiator_name=self._initiator_name(),
            nodes=flow.names,
        )
        carry_out(
            self.context.tx,
            plan,
            locked=self.locked,
            deed=deed,
            texts=texts,
            directory=self.context.directory,
        )
        self._follow(plan, ports, texts)
        return plan

    def _follow(self, plan: Plan, ports: CasePorts, texts: Texts) -> None:
        """Write what the outcome means for the record and for the initiator."""
        for move in plan.moves:
            if isinstance(move, m.CaseEnded):
                if move.state != "approved":
                    self._set_state(ports.record, RecordState.ENDED)
                self._tell(texts.title, f"case_{move.state}")
            elif isinstance(move, m.Withdrawn):
                self._set_state(ports.record, RecordState.DRAFT)
            elif isinstance(move, m.Returned) and move.to == "start":
                self._tell(texts.title, "case_sent_back")

    def _set_state(self, record: Record, state: RecordState) -> None:
        there = self.context.table_of(self.locked.entity, release=self.locked.release)
        record_writes.update(
            self.context.tx, there, record, {}, cause=self.cause(), system={"state": state.value}
        )

    def _tell(self, title: str, kind: str) -> None:
        if self.locked.initiator == self.context.actor_id:
            return
        moment = self.context.clock.moment
        payload: dict[str, Any] = {
            "people": [self.locked.initiator],
            "case_id": self.locked.id,
            "kind": kind,
            "title": title,
        }
        key = f"{kind}:{self.locked.id}:{self.locked.seq + 1}"
        enqueue_at_commit(self.context.tx, [Delivery(key, "notice", payload, moment)], now=moment)

    def cause(self) -> Cause:
        """Return why records are written in this action."""
        return Cause(self.context.actor_id, self.context.clock.moment, self.locked.id, self.locked.seq + 1)

    def _initiator_name(self) -> str:
        person = self.context.directory.by_id(self.locked.initiator)
        return person.name if person else ""
