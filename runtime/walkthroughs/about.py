"""Which record a step is about."""

from sqlalchemy import select

from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity
from runtime.running.context import Context
from runtime.store.entity_tables import EntityTable
from runtime.store.tables import flow_case
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.script import WrongScript


def about(scene: Scene, context: Context) -> tuple[CompiledEntity, EntityTable, int]:
    """Return the record that the step is about: the one opened or entered, else the case's.

    :raises WrongScript: if there is none yet.
    """
    if scene.record is not None:
        path, number = scene.record
        return context.world.entity(path), context.tables.get(path), number
    row = context.tx.execute(select(flow_case).where(flow_case.c.id == scene.focus)).one_or_none()
    if row is None:
        raise WrongScript(_("还没有单据或记录可以核对"))
    entity = context.world.release(context.tx, row.release_id).form_of(row.flow)
    return entity, context.tables.by_number(row.entity), row.record_id
