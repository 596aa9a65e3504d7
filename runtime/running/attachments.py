"""Files that answers name: they must be the person's own, and then hang on the record."""

from runtime.records.cells import cells
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.store import files

FILE_TYPES = frozenset({"attachment", "image"})


def attach(context: Context, entity: CompiledEntity, record: Record) -> None:
    """Hang the files that people named in answers on the record.

    What the system copied there (a rule, a lookup) hangs where it was named first.

    :raises InvalidAnswers: at the field that names a file which is not there to be named.
    """
    named: dict[str, list[str]] = {}
    for cell in cells(entity, record.values):
        if cell.field.field.type in FILE_TYPES and cell.field.answerable:
            named.setdefault(cell.field.path, []).extend(cell.value or ())
    for path, ids in named.items():
        if ids:
            files.attach(
                context.tx,
                ids,
                by=context.actor_id,
                entity=context.tables.get(record.entity).number,
                record_id=record.id or 0,
                field=path,
            )
