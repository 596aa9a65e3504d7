"""Whether a whole database holds together: every case with its history, its ledger and its deliveries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, Table, func, select

from runtime.engine.codec import decode
from runtime.engine.state import Scope, State, Task, Visit, fold
from runtime.language.directory import Directory
from runtime.store import directory as directories
from runtime.store.case_situation import CASE_WORD, OUTCOME_WORD, SCOPE_WORD, TASK_WORD, VISIT_WORD
from runtime.store.session import Session, Sessions
from runtime.store.states import OutboxState, ScopeState, TaskKind, TaskState, Verdict, VisitState
from runtime.store.tables import effect, event, flow_case, notice, outbox, scope, task, visit
from tests.faults.ledger import ledger_faults
from tests.faults.record_rows import record_faults

_VERDICT = {one.value: one.name.lower() for one in Verdict}
_OPEN = (TaskState.OPEN.value, TaskState.CLAIMED.value)
_ENDED = ("approved", "rejected", "terminated")


def inconsistencies(engine: Engine) -> list[str]:
    """Return a sentence for everything in the database that does not fit the rest; nothing is left out."""
    with Sessions(engine)() as tx:
        return faults(tx)


def faults(tx: Session) -> list[str]:
    """Return the same of what this session sees."""
    directory = directories.read(tx, revision=0)
    found = [fault for one in _stories(tx) for fault in _case_faults(one, directory)]
    found += [*_tokens(tx), *ledger_faults(tx), *record_faults(tx), *_deliveries(tx)]
    return [*found, *_strays(tx)]


@dataclass
class _Story:
    """All rows of one case."""

    case: Row[Any]
    events: list[Row[Any]]
    scopes: list[Row[Any]]
    visits: list[Row[Any]]
    tasks: list[Row[Any]]

    @property
    def name(self) -> str:
        return f"case {self.case.id} ({self.case.flow})"


def _stories(tx: Session) -> Iterator[_Story]:
    events, scopes, visits, tasks = (
        _by_case(tx, table, order)
        for table, order in ((event, "seq"), (scope, "no"), (visit, "no"), (task, "id"))
    )
    for case in tx.execute(select(flow_case).order_by(flow_case.c.id)).all():
        yield _Story(case, events[case.id], scopes[case.id], visits[case.id], tasks[case.id])


def _by_case(tx: Session, table: Table, order: str) -> defaultdict[int, list[Row[Any]]]:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in tx.execute(select(table).order_by(table.c.case_id, table.c[order])):
        found[row.case_id].append(row)
    return found


def _case_faults(story: _Story, directory: Directory) -> Iterator[str]:
    numbers = [one.seq for one in story.events]
    if numbers != list(range(1, story.case.seq + 1)):
        yield f"{story.name}: events {numbers}, but the last is number {story.case.seq}"
    told = fold(decode(move) for one in story.events for move in one.moves)
    yield from (f"{story.name}: {fault}" for fault in _differences(told, story, directory))
    yield from (f"{story.name}: {fault}" for fault in _left_open(story))


def _differences(told: State, story: _Story, directory: Directory) -> Iterator[str]:
    """Yield where the rows are not what the history says."""
    case = story.case
    row = (CASE_WORD[case.state], case.submission, case.visits, case.scopes, case.acts)
    said = (told.case.state, told.case.submission, told.case.visits, told.case.scopes, told.case.acts)
    yield from _unlike("the case", said, row)
    rows = {one.no: _visit(one, directory) for one in story.visits}
    yield from _unlike_each("visit", told.visits, rows)
    yield from _unlike_each("scope", told.scopes, {one.no: _scope(one) for one in story.scopes})
    tasks = {(one.visit_no, _code(directory, one.assignee)): _task(one) for one in story.tasks}
    yield from _unlike_each("task", told.tasks, tasks)
    if len(tasks) != len(story.tasks):
        yield "somebody has two tasks in one visit"


def _left_open(story: _Story) -> Iterator[str]:
    """Yield what still waits where nobody can come any more."""
    open_visits = {one.no for one in story.visits if one.state == VisitState.OPEN.value}
    for one in story.tasks:
        if one.kind == TaskKind.TODO.value and one.state in _OPEN and one.visit_no not in open_visits:
            yield f"task {one.id} is open in the closed visit {one.visit_no}"
    for number in open_visits:
        left = sum(1 for one in story.tasks if one.visit_no == number and one.state in _OPEN)
        stands = next(one.open for one in story.visits if one.no == number)
        if left != stands:
            yield f"visit {number} says {stands} open tasks, and has {left}"
    if CASE_WORD[story.case.state] in _ENDED:
        open_scopes = [one.no for one in story.scopes if one.state == ScopeState.OPEN.value]
        if open_visits or open_scopes:
            yield f"it is over, but visits {sorted(open_visits)} and scopes {open_scopes} are open"


def _tokens(tx: Session) -> Iterator[str]:
    token = event.c.client_token
    twice = select(token).where(token.is_not(None)).group_by(token).having(func.count() > 1)
    yield from (f"token {one} was accepted twice" for one in tx.scalars(twice))


def _deliveries(tx: Session) -> Iterator[str]:
    """Yield keys written twice, and notices that are not exactly those of the deliveries done."""
    rows = tx.execute(select(outbox.c.key, outbox.c.payload, outbox.c.state)).all()
    yield from (
        f"delivery {key} is there twice" for key, n in Counter(row.key for row in rows).items() if n > 1
    )
    due = Counter(
        (person, row.payload.get("case_id"), row.payload["kind"], row.payload["title"])
        for row in rows
        if row.state == OutboxState.DONE.value
        for person in row.payload["people"]
    )
    there = Counter(
        map(tuple, tx.execute(select(notice.c.person, notice.c.case_id, notice.c.kind, notice.c.title)))
    )
    yield from (f"notice {one} is missing {n} times" for one, n in (due - there).items())
    yield from (f"notice {one} is there {n} times too often" for one, n in (there - due).items())


def _strays(tx: Session) -> Iterator[str]:
    """Yield rows of cases that are not there."""
    for table in (event, scope, visit, task, effect):
        known = select(flow_case.c.id)
        for number in tx.scalars(select(table.c.case_id).where(table.c.case_id.not_in(known)).distinct()):
            yield f"{table.name} has rows of case {number}, which does not exist"


def _unlike(what: str, said: Any, row: Any) -> Iterator[str]:
    if said != row:
        yield f"{what}: the history says {said}, the rows say {row}"


def _unlike_each(what: str, said: dict[Any, Any], rows: dict[Any, Any]) -> Iterator[str]:
    for key in said.keys() | rows.keys():
        yield from _unlike(f"{what} {key}", said.get(key), rows.get(key))


def _code(directory: Directory, number: int | None) -> str | None:
    person = directory.by_id(number)
    return person.code if person else None


def _visit(row: Row[Any], directory: Directory) -> Visit:
    return Visit(
        no=row.no,
        node=row.node,
        path=row.path,
        submission=row.submission,
        need=row.need,
        total=row.total,
        open=row.open,
        approved=row.approved,
        rejected=row.rejected,
        state=VISIT_WORD[VisitState(row.state)],
        outcome=OUTCOME_WORD.get(row.outcome),
        came_from=row.came_from,
        claimed=_code(directory, row.claimed),
    )


def _scope(row: Row[Any]) -> Scope:
    word = SCOPE_WORD[ScopeState(row.state)]
    return Scope(row.no, row.node, row.path, row.expected, row.arrived, row.ended, word, row.visit_no)


def _task(row: Row[Any]) -> Task:
    kind = "todo" if row.kind == TaskKind.TODO.value else "notice"
    return Task(TASK_WORD[TaskState(row.state)], _VERDICT.get(row.verdict), kind)
