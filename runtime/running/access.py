"""The permission seam of one action: what the acting person may do with records of any entity."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from runtime.language.expressions import Env, parse
from runtime.language.expressions.subset import filter_of
from runtime.language.refusal import Forbidden, NotFound
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
        raise Forbidden("nobody", "只有人员可以查看数据。")
    return Access(
        context.tx,
        there=context.tables.get(path),
        entity=context.world.entity(path),
        viewer=context.actor,
        directory=context.directory,
        grants=context.world.grants.on(path),
        where=lambda grant, there: _where(context, grant, there),
    )


def pickable(access: Access) -> ColumnElement[bool]:
    """Return the condition of the rows to choose from in a lookup: who may see a row may pick it."""
    return or_(access.rows_clause("pick"), access.rows_clause("view"))


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
