"""Records that a case wrote, as far as a person may see them: where its page leads on to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from runtime.language.refusal import NotFound
from runtime.records.record import Record
from runtime.records.show import title
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.running.draw_cell import Drawing
from runtime.running.record_env import record_env
from runtime.store import effects, records
from runtime.store.access import Access, Standing

#: Records that a page names; a case may have written hundreds of rows.
_MOST = 12


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """A record that a case wrote."""

    #: `pack/entity`.
    entity: str
    entity_name: str
    id: int
    title: str


def written_records(context: Context, *, case_id: int) -> tuple[WrittenRecord, ...]:
    """Return the records that the rules of a case wrote and that still stand, by table."""
    by_entity: dict[int, list[int]] = {}
    for entity, row in effects.rows_of_case(context.tx, case_id=case_id, limit=_MOST):
        by_entity.setdefault(entity, []).append(row)
    return tuple(one for entity, rows in by_entity.items() for one in _named(context, entity, rows))


def _named(context: Context, entity: int, rows: Iterable[int]) -> Iterator[WrittenRecord]:
    try:
        access = access_to(context, context.tables.by_number(entity).path)
    except NotFound:
        return  # its app is gone
    for record in records.read_many(context.tx, access.there, rows).values():
        try:
            standing = access.standing(record.id or 0)
        except NotFound:
            continue
        if standing.can("view"):
            name = _title(context, access, record, standing)
            yield WrittenRecord(access.entity.path, access.entity.entity.name, record.id or 0, name)


def _title(context: Context, access: Access, record: Record, standing: Standing) -> str:
    """Return the record's title without what a permission hides."""
    entity = access.entity
    env = record_env(record, ports=context.ports(entity.pack), directory=context.directory)
    seen = Drawing(context, entity, record.values, access.rights(standing), env).seen
    return title(entity, seen, env=env.of(seen))
