"""Going back for correction: what ran since is withdrawn, its effects inverted, the target opens anew."""

from collections.abc import Iterator

from runtime.engine.compiled_flow import START
from runtime.engine.resolve import give_back
from runtime.engine.situation import Passed
from runtime.engine.step import ROOT, Step
from runtime.nodes import move as m


def start_of(step: Step) -> Passed:
    """Return the start as a place to go back to: number 0, so that everything since is taken back."""
    return Passed(0, START, ROOT, (step.situation.initiator,))


def send_back(step: Step, target: Passed, *, because: str) -> Iterator[m.Move]:
    """Yield the moves that take the case back to `target`, by the scope tree."""
    yield m.SubtreeWithdrawn(target.path, target.visit)
    yield m.EffectsInverted(target.path, target.visit, step.ports.invert(target.path, target.visit))
    yield m.Returned(target.node, target.path, step.actor)
    case = step.plan.state.case
    node = step.flow.nodes[target.node]
    assigned = _assigned(step, target, because)
    yield m.VisitOpened(
        visit=case.visits + 1,
        node=target.node,
        path=target.path,
        submission=case.submission,
        need=1 if node.decide.rule in ("claim", "any") else len(assigned),
        assigned=assigned,
        came_from=step.situation.visit or 0,
    )


def _assigned(step: Step, target: Passed, because: str) -> tuple[m.Assigned, ...]:
    if target.node == START:  # nobody else may submit
        return tuple(m.Assigned(person, (because,)) for person in target.people)
    node = step.flow.nodes[target.node]
    return give_back(node, target.people, because=because, directory=step.ports.directory)
