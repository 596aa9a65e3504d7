"""A case as its page tells it: what happened, who has it now, and why they."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select

from runtime.engine.codec import decode
from runtime.language.directory import Directory
from runtime.nodes import move as m
from runtime.store.case_situation import code_of
from runtime.store.session import Session
from runtime.store.states import TaskKind, TaskState, VisitState
from runtime.store.tables import event, flow_case, task, visit


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The case row. People are codes."""

    id: int
    release: int
    app: str
    flow: str
    entity: int
    record: int
    no: str | None
    title: str
    state: int
    submission: int
    acts: int
    initiator: str
    initiator_dept: str | None
    opened_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history. `actor` is "" for the system."""

    seq: int
    at: datetime
    actor: str
    behalf: str | None
    kind: str
    node: str | None
    visit: int | None
    opinion: str | None
    files: tuple[str, ...]
    changes: dict[str, Any]
    moves: tuple[m.Move, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open visit and who has it."""

    visit: int
    node: str
    opened_at: datetime
    #: Number of the event that opened it.
    event: int
    need: int
    total: int
    approved: int
    people: tuple[str, ...]
    claimed: str | None


@dataclass(frozen=True, slots=True)
class OwnTask:
    """An open task of the person who looks."""

    id: int
    visit: int
    node: str
    kind: int


def head(tx: Session, *, case_id: int, directory: Directory) -> CaseHead | None:
    """Return the case, or None if there is none."""
    c = flow_case.c
    row = tx.execute(select(flow_case).where(c.id == case_id)).one_or_none()
    if row is None:
        return None
    return CaseHead(
        id=row.id,
        release=row.release_id,
        app=row.app,
        flow=row.flow,
        entity=row.entity,
        record=row.record_id,
        no=row.no,
        title=row.title,
        state=row.state,
        submission=row.submission,
        acts=row.acts,
        initiator=code_of(directory, row.initiator),
        initiator_dept=row.initiator_dept,
        opened_at=row.opened_at,
        submitted_at=row.submitted_at,
        closed_at=row.closed_at,
    )


def history(tx: Session, *, case_id: int, directory: Directory) -> list[Happened]:
    """Return everything that happened, oldest first."""
    rows = tx.execute(select(event).where(event.c.case_id == case_id).order_by(event.c.seq))
    return [
        Happened(
            seq=row.seq,
            at=row.at,
            actor=code_of(directory, row.actor),
            behalf=code_of(directory, row.behalf) or None,
            kind=row.kind,
            node=row.node,
            visit=row.visit_no,
            opinion=row.opinion,
            files=tuple(row.files or ()),
            changes=row.changes or {},
            moves=tuple(decode(move) for move in row.moves),
        )
        for row in rows
    ]


def waiting(tx: Session, *, case_id: int, directory: Directory) -> list[Waiting]:
    """Return the open visits with their people, in the order they were opened; two statements."""
    visits = tx.execute(
        select(visit)
        .where(visit.c.case_id == case_id, visit.c.state == VisitState.OPEN.value)
        .order_by(visit.c.no)
    ).all()
    if not visits:
        return []
    people: dict[int, list[str]] = {}
    tasks = select(task.c.visit_no, task.c.assignee).where(
        task.c.case_id == case_id,
        task.c.kind == TaskKind.TODO.value,
        task.c.state == TaskState.OPEN.value,
    )
    for number, assignee in tx.execute(tasks.order_by(task.c.id)):
        people.setdefault(number, []).append(code_of(directory, assignee))
    return [
        Waiting(
            visit=row.no,
            node=row.node,
            opened_at=row.opened_at,
            event=row.event_seq,
            need=row.need,
            total=row.total,
            approved=row.approved,
            people=tuple(people.get(row.no, ())),
            claimed=code_of(directory, row.claimed) or None,
        )
        for row in visits
    ]


def own_tasks(tx: Session, *, case_id: int, person: int) -> list[OwnTask]:
    """Return the person's open tasks and unread notices in this case."""
    rows = tx.execute(
        select(task.c.id, task.c.visit_no, task.c.node, task.c.kind)
        .where(task.c.case_id == case_id, task.c.assignee == person, task.c.state == TaskState.OPEN.value)
        .order_by(task.c.kind, task.c.id)
    )
    return [OwnTask(*row) for row in rows]


def last_node(tx: Session, *, case_id: int, person: int) -> str | None:
    """Return the node of the person's latest task or notice in this case, None if there was none."""
    rows = select(task.c.node).where(
        task.c.case_id == case_id, or_(task.c.assignee == person, task.c.behalf == person)
    )
    return tx.execute(rows.order_by(task.c.id.desc()).limit(1)).scalar()


def takes_part(tx: Session, *, case_id: int, person: int) -> bool:
    """Return whether the person started the case or ever had a task or a notice in it."""
    started = exists().where(flow_case.c.id == case_id, flow_case.c.initiator == person)
    had = exists().where(task.c.case_id == case_id, or_(task.c.assignee == person, task.c.behalf == person))
    return bool(tx.execute(select(or_(started, had))).scalar())


def case_of_task(tx: Session, *, task_id: int, person: int) -> int | None:
    """Return the case of a task of this person, None if it is somebody else's or does not exist."""
    found = select(task.c.case_id).where(task.c.id == task_id, task.c.assignee == person)
    return tx.execute(found).scalar()


def because(history: list[Happened], *, visit_no: int, person: str) -> tuple[str, ...]:
    """Return why a visit's task went to this person ("为什么是我?"), step by step."""
    for happened in history:
        for move in happened.moves:
            if isinstance(move, m.VisitOpened | m.NoticeGiven) and move.visit == visit_no:
                return next((one.because for one in move.assigned if one.person == person), ())
    return ()
