"""Who refers to a row: the tables and forms whose lookups point to it."""

from collections.abc import Iterator

from sqlalchemy import select

from runtime.fields.lookup import ref_column
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.running.context import Context
from runtime.store.table_reads import live


def referrer(context: Context, path: str, row_id: int) -> str | None:
    """Return the name of a table or form that refers to row `row_id` of "pack/entity", None if none does.

    Drafts and deleted rows do not count.
    """
    for compiled, field in _lookups(context, path):
        there = context.tables.get(compiled.path)
        holds = select(there.table.c.id).where(live(there))
        subtable, dot, _ = field.path.partition(".")
        owner = there.rows[subtable] if dot else there
        if dot:
            holds = holds.join(owner.table, owner.table.c.parent_id == there.table.c.id)
        points = owner.column(ref_column(field.field)) == row_id
        if context.tx.execute(holds.where(points).limit(1)).first():
            return compiled.entity.name
    return None


def _lookups(context: Context, path: str) -> Iterator[tuple[CompiledEntity, CompiledField]]:
    for app in context.world.apps.values():
        for entity in app.entities:
            compiled = context.world.entity(f"{app.code}/{entity.code}")
            for field in compiled.lookups():
                if field.field.options["from"] == path:
                    yield compiled, field
