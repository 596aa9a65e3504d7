"""What the engine may ask of a case beyond its own path; read only where a policy or a return needs it."""

from sqlalchemy import Text, and_, bindparam, select

from runtime.engine.situation import Passed
from runtime.language.directory import Directory
from runtime.store.case_situation import code_of
from runtime.store.send import among, prepared, send
from runtime.store.session import Session
from runtime.store.states import Outcome, TaskKind, TaskState, Verdict, VisitState
from runtime.store.tables import task, visit

_YES = (Verdict.APPROVED.value, Verdict.COMPLETED.value, Verdict.PASSED.value)
_DONE = and_(task.c.kind == TaskKind.TODO.value, task.c.state == TaskState.DONE.value)
_IN_CASE = task.c.case_id == bindparam("case")
_HANDLERS = prepared(
    select(task.c.assignee)
    .where(_IN_CASE, task.c.visit_no == bindparam("visit"), _DONE, among(task.c.verdict, _YES))
    .order_by(task.c.closed_at, task.c.id)
)
_ACTED = prepared(
    select(task.c.assignee)
    .where(_IN_CASE, task.c.visit_no == bindparam("visit"), _DONE, task.c.verdict != Verdict.PASSED.value)
    .order_by(task.c.closed_at, task.c.id)
)
_COUNTS = and_(
    visit.c.case_id == task.c.case_id, visit.c.no == task.c.visit_no, visit.c.state == VisitState.CLOSED.value
)
_EARLIER = prepared(
    select(task.c.assignee)
    .join(visit, _COUNTS)
    .where(_IN_CASE, _DONE, task.c.verdict == Verdict.APPROVED.value)
    .distinct()
)
_PASSED = prepared(
    select(visit.c.no, visit.c.node, visit.c.path, task.c.assignee)
    .join(task, and_(task.c.case_id == visit.c.case_id, task.c.visit_no == visit.c.no))
    .where(
        visit.c.case_id == bindparam("case"),
        visit.c.state == VisitState.CLOSED.value,
        among(visit.c.outcome, [Outcome.APPROVED.value, Outcome.COMPLETED.value]),
        bindparam("path", type_=Text).like(visit.c.path + "%"),
        _DONE,
        among(task.c.verdict, _YES),
    )
    .order_by(visit.c.no, task.c.id)
)


def handlers(tx: Session, *, case_id: int, visit_no: int, directory: Directory) -> tuple[str, ...]:
    """Return who finished a task of this visit in favour, in order."""
    return _codes(directory, send(tx, _HANDLERS, case=case_id, visit=visit_no))


def acted(tx: Session, *, case_id: int, visit_no: int, directory: Directory) -> tuple[str, ...]:
    """Return who finished a task of this visit themselves, whatever they decided, in order."""
    return _codes(directory, send(tx, _ACTED, case=case_id, visit=visit_no))


def earlier(tx: Session, *, case_id: int, directory: Directory) -> frozenset[str]:
    """Return who approved in this case since the last return or submission; what was taken back is out."""
    return frozenset(_codes(directory, send(tx, _EARLIER, case=case_id)))


def passed(tx: Session, *, case_id: int, path: str, directory: Directory) -> tuple[Passed, ...]:
    """Return the human nodes completed at `path` or above it that still count, oldest first."""
    people: dict[tuple[int, str, str], list[str]] = {}
    for number, node, where, assignee in send(tx, _PASSED, case=case_id, path=path):
        people.setdefault((number, node, where), []).append(code_of(directory, assignee))
    return tuple(Passed(number, node, where, tuple(who)) for (number, node, where), who in people.items())


def _codes(directory: Directory, rows: list[tuple[int, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code_of(directory, row[0]) for row in rows))
