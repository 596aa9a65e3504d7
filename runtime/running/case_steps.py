"""The way of a case as people read it: who had it when, what they said, who has it now, and why they."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from runtime.engine.compiled_flow import START, CompiledFlow
from runtime.language.directory import Directory
from runtime.language.speech import _
from runtime.nodes import move as m
from runtime.running.form_model import Said
from runtime.store.case_story import Happened

#: Kinds of events that say something at a node.
SAYING = frozenset({"approve", "reject", "return", "complete"})


@dataclass(frozen=True, slots=True)
class StepPerson:
    """Somebody's part in a step."""

    code: str
    name: str
    #: Name of the department; empty without one.
    department: str
    #: submitted, approved, rejected, completed, returned, passed; empty: nothing yet.
    verdict: str = ""
    at: datetime | None = None
    opinion: str = ""
    #: Why the work came to them, step by step ("为什么是我?").
    because: tuple[str, ...] = ()
    #: Name of whom they stand in for.
    behalf: str = ""
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One arrival at a node."""

    visit: int
    #: Where its token stands in the scope tree.
    path: str
    node: str
    name: str
    #: start, fill, approve, notify.
    kind: str
    #: active, approved, rejected, completed, returned, withdrawn, told.
    state: str
    opened_at: datetime
    closed_at: datetime | None
    people: tuple[StepPerson, ...]
    #: How many must approve, of how many, and how many have.
    need: int = 1
    approved: int = 0
    #: claim, any, all, count, percent.
    decide: str = "claim"


def steps(history: Iterable[Happened], *, flow: CompiledFlow, directory: Directory) -> tuple[CaseStep, ...]:
    """Return the steps of a case in the order they were opened; the history tells them all."""
    folding = _Folding(flow, directory)
    for happened in history:
        for move in happened.moves:
            folding.fold(move, happened)
    return tuple(one.step() for one in folding.opened)


def opinions(history: Iterable[Happened], *, directory: Directory) -> Mapping[str, tuple[Said, ...]]:
    """Return what was said, by node, oldest first: what opinion fields show."""
    found: dict[str, list[Said]] = {}
    for one in history:
        if one.node and one.kind in SAYING:
            behalf = name_of(directory, one.behalf) if one.behalf else ""
            said = Said(name_of(directory, one.actor), one.at, one.opinion or "", one.kind, behalf)
            found.setdefault(one.node, []).append(said)
    return {node: tuple(said) for node, said in found.items()}


def name_of(directory: Directory, code: str) -> str:
    """Return how people read a person's code; the system has a name too."""
    person = directory.person(code)
    return person.name if person else code or _("系统")


@dataclass
class _Part:
    person: str
    because: tuple[str, ...] = ()
    behalf: str | None = None
    verdict: str = ""
    at: datetime | None = None
    opinion: str = ""
    claimed: bool = False


@dataclass
class _Opened:
    folding: "_Folding"
    visit: int
    node: str
    path: str
    state: str
    at: datetime
    need: int = 1
    closed: datetime | None = None
    parts: dict[str, _Part] = field(default_factory=dict)

    def close(self, state: str, at: datetime) -> None:
        """End the step."""
        self.state, self.closed = state, at

    def step(self) -> CaseStep:
        """Return what is known of it."""
        node = self.folding.flow.nodes.get(self.node)
        return CaseStep(
            visit=self.visit,
            path=self.path,
            node=self.node,
            name=(node.name if node else "") or self.node,
            kind=node.kind if node else "",
            state=self.state,
            opened_at=self.at,
            closed_at=self.closed,
            people=tuple(self.folding.person(one) for one in self.parts.values()),
            need=self.need,
            approved=sum(one.verdict in ("approved", "passed", "completed") for one in self.parts.values()),
            decide=node.decide.rule if node else "claim",
        )


@dataclass
class _Folding:
    """The steps so far."""

    flow: CompiledFlow
    directory: Directory
    opened: list[_Opened] = field(default_factory=list)

    def fold(self, move: m.Move, happened: Happened) -> None:
        """Take one fact in."""
        match move:
            case m.Submitted():
                self._submitted(happened)
            case m.VisitOpened():
                parts = {one.person: _Part(one.person, one.because, one.behalf) for one in move.assigned}
                self.opened.append(
                    _Opened(
                        self, move.visit, move.node, move.path, "active", happened.at, move.need, None, parts
                    )
                )
            case m.NoticeGiven():
                parts = {one.person: _Part(one.person, one.because, one.behalf) for one in move.assigned}
                told = _Opened(
                    self, move.visit, move.node, move.path, "told", happened.at, 0, happened.at, parts
                )
                self.opened.append(told)
            case m.TaskDone():
                self._done(move, happened)
            case m.TaskClaimed() | m.TaskReleased():
                self._part(move.visit, move.person).claimed = isinstance(move, m.TaskClaimed)
            case m.VisitClosed():
                self._visit(move.visit).close(move.outcome, happened.at)
            case m.SubtreeWithdrawn():
                for one in self.opened:
                    if one.state == "active" and one.path.startswith(move.path):
                        one.close("withdrawn", happened.at)
            case _:
                pass  # tokens, branches and effects are no steps of people

    def person(self, part: _Part) -> StepPerson:
        """Return somebody's part with today's names."""
        person = self.directory.person(part.person)
        department = self.directory.departments.get(person.department or "") if person else None
        return StepPerson(
            code=part.person,
            name=name_of(self.directory, part.person),
            department=department.name if department else "",
            verdict=part.verdict,
            at=part.at,
            opinion=part.opinion,
            because=part.because,
            behalf=name_of(self.directory, part.behalf) if part.behalf else "",
            claimed=part.claimed,
        )

    def _submitted(self, happened: Happened) -> None:
        again = happened.visit is not None and any(one.visit == happened.visit for one in self.opened)
        if not again:
            part = _Part(happened.actor, verdict="submitted", at=happened.at)
            first = _Opened(self, 0, START, "/", "completed", happened.at, 1, happened.at)
            first.parts[happened.actor] = part
            self.opened.append(first)

    def _done(self, move: m.TaskDone, happened: Happened) -> None:
        part = self._part(move.visit, move.person)
        part.verdict, part.at = move.verdict, happened.at
        if move.verdict == "passed":
            part.because = (*part.because, move.because) if move.because else part.because
        elif move.visit == happened.visit:
            part.opinion = happened.opinion or ""

    def _visit(self, number: int) -> _Opened:
        return next(one for one in reversed(self.opened) if one.visit == number)

    def _part(self, visit: int, person: str) -> _Part:
        return self._visit(visit).parts.setdefault(person, _Part(person))
