"""Files that answers name: they must exist, be the person's own, and then belong to the record."""

from collections.abc import Iterator

from sqlalchemy import select, update

from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers
from runtime.records.cells import Cell, cells
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.running.context import Context
from runtime.store.tables import file

FILE_TYPES = frozenset({"attachment", "image"})


def attach(context: Context, entity: CompiledEntity, record: Record) -> None:
    """Tie the files that the record's answers name to the record.

    Somebody else's file cannot be named to get at it: a file is taken if the person uploaded it, or if it
    already belongs to this record, or if nobody could have typed it in (copied by the system).

    :raises InvalidAnswers: at the field that names a file which is not there to be named.
    """
    named = {name: cell for cell in _file_cells(entity, record) for name in cell.value or ()}
    if not named:
        return
    c = file.c
    rows = context.tx.execute(
        select(c.id, c.uploaded_by, c.entity, c.record_id).where(c.id.in_(sorted(named)))
    )
    found = {row.id: row for row in rows}
    there = context.tables.get(record.entity).number
    problems, fresh = [], []
    for name, cell in named.items():
        row = found.get(name)
        ours = row is not None and (row.entity, row.record_id) == (there, record.id)
        typed = cell.field.answerable
        if row is None or (typed and not ours and row.uploaded_by != context.actor_id):
            problems.append(
                Problem("no_such_file", cell.path, f"{cell.name}：附件不存在或已过期，请重新上传。")
            )
        elif row.entity is None:
            fresh.append((name, cell.field.path))
    if problems:
        raise InvalidAnswers(problems)
    for name, path in fresh:
        context.tx.execute(
            update(file).where(c.id == name).values(entity=there, record_id=record.id, field=path)
        )


def _file_cells(entity: CompiledEntity, record: Record) -> Iterator[Cell]:
    return (cell for cell in cells(entity, record.values) if cell.field.field.type in FILE_TYPES)
