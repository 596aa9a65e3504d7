"""Rows of scopes, visits and tasks as a plan adds them, and the numbers behind the engine's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from runtime.engine.plan import Plan
from runtime.engine.state import Scope, Task, Visit
from runtime.language.directory import Directory
from runtime.nodes import move as m
from runtime.store.case_situation import CASE_WORD, OUTCOME_WORD, SCOPE_WORD, TASK_WORD, VISIT_WORD
from runtime.store.lock_case import Locked
from runtime.store.states import TaskKind, Verdict

CASE_CODE = {word: code for code, word in CASE_WORD.items()}
VISIT_CODE = {word: code.value for code, word in VISIT_WORD.items()}
SCOPE_CODE = {word: code.value for code, word in SCOPE_WORD.items()}
_TASK_CODE = {word: code.value for code, word in TASK_WORD.items()}
OUTCOME_CODE = {word: code for code, word in OUTCOME_WORD.items()}
VERDICT_CODE = {one.name.lower(): one.value for one in Verdict}


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what when: the event's own columns."""

    kind: str
    #: 0 is the system.
    actor: int
    at: datetime
    node: str | None = None
    behalf: int | None = None
    token: str | None = None
    opinion: str | None = None
    files: tuple[str, ...] = ()
    changes: Mapping[str, Any] | None = None
    answer: Any = None


@dataclass(frozen=True, slots=True)
class Texts:
    """What lists show of a case, written again on every task."""

    title: str
    no: str | None
    flow_name: str
    initiator_name: str
    #: Name of each node by code.
    nodes: Mapping[str, str]


def scope_row(case: int, one: Scope) -> tuple[Any, ...]:
    """Return the row of a new split."""
    stands = SCOPE_CODE[one.state]
    return (case, one.no, one.path, one.node, one.visit, one.expected, one.arrived, one.ended, stands)


def visit_row(case: int, one: Visit, *, seq: int, at: datetime) -> tuple[Any, ...]:
    """Return the row of a new visit; `seq` is the event that opens it."""
    return (
        case,
        one.no,
        one.path,
        one.node,
        one.submission,
        one.need,
        one.total,
        one.open,
        one.approved,
        one.rejected,
        VISIT_CODE[one.state],
        OUTCOME_CODE.get(one.outcome or ""),
        one.came_from,
        seq,
        at,
        None if one.state == "open" else at,
    )


def task_rows(
    plan: Plan, *, locked: Locked, deed: Deed, texts: Texts, directory: Directory
) -> Iterable[tuple[Any, ...]]:
    """Yield the rows of new tasks and notices, with what lists show written on each."""
    for move in plan.moves:
        if not isinstance(move, m.VisitOpened | m.NoticeGiven):
            continue
        kind = TaskKind.TODO if isinstance(move, m.VisitOpened) else TaskKind.NOTICE
        for one in move.assigned:
            stands: Task = plan.state.tasks[move.visit, one.person]
            yield (
                locked.id,
                move.visit,
                move.path,
                directory.people[one.person].id,
                directory.people[one.behalf].id if one.behalf else None,
                kind.value,
                _TASK_CODE[stands.state],
                VERDICT_CODE.get(stands.verdict or ""),
                move.node,
                texts.title,
                locked.app,
                texts.flow_name,
                texts.nodes.get(move.node) or move.node,
                locked.initiator,
                texts.initiator_name,
                deed.at,
                None if stands.state == "open" else deed.at,
            )
