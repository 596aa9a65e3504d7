"""What follows from a move: the engine's transition table, one small function per kind of move."""

from collections.abc import Iterator
from functools import partial

from runtime.engine.by_kind import ByKind
from runtime.engine.compiled_flow import START
from runtime.engine.send_back import send_back, start_of
from runtime.engine.step import ROOT, Step, arrival, innermost
from runtime.language.kept_speech import sentence as _l
from runtime.nodes import move as m


@ByKind
def react(_: m.Move, __: Step) -> Iterator[m.Move]:
    """Yield the moves that follow from a move, which the plan has already taken; most have no consequence."""
    return iter(())


@react.register
def _(_: m.Submitted, step: Step) -> Iterator[m.Move]:
    yield from step.fire("submitted", path=ROOT, visit=step.situation.visit or 0)
    yield step.onward(START, path=ROOT, visit=step.situation.visit or 0)


@react.register
def _(move: m.TokenMoved, step: Step) -> Iterator[m.Move]:
    yield from step.flow.kind(move.to).enter(arrival(step, move))


@react.register
def _(move: m.TaskDone, step: Step) -> Iterator[m.Move]:
    visit = step.plan.state.visits[move.visit]
    if visit.state != "open" or move.verdict == "returned":
        return
    outcome = decided(step, move.visit)
    if outcome:
        yield m.VisitClosed(visit.no, visit.node, visit.path, outcome)


def decided(step: Step, number: int) -> str | None:
    """Return the outcome of a visit as its counters stand, None while it is open (flow-semantics §4)."""
    visit = step.plan.state.visits[number]
    node = step.flow.nodes[visit.node]
    if node.kind != "approve":
        return "completed" if visit.approved else None
    if node.decide.rule == "claim":  # one handles it, the others are not waited for
        return "rejected" if visit.rejected else "approved"
    if node.finish == "all" and visit.open:
        return None
    veto = (node.reject or ("veto" if node.decide.rule == "all" else "vote")) == "veto"
    if visit.rejected and veto:
        return "rejected"
    if visit.approved >= visit.need:
        return "approved"
    return "rejected" if visit.approved + visit.open < visit.need else None


@react.register
def _(move: m.VisitClosed, step: Step) -> Iterator[m.Move]:
    if move.outcome == "returned" or move.node == START:
        return
    if move.outcome == "rejected":
        yield from _rejected(move, step)
        return
    if move.outcome == "approved":
        yield from step.fire(f"node.{move.node}.approved", path=move.path, visit=move.visit)
    yield from step.fire(f"node.{move.node}.done", path=move.path, visit=move.visit)
    yield step.onward(move.node, path=move.path, visit=move.visit)


def _rejected(move: m.VisitClosed, step: Step) -> Iterator[m.Move]:
    rules = partial(step.fire, f"node.{move.node}.rejected", path=move.path, visit=move.visit)
    target = step.rejected_to(move.node)
    if target not in (None, "end", START):
        yield from rules()
        yield m.TokenMoved(move.node, str(target), move.path, move.visit)
        return
    # The rules of this moment come after the inversion: what they write says no, and is to stay.
    if target == START:
        yield from send_back(
            step, start_of(step), because=move.because or _l("%(who)s不同意", who=step.name_of(step.actor))
        )
        yield from rules()
        return
    yield m.SubtreeWithdrawn(ROOT)
    yield m.EffectsInverted(ROOT, 0, step.ports.invert(ROOT, 0))
    yield from rules()
    yield m.CaseEnded("rejected")


@react.register
def _(move: m.BranchArrived, step: Step) -> Iterator[m.Move]:
    scope = step.plan.state.scopes[move.scope]
    if scope.arrived + scope.ended == scope.expected:
        yield m.ScopeClosed(scope.no, scope.path)
        yield step.onward(move.node, path=scope.path, visit=move.visit)


@react.register
def _(move: m.BranchEnded, step: Step) -> Iterator[m.Move]:
    scope = step.plan.state.scopes[move.scope]
    if scope.arrived + scope.ended < scope.expected:
        return
    yield m.ScopeClosed(scope.no, scope.path)
    if scope.arrived:
        yield step.onward(step.flow.joins[scope.node], path=scope.path, visit=move.visit)
    else:
        yield m.TokenEnded(scope.node, scope.path, move.visit)


@react.register
def _(move: m.TokenEnded, _: Step) -> Iterator[m.Move]:
    scope = innermost(move.path)
    if scope is None:
        yield m.CaseEnded("approved")
    else:
        yield m.BranchEnded(scope, move.path, move.visit)


@react.register
def _(move: m.CaseEnded, step: Step) -> Iterator[m.Move]:
    yield from step.fire(move.state, path=ROOT, visit=step.plan.state.case.visits)


@react.register
def _(_: m.Withdrawn, step: Step) -> Iterator[m.Move]:
    yield from step.fire("withdrawn", path=ROOT, visit=step.plan.state.case.visits)


@react.register
def _(move: m.Returned, step: Step) -> Iterator[m.Move]:
    if move.to == START:
        yield from step.fire("returned", path=ROOT, visit=step.plan.state.case.visits)
