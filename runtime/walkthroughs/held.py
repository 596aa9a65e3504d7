"""A case and its record, as somebody about to work on it has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from runtime.language.directory import Person
from runtime.records.compiled import CompiledEntity
from runtime.store import records
from runtime.store.states import CaseState, TaskKind, TaskState
from runtime.store.tables import flow_case, task
from runtime.walkthroughs.scene import Scene


@dataclass(frozen=True, slots=True)
class Held:
    """A case with its record."""

    case: int
    entity: CompiledEntity
    values: Mapping[str, Any]
    #: Its start task, if it was returned.
    task: int | None = None


def held(scene: Scene, case_id: int, task_id: int | None = None) -> Held:
    """Return the case with its record as it is now."""
    with scene.context() as context:
        row = context.tx.execute(select(flow_case).where(flow_case.c.id == case_id)).one()
        entity = context.world.release(context.tx, row.release_id).form_of(row.flow)
        record = records.read(context.tx, context.tables.by_number(row.entity), row.record_id)
        return Held(case_id, entity, record.values, task_id)


def waiting(scene: Scene, case_id: int | None, person: Person, flow: str) -> Held | None:
    """Return the case if it is of this flow and waits for its initiator: draft, withdrawn, returned."""
    if case_id is None:
        return None
    with scene.session() as session:
        row = session.execute(select(flow_case).where(flow_case.c.id == case_id)).one()
    if f"{row.app}/{row.flow}" != flow:
        return None
    if row.state in (CaseState.DRAFT, CaseState.WITHDRAWN):
        return held(scene, case_id)
    number = latest_task(scene, case_id, "start", person, only_open=True)
    return None if number is None else held(scene, case_id, number)


def latest_task(
    scene: Scene, case_id: int, node: str, person: Person | None, *, only_open: bool = False
) -> int | None:
    """Return the number of the person's (None: anybody's) latest task at a node, None if there was none."""
    asked = select(task.c.id).where(
        task.c.case_id == case_id, task.c.node == node, task.c.kind == TaskKind.TODO.value
    )
    if person is not None:
        asked = asked.where(task.c.assignee == person.id)
    if only_open:
        asked = asked.where(task.c.state == TaskState.OPEN.value)
    with scene.session() as session:
        found: int | None = session.scalar(asked.order_by(task.c.id.desc()).limit(1))
        return found
