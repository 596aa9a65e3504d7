"""What the person who looks at a case may do with it now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from runtime.engine.compiled_flow import START
from runtime.engine.offers import may_claim, may_reject, return_targets
from runtime.language.flow import Node
from runtime.running.case_steps import CaseStep, name_of
from runtime.running.case_view import EDITED, CaseView
from runtime.store import case_facts
from runtime.store.states import CaseState


@dataclass(frozen=True, slots=True)
class Target:
    """A node that work may be returned to, and who handled it."""

    node: str
    name: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseAction:
    """Something the person may do; `do` is what `act_on_task` (or another use case) is told."""

    #: save, submit, delete (the case); submit, approve, reject, return, complete, claim, release (the task).
    do: str
    #: None: it concerns the case, not a task.
    task: int | None = None
    #: Whether an opinion goes with it.
    opinion: Literal["required", "optional", "none"] = "none"
    #: Whether the form's values go with it.
    values: bool = False
    targets: tuple[Target, ...] = ()


def actions(view: CaseView, steps: Sequence[CaseStep]) -> tuple[CaseAction, ...]:
    """Return what may be done now, in the order of buttons: the most usual last."""
    if view.task is not None:
        return tuple(_Offers(view, steps).all())
    if view.starts and view.head.state in EDITED:
        first = (CaseAction("delete"),) if view.head.state == CaseState.DRAFT else ()
        return (*first, CaseAction("save", values=True), CaseAction("submit", values=True))
    return ()


def may_withdraw(view: CaseView) -> bool:
    """Return whether the initiator may take the submission back."""
    late = view.head.acts > 0 and view.app.flows[view.head.flow].flow.withdraw == "untouched"
    return view.starts and view.head.state == CaseState.RUNNING and not late


@dataclass(frozen=True)
class _Offers:
    """What an open task offers."""

    view: CaseView
    steps: Sequence[CaseStep]

    def all(self) -> Iterator[CaseAction]:
        """Yield the actions."""
        view, node = self.view, self.view.node
        assert view.task is not None, "offers are those of a task"
        assert node is not None, "a task stands at a node"
        task = view.task.id
        if node.code == START:
            yield CaseAction("submit", task, values=True)
            return
        yield from self._claiming(node, task)
        targets = tuple(self._targets(node))
        if targets:
            yield CaseAction("return", task, opinion="required", targets=targets)
        if may_reject(view.app.flows[view.head.flow], node):
            yield CaseAction("reject", task, opinion="required")
        do = "approve" if node.kind == "approve" else "complete"
        yield CaseAction(do, task, opinion=node.opinion, values=self._asks(node))

    def _claiming(self, node: Node, task: int) -> Iterator[CaseAction]:
        step = self._step()
        mine = self.view.context.actor_code
        if any(person.claimed and person.code == mine for person in step.people):
            yield CaseAction("release", task)
        elif may_claim(node, total=len(step.people)):
            yield CaseAction("claim", task)

    def _targets(self, node: Node) -> Iterator[Target]:
        view = self.view
        directory = view.context.directory
        passed = case_facts.passed(
            view.context.tx, case_id=view.head.id, path=self._step().path, directory=directory
        )
        nodes = view.app.flows[view.head.flow].nodes
        for one in return_targets(node, passed, initiator=view.head.initiator):
            people = tuple(name_of(directory, person) for person in one.people)
            yield Target(one.node, nodes[one.node].name or one.node, people)

    def _asks(self, node: Node) -> bool:
        checks = self.view.entity.checks
        return bool(node.edit or node.require or any(node.code in one.check.at for one in checks))

    def _step(self) -> CaseStep:
        assert self.view.task is not None, "offers are those of a task"
        number = self.view.task.visit
        return next(one for one in reversed(self.steps) if one.visit == number)
