"""Files that answers name: they must be the person's own, and then hang on the record."""

from collections.abc import Mapping
from dataclasses import replace

from runtime.language.refusal import InvalidAnswers
from runtime.records.cells import Cell, cells
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.running.file_limits import is_limited, unfit_file
from runtime.store import files

FILE_TYPES = frozenset({"attachment", "image"})


def attach(context: Context, entity: CompiledEntity, record: Record) -> None:
    """Hang the files that people named in answers on the record.

    What the system copied there (a rule, a lookup) hangs where it was named first.

    :raises InvalidAnswers: at the field that names a file which is not there to be named.
    """
    if not any(one.field.type in FILE_TYPES for one in entity.everything()):
        return
    named: dict[str, list[str]] = {}
    limited: dict[str, Cell] = {}
    for cell in cells(entity, record.values):
        if cell.field.field.type in FILE_TYPES and cell.field.answerable:
            named.setdefault(cell.field.path, []).extend(cell.value or ())
            if is_limited(cell.field):
                limited |= dict.fromkeys(cell.value or (), cell)
    _check_limits(context, limited)
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


def _check_limits(context: Context, limited: Mapping[str, Cell]) -> None:
    """Refuse files that a field does not take; where they were uploaded, nobody may have known the field."""
    problems = []
    for name, file in files.find_many(context.tx, limited).items() if limited else ():
        cell = limited[name]
        found = unfit_file(cell.field, name=file.name, size=file.size, content_type=file.content_type)
        if found and file.entity is None:
            problems.append(replace(found, path=cell.path))
    if problems:
        raise InvalidAnswers(problems)
