"""One run to completion: what reactions and node kinds see, and how a token moves."""

from collections.abc import Iterator
from dataclasses import dataclass

from runtime.assignees.source import Asking
from runtime.engine.compiled_flow import START, CompiledFlow
from runtime.engine.plan import Plan
from runtime.engine.resolve import resolve
from runtime.engine.situation import Ports, Situation, Trigger
from runtime.language.flow import Edge, Node
from runtime.nodes import move as m
from runtime.nodes.node_kind import Assignment

ROOT = "/"


@dataclass(frozen=True)
class Step:
    """The run of one command: flow, plan so far, and ports."""

    flow: CompiledFlow
    situation: Situation
    ports: Ports
    plan: Plan
    actor: str

    def fire(
        self, on: str, *, path: str, visit: int, rules: tuple[str, ...] | None = None
    ) -> Iterator[m.RulesFired]:
        """Run the rules of a moment; yields nothing where no rule waits for it."""
        if rules is None and on not in self.flow.listens:
            return
        effects = self.ports.fire(Trigger(on, path, visit, rules))
        yield m.RulesFired(on, path, visit, effects)

    def edges(self, node: str) -> tuple[Edge, ...]:
        """Return the edges a token may leave along; those of a rejected visit are apart."""
        return tuple(edge for edge in self.flow.outgoing[node] if edge.outcome != "rejected")

    def onward(self, node: str, *, path: str, visit: int) -> m.TokenMoved:
        """Return the move along the only edge out of a node."""
        return m.TokenMoved(node, self.edges(node)[0].to, path, visit)

    def handled(self, node: Node, visit: int) -> frozenset[str]:
        """Return whose earlier handling may pass a task at `node` for a token that comes from `visit`."""
        if node.duplicates == "earlier":
            return self.ports.earlier()
        before = self.plan.state.visits.get(visit)
        # The start does not count: handling one's own request is the self policy's business.
        if before is None or before.node == START:
            return frozenset()
        if before.total == 1 and visit == self.situation.visit:
            return frozenset({self.situation.assignee or self.actor, self.actor})
        done = {
            person for (no, person), task in self.plan.state.tasks.items() if no == visit and task.verdict
        }
        return frozenset(done | set(self.ports.handlers(visit)))


@dataclass(frozen=True)
class TokenArrival:
    """A token at a node: the engine's answer to `nodes.node_kind.Arrival`."""

    step: Step
    node: Node
    path: str
    visit: int

    @property
    def outgoing(self) -> tuple[Edge, ...]:
        """The edges a token may leave along."""
        return self.step.edges(self.node.code)

    def holds(self, edge: Edge) -> bool:
        """Return whether the edge's condition holds; an edge without one always does."""
        condition = self.step.flow.conditions.get(edge)
        return condition is None or self.step.ports.holds(condition)

    def leave(
        self, edge: Edge, *, path: str | None = None, trace: tuple[tuple[str, bool], ...] = ()
    ) -> m.TokenMoved:
        """Return the move along `edge`."""
        return m.TokenMoved(self.node.code, edge.to, path or self.path, self.visit, trace)

    def assign(self) -> Assignment:
        """Return who gets the node's work now."""
        step = self.step
        asking = Asking(
            directory=step.ports.directory,
            app=step.flow.app,
            initiator=step.situation.initiator,
            previous=self._previous(),
            value=step.ports.value,
        )
        return resolve(self.node, asking, handled=lambda: step.handled(self.node, self.visit))

    def open_visit(self, assignment: Assignment, *, need: int) -> Iterator[m.Move]:
        """Yield the opening of a visit, and what policies decide of it at once."""
        case = self.step.plan.state.case
        number = case.visits + 1
        yield m.VisitOpened(
            visit=number,
            node=self.node.code,
            path=self.path,
            submission=case.submission,
            need=need,
            assigned=assignment.people,
            came_from=self.visit,
        )
        for person, because in assignment.passed:
            if self.step.plan.state.visits[number].state == "open":
                yield m.TaskDone(number, person, "passed", because)
        if assignment.outcome:
            yield m.VisitClosed(number, self.node.code, self.path, assignment.outcome)

    def give_notice(self, assignment: Assignment) -> Iterator[m.Move]:
        """Yield the notice, if there is anybody to tell."""
        if assignment.people:
            number = self.step.plan.state.case.visits + 1
            yield m.NoticeGiven(self.node.code, self.path, assignment.people, number)

    def fire(self, on: str, rules: tuple[str, ...] | None = None) -> Iterator[m.RulesFired]:
        """Run the rules of this moment."""
        yield from self.step.fire(on, path=self.path, visit=self.visit, rules=rules)

    def split(self) -> Iterator[m.Move]:
        """Yield a scope and a token for each edge, each on a path of its own below it."""
        number = self.step.plan.state.case.scopes + 1
        edges = self.outgoing
        yield m.ScopeOpened(number, self.node.code, self.path, len(edges), self.visit)
        for branch, edge in enumerate(edges):
            yield self.leave(edge, path=f"{self.path}{number}.{branch}/")

    def arrive(self) -> Iterator[m.Move]:
        """Count the branch in its scope; a join outside any scope lets the token through."""
        scope = innermost(self.path)
        if scope is None:
            yield self.step.onward(self.node.code, path=self.path, visit=self.visit)
        else:
            yield m.BranchArrived(scope, self.node.code, self.path, self.visit)

    def end(self, *, whole_case: bool) -> Iterator[m.Move]:
        """Yield the end of this token; of everything, if `whole_case`."""
        if whole_case:
            yield m.SubtreeWithdrawn(ROOT)
            yield m.CaseEnded("approved")
        else:
            yield m.TokenEnded(self.node.code, self.path, self.visit)

    def _previous(self) -> tuple[str, ...]:
        if self.visit and self.visit != self.step.situation.visit:
            return self.step.ports.handlers(self.visit)
        return (self.step.actor,)


def innermost(path: str) -> int | None:
    """Return the number of the scope a path is directly inside, None at the root."""
    parts = path.strip("/").split("/")
    return int(parts[-1].partition(".")[0]) if parts[-1] else None


def arrival(step: Step, move: m.TokenMoved) -> TokenArrival:
    """Return the token of `move` at the node it reached."""
    return TokenArrival(step, step.flow.nodes[move.to], move.path, move.visit)


def returned_visit(
    step: Step, *, node: str, path: str, people: tuple[str, ...], because: str
) -> m.VisitOpened:
    """Return the opening of a visit for work that was sent back to these people."""
    case = step.plan.state.case
    return m.VisitOpened(
        visit=case.visits + 1,
        node=node,
        path=path,
        submission=case.submission,
        need=1 if step.flow.nodes[node].decide.rule in ("claim", "any") else len(people),
        assigned=tuple(m.Assigned(person, (because,)) for person in people),
        came_from=step.situation.visit or 0,
    )
