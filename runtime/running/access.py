"""The permission seam of one action: what the acting person may do with records of any entity."""

from typing import Any

from sqlalchemy import ColumnElement

from runtime.language.app import Permission
from runtime.language.expressions import Env, parse
from runtime.language.expressions.subset import filter_of
from runtime.language.refusal import Forbidden, NotFound
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity
from runtime.records.rights import FieldRights, reader_rights
from runtime.running.context import Context
from runtime.store.access import Access
from runtime.store.case_story import takes_part
from runtime.store.entity_tables import EntityTable
from runtime.store.filter_sql import filter_clause
from runtime.store.grants import Grant


def access_to(context: Context, path: str) -> Access:
    """Return what the acting person may do with records of "pack/entity".

    :raises NotFound: if there is no such entity.
    :raises Forbidden: if the system asks: it does not see with a person's eyes.
    """
    if context.actor is None:
        raise Forbidden("nobody", _("只有人员可以查看数据。"))
    entity = context.world.entity(path)
    return Access(
        context.tx,
        there=context.tables.get(path),
        entity=entity,
        viewer=context.actor,
        directory=context.directory,
        grants=context.world.grants.on(path),
        where=lambda grant, there: _where(context, grant, there),
        part=_part(context, entity),
    )


def _part(context: Context, entity: CompiledEntity) -> FieldRights | None:
    """Return what a list shows of a case to somebody who only took part in it.

    Which node they had is asked where one case is opened; here whatever any node hides is hidden.
    """
    flows = context.world.app(entity.pack).app.flows
    own = [flow for flow in flows if flow.form == entity.entity.code]
    hidden = {path for flow in own for path in flow.start.hide}
    hidden |= {path for flow in own for node in flow.nodes for path in node.hide}
    if not hidden:
        return None
    everything = Permission(who="", on=(), scope="all", can=("view",), hide=tuple(hidden))
    return reader_rights(entity, [everything])


def may_read_case(context: Context, *, case_id: int, entity: int, record: int) -> bool:
    """Return whether the acting person may read a case: took part in it, or may see its record."""
    if takes_part(context.tx, case_id=case_id, person=context.actor_id):
        return True
    try:
        return access_to(context, context.tables.by_number(entity).path).standing(record).can("view")
    except NotFound:
        return False


def _where(context: Context, grant: Grant, there: EntityTable) -> ColumnElement[bool]:
    entity = context.world.entity(there.path)
    source: Any = grant.permission.where
    condition = filter_of(parse(source), names=entity.names)
    env = Env(ports=context.ports(grant.app))
    return filter_clause(condition, columns=there.names, values=condition.values(env), codes=codes(context))


def codes(context: Context) -> Any:
    """Return how system columns that stand for people turn a person's code into what is stored."""

    def number(code: Any) -> int | None:
        person = context.directory.person(code)
        return person.id if person else None

    return {"record.owner": number, "record.created_by": number}
