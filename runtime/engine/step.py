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
#: Verdicts that say yes.
IN_FAVOUR = frozenset({"approved", "completed", "passed"})


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
        return self.flow.onward[node]

    def rejected_to(self, node: str) -> str | None:
        """Return where a rejected visit leads: a node, `end` for the end of the case, None for nowhere."""
        edge = next((one for one in self.flow.outgoing[node] if one.outcome == "rejected"), None)
        target = edge.to if edge else self.flow.nodes[node].on_reject
        ends = target in self.flow.nodes and self.flow.nodes[str(target)].kind == "end"
        return "end" if ends else target

    def name_of(self, person: str) -> str:
        """Return how people read the code of a person."""
        known = self.ports.directory.person(person)
        return known.name if known else person

    def onward(self, node: str, *, path: str, visit: int) -> m.TokenMoved:
        """Return the move along the only edge out of a node."""
        return m.TokenMoved(node, self.edges(node)[0].to, path, visit)

    def handled(self, node: Node, visit: int) -> frozenset[str]:
        """Return whose earlier handling may pass a task at `node` for a token that comes from `visit`."""
        known = self.plan.state.visits
        if any(one.node == node.code for one in known.values()):
            # A loop that came back asks again; else the same answer would be given without end.
            return frozenset()
        tasks = self.plan.state.tasks.items()
        if node.duplicates == "earlier":
            # The approval under way is not in the store yet.
            now = {person for (_, person), task in tasks if task.verdict == "approved"}
            return self.ports.earlier() | now
        before = known.get(visit)
        # The start does not count: handling one's own request is the self policy's business.
        if before is None or before.node == START:
            return frozenset()
        done = {person for (no, person), task in tasks if no == visit and task.verdict in IN_FAVOUR}
        if done and visit == self.situation.visit:
            done.add(self.actor)
        if before.total > 1 and visit == self.situation.visit:
            done.update(self.ports.handlers(visit))
        return frozenset(done)

    def previous(self, visit: int) -> tuple[str, ...]:
        """Return who handled the visit a token comes from; where a policy needed nobody, the one before."""
        state = self.plan.state
        while visit in state.visits:
            if visit == self.situation.visit:
                others = self.ports.handlers(visit) if state.visits[visit].total > 1 else ()
                return tuple(dict.fromkeys((*others, self.actor)))
            people = [person for (no, person), task in state.tasks.items() if no == visit and task.verdict]
            if people:
                return tuple(people)
            visit = state.visits[visit].came_from
        return (self.situation.initiator,)


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
            yield m.VisitClosed(number, self.node.code, self.path, assignment.outcome, assignment.because)

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
        """Return the previous handlers if the node asks for them: after many people's visit it is a query."""
        asked = self.node.code in self.step.flow.asks_previous
        return self.step.previous(self.visit) if asked else ()


def innermost(path: str) -> int | None:
    """Return the number of the scope a path is directly inside, None at the root."""
    parts = path.strip("/").split("/")
    return int(parts[-1].partition(".")[0]) if parts[-1] else None


def arrival(step: Step, move: m.TokenMoved) -> TokenArrival:
    """Return the token of `move` at the node it reached."""
    return TokenArrival(step, step.flow.nodes[move.to], move.path, move.visit)
