"""Writing records of any entity: only what changed, with its history and formulas, in one transaction.

Nothing is written for a change that changes nothing. New records are made in `store/record_inserts.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Executable, bindparam
from sqlalchemy import update as update_of

from runtime.language.refusal import Conflict
from runtime.language.speech import _
from runtime.records.record import Record
from runtime.store.entity_tables import SYSTEM, EntityTable
from runtime.store.normal import normal_values
from runtime.store.record_inserts import Recompute
from runtime.store.revisions import Cause, keep_revision
from runtime.store.row_changes import write_rows
from runtime.store.schema_guard import note_written
from runtime.store.send import send
from runtime.store.session import Session
from runtime.store.unique_violations import as_problems


def update(
    tx: Session,
    there: EntityTable,
    record: Record,
    changes: Mapping[str, Any],
    *,
    cause: Cause,
    system: Mapping[str, Any] | None = None,
    recompute: Recompute | None = None,
    silent: Collection[str] = (),
) -> Record:
    """Write what `changes` (fields, and sub-tables as whole lists) really change, and return the new record.

    Rows keep their id: those with one are changed, those without are new, those missing are removed.
    `system` changes system columns by their name in `Record` (`owner`, `state` …). `silent` fields leave no
    trace in the history. A sub-table that `record` was read without must not be among the changes, and
    formulas are recomputed only from a whole record.

    :raises Conflict: if the record was written since it was read, or a row is not there any more.
    :raises InvalidAnswers: if a value that must be unique is there already.
    """
    assert recompute is None or there.rows.keys() <= record.values.keys(), "formulas need the whole record"
    wanted = {**record.values, **changes}
    whole = normal_values(there, recompute(wanted) if recompute else wanted)
    columns = {name: whole[name] for name in there.columns if whole[name] != record.values.get(name)}
    given = {name: value for name, value in (system or {}).items() if value != getattr(record, name)}
    lists = [code for code in there.rows if code in record.values and whole.get(code) != record.values[code]]
    if not (columns or given or lists):
        return record
    assert record.id is not None, "a record that is not stored cannot be changed"
    trace: dict[str, Any] = {
        name: [record.values.get(name), value] for name, value in columns.items() if name not in silent
    }
    trace |= {f"record.{name}": [getattr(record, name), value] for name, value in given.items()}
    changed = replace(record, rev=record.rev + 1, updated_at=cause.at, **given)
    with as_problems(there, whole):
        _write(
            tx, there, record, {**columns, **{SYSTEM[name]: value for name, value in given.items()}}, cause
        )
        for code in lists:
            rows = write_rows(tx, there.rows[code], record.values[code], whole[code], parent=record.id)
            whole[code] = rows.rows
            if code not in silent and rows.trace:
                trace[code] = rows.trace
    keep_revision(tx, entity=there.number, record_id=record.id, rev=changed.rev, cause=cause, changes=trace)
    return replace(changed, values=whole)


def delete(tx: Session, there: EntityTable, record: Record, *, cause: Cause) -> None:
    """Take the record out of everybody's sight; its rows, its history and its number stay.

    :raises Conflict: if it was written since it was read.
    """
    _mark(tx, there, record, cause, deleted=True)


def restore(tx: Session, there: EntityTable, record: Record, *, cause: Cause) -> Record:
    """Bring a deleted record back (as `delete` was given it, one `rev` later) and return it.

    :raises InvalidAnswers: if a value that must be unique has been taken meanwhile.
    """
    gone = replace(record, rev=record.rev + 1)
    with as_problems(there, record.values):
        _mark(tx, there, gone, cause, deleted=False)
    return replace(gone, rev=gone.rev + 1, updated_at=cause.at)


def _mark(tx: Session, there: EntityTable, record: Record, cause: Cause, *, deleted: bool) -> None:
    assert record.id is not None, "a record that is not stored cannot be deleted"
    _write(tx, there, record, {"s_deleted_at": cause.at if deleted else None}, cause)
    changes = {"record.deleted": [not deleted, deleted]}
    keep_revision(
        tx, entity=there.number, record_id=record.id, rev=record.rev + 1, cause=cause, changes=changes
    )


def _write(tx: Session, there: EntityTable, record: Record, values: Mapping[str, Any], cause: Cause) -> None:
    """Set the columns (by key of the values, or system name), unless somebody was faster."""
    note_written(tx, there)
    names = [there.columns[name].name if name in there.columns else name for name in values]
    statement = there.statement(("update", *names), make=lambda: _change(there, names))
    bound = {f"set_{at}": value for at, value in enumerate(values.values())}
    key = {"record_key": record.id, "seen": record.rev, "next": record.rev + 1, "now": cause.at}
    if not send(tx, statement, **key, **bound):
        raise Conflict("record_changed", _("这条记录刚刚被修改或删除，请刷新后再试。"))


def _change(there: EntityTable, names: Sequence[str]) -> Executable:
    table = there.table
    values: dict[Any, Any] = {
        table.c[name]: bindparam(f"set_{at}", type_=table.c[name].type) for at, name in enumerate(names)
    }
    values |= {table.c.rev: bindparam("next"), table.c.s_updated_at: bindparam("now")}
    known = (
        table.c.id == bindparam("record_key", type_=BigInteger),
        table.c.rev == bindparam("seen", type_=BigInteger),
    )
    return update_of(table).where(*known).values(values).returning(table.c.id)
