"""Reading records of any entity: one statement, and one for each sub-table that is wanted.

Nobody's rights are asked here: rules and formulas work on true values. What a *person* gets to see goes
through `store/access.py`. Writing is in `store/record_writes.py`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, false, literal_column, or_, select

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.records.record import Record
from runtime.store.entity_tables import SYSTEM, EntityTable
from runtime.store.send import Call, send_together
from runtime.store.session import Session
from runtime.store.states import RecordState

#: Ids in one IN list; more are asked for in several statements.
_MOST_IDS = 500


def read(tx: Session, there: EntityTable, record_id: int, *, lock: bool = False, rows: bool = True) -> Record:
    """Return the record with its sub-tables (unless `rows` is false); on PostgreSQL in one round trip.

    `lock` keeps others from writing it until the commit.

    :raises NotFound: if it does not exist or was deleted.
    """
    calls = [Call(there.statement(("read", lock), make=lambda: _one(there, lock)), {"record_key": record_id})]
    subtables = there.rows if rows else {}
    for sub in subtables.values():
        statement = sub.statement("rows", make=partial(_rows_of_one, sub))
        calls.append(Call(statement, {"record_key": record_id}))
    main, *lists = send_together(tx, calls)
    if not main:
        raise NotFound("no_such_record", _("这条记录不存在，或已被删除。"))
    kept = {
        code: [as_row(sub, row) for row in found]
        for (code, sub), found in zip(subtables.items(), lists, strict=True)
    }
    return as_record(there, main[0], kept)


def read_many(
    tx: Session, there: EntityTable, ids: Iterable[int], *, lock: bool = False, rows: bool = False
) -> dict[int, Record]:
    """Return the records by id, in that order; what does not exist or was deleted is not there."""
    wanted, found = sorted(set(ids)), dict[int, Record]()
    for start in range(0, len(wanted), _MOST_IDS):
        part = there.table.c.id.in_(wanted[start : start + _MOST_IDS])
        found |= {record.id: record for record in _found(tx, there, [part], lock, None, rows) if record.id}
    return found


def find(
    tx: Session,
    there: EntityTable,
    *,
    match: Mapping[str, Any] | None = None,
    where: ColumnElement[bool] | None = None,
    states: Collection[RecordState] = (RecordState.LIVE,),
    lock: bool = False,
    limit: int | None = None,
    rows: bool = False,
) -> list[Record]:
    """Return the records whose columns equal `match` and that fulfil `where`, by id.

    Empty equals nothing: a `match` with None finds no record. Locked in the order of their ids, so that two
    rules that need the same rows cannot stop each other.
    """
    asked = dict(match or {})
    if any(value is None for value in asked.values()):
        return []
    if where is None and not rows:
        name = ("find", *asked, *(state.value for state in states), lock, limit)
        statement = there.statement(name, make=lambda: _matching(there, tuple(asked), states, lock, limit))
        bound = {f"match_{at}": value for at, value in enumerate(asked.values())}
        [found] = send_together(tx, [Call(statement, bound)])
        return [as_record(there, row, {}) for row in found]
    conditions = [there.column(name) == value for name, value in asked.items()]
    conditions.append(there.table.c.s_state.in_([state.value for state in states]))
    if where is not None:
        conditions.append(where)
    return _found(tx, there, conditions, lock, limit, rows)


def as_record(there: EntityTable, row: Sequence[Any], rows: Mapping[str, list[dict[str, Any]]]) -> Record:
    """Return the record of a row as `record_columns` selects it."""
    system = dict(zip(SYSTEM, row, strict=False))
    values = dict(zip(there.columns, row[len(SYSTEM) :], strict=True))
    return Record(entity=there.path, values={**values, **rows}, **system)


def as_row(sub: EntityTable, row: Sequence[Any]) -> dict[str, Any]:
    """Return a row of a sub-table, selected as `row_selection` does, as a record's values hold it."""
    return {"id": row[0], **dict(zip(sub.columns, row[1:], strict=True))}


def record_columns(there: EntityTable) -> list[ColumnElement[Any]]:
    """Return what a record is made of: the system columns, then the columns of its fields."""
    return [*(there.table.c[name] for name in SYSTEM.values()), *there.columns.values()]


def _one(there: EntityTable, lock: bool) -> Select[Any]:
    table = there.table.c
    key = bindparam("record_key", type_=BigInteger)
    asked = select(*record_columns(there)).where(table.id == key, table.s_deleted_at.is_(None))
    return asked.with_for_update() if lock else asked


def _matching(
    there: EntityTable, names: Sequence[str], states: Collection[RecordState], lock: bool, limit: int | None
) -> Select[Any]:
    """Return the search for records by columns, made once for each combination of them."""
    table = there.table.c
    columns = [there.column(name) for name in names]
    same = [column == bindparam(f"match_{at}", type_=column.type) for at, column in enumerate(columns)]
    counted = or_(false(), *(table.s_state == literal_column(str(state.value)) for state in states))
    asked = select(*record_columns(there)).where(table.s_deleted_at.is_(None), counted, *same)
    asked = asked.order_by(table.id)
    asked = asked.limit(literal_column(str(limit))) if limit is not None else asked
    return asked.with_for_update() if lock else asked


def _rows_of_one(sub: EntityTable) -> Select[Any]:
    table = sub.table.c
    key = bindparam("record_key", type_=BigInteger)
    return (
        select(table.id, *sub.columns.values())
        .where(table.parent_id == key)
        .order_by(table.position, table.id)
    )


def _found(
    tx: Session,
    there: EntityTable,
    conditions: Sequence[ColumnElement[bool]],
    lock: bool,
    limit: int | None,
    rows: bool,
) -> list[Record]:
    table = there.table.c
    asked = select(*record_columns(there)).where(table.s_deleted_at.is_(None), *conditions).order_by(table.id)
    asked = asked.limit(limit) if limit is not None else asked
    main = tx.execute(asked.with_for_update() if lock else asked).all()
    lists = _rows_of_many(tx, there, [row[0] for row in main]) if rows else {}
    return [as_record(there, row, lists.get(row[0], {})) for row in main]


def _rows_of_many(
    tx: Session, there: EntityTable, ids: list[int]
) -> Mapping[int, dict[str, list[dict[str, Any]]]]:
    """Return the rows of several records: one statement for each sub-table and part of the ids."""
    lists = {number: {code: list[dict[str, Any]]() for code in there.rows} for number in ids}
    for code, sub in there.rows.items():
        table = sub.table.c
        for start in range(0, len(ids), _MOST_IDS):
            part = table.parent_id.in_(ids[start : start + _MOST_IDS])
            asked = select(table.parent_id, table.id, *sub.columns.values()).where(part)
            for parent, *row in tx.execute(asked.order_by(table.parent_id, table.position, table.id)):
                lists[parent][code].append(as_row(sub, row))
    return lists
