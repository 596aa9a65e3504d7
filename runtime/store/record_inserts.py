"""New records, one or many: a statement for the records and one for each of their sub-tables.

SQLAlchemy sends many rows to SQLite one by one, to know their ids in order; with no network between, that is
cheap.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Insert, bindparam
from sqlalchemy import insert as insert_into
from sqlalchemy.exc import IntegrityError

from runtime.language.refusal import InvalidAnswers
from runtime.records.record import Record
from runtime.store.entity_tables import SYSTEM, EntityTable
from runtime.store.normal import normal_values
from runtime.store.revisions import Cause, keep_revision, keep_revisions
from runtime.store.row_changes import insert_rows, insert_rows_of_many
from runtime.store.schema_guard import note_written
from runtime.store.send import send, send_soon
from runtime.store.session import Session
from runtime.store.states import RecordState
from runtime.store.unique_violations import as_problems, repetition

#: Makes formulas true again: gets all values, returns all values.
Recompute = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a record to be stored says of itself; `owner` is a person's number."""

    values: Mapping[str, Any]
    owner: int | None
    owner_dept: str | None = None
    company: str | None = None
    state: RecordState = RecordState.LIVE
    case_id: int | None = None


def insert(
    tx: Session, there: EntityTable, new: NewRecord, *, cause: Cause, recompute: Recompute | None = None
) -> Record:
    """Store a new record and return it with its id; its rows get theirs.

    :raises InvalidAnswers: if a value that must be unique is there already.
    """
    record = _unstored(there, new, cause, recompute)
    note_written(tx, there)
    with as_problems(there, record.values):
        statement = there.statement("insert", make=lambda: _insertion(there).returning(there.table.c.id))
        [(number,)] = send(tx, statement, **_bound(there, record))
    return _with_rows(tx, there, record, number, cause)


def insert_as(
    tx: Session,
    there: EntityTable,
    new: NewRecord,
    *,
    cause: Cause,
    number: int,
    refused: Callable[[InvalidAnswers], Exception] = lambda found: found,
) -> Record:
    """Store a new record under an id drawn before: it is written with the next question or the commit.

    A value that must be unique and is there already is told then, as `refused` says it.
    """
    record = _unstored(there, new, cause, None)
    note_written(tx, there)

    def refusal(error: IntegrityError) -> Exception | None:
        found = repetition(there, record.values, error)
        return refused(found) if found else None

    statement = there.statement("insert as", make=lambda: _insertion(there, "id"), joins=True)
    send_soon(tx, statement, refusal=refusal, number=number, **_bound(there, record))
    return _with_rows(tx, there, record, number, cause)


def _with_rows(tx: Session, there: EntityTable, record: Record, number: int, cause: Cause) -> Record:
    with as_problems(there, record.values):
        rows = {
            code: insert_rows(tx, sub, record.values.get(code) or [], parent=number)
            for code, sub in there.rows.items()
        }
    keep_revision(tx, entity=there.number, record_id=number, rev=1, cause=cause, changes={})
    return replace(record, id=number, values={**record.values, **rows})


def insert_many(
    tx: Session,
    there: EntityTable,
    many: Sequence[NewRecord],
    *,
    cause: Cause,
    recompute: Recompute | None = None,
) -> list[Record]:
    """Store new records and return them in the same order: what 500 cost, in statements, is what one costs.

    :raises InvalidAnswers: if a value that must be unique is there already; which record it is, is not said.
    """
    if not many:
        return []
    records = [_unstored(there, new, cause, recompute) for new in many]
    note_written(tx, there)
    statement = insert_into(there.table).returning(there.table.c.id, sort_by_parameter_order=True)
    with as_problems(there, {}):
        numbers = list(tx.execute(statement, [_named(there, record) for record in records]).scalars())
        lists = {
            code: insert_rows_of_many(
                tx, sub, [record.values.get(code) or [] for record in records], parents=numbers
            )
            for code, sub in there.rows.items()
        }
    keep_revisions(tx, entity=there.number, record_ids=numbers, cause=cause)
    return [
        replace(
            record, id=number, values={**record.values, **{code: rows[at] for code, rows in lists.items()}}
        )
        for at, (record, number) in enumerate(zip(records, numbers, strict=True))
    ]


def _unstored(there: EntityTable, new: NewRecord, cause: Cause, recompute: Recompute | None) -> Record:
    return Record(
        entity=there.path,
        id=None,
        rev=1,
        state=new.state.value,
        owner=new.owner,
        owner_dept=new.owner_dept,
        company=new.company,
        created_by=cause.actor,
        created_at=cause.at,
        updated_at=cause.at,
        case_id=new.case_id,
        values=normal_values(there, recompute(new.values) if recompute else new.values),
    )


def _insertion(there: EntityTable, *own: str) -> Insert:
    table = there.table
    values = {name: bindparam(f"v_{at}", type_=table.c[name].type) for at, name in enumerate(_columns(there))}
    given = {name: bindparam("number", type_=table.c[name].type) for name in own}
    return insert_into(table).values({**values, **given})


def _bound(there: EntityTable, record: Record) -> dict[str, Any]:
    return {f"v_{at}": value for at, value in enumerate(_values(there, record))}


def _named(there: EntityTable, record: Record) -> dict[str, Any]:
    return dict(zip(_columns(there), _values(there, record), strict=True))


def _columns(there: EntityTable) -> list[str]:
    system = [name for key, name in SYSTEM.items() if key != "id"]
    return [*system, *(column.name for column in there.columns.values())]


def _values(there: EntityTable, record: Record) -> list[Any]:
    system = [getattr(record, key) for key in SYSTEM if key != "id"]
    return [*system, *(record.values.get(name) for name in there.columns)]
