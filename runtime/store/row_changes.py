"""Rows of a sub-table: what is new, changed and gone, found by their ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, bindparam, delete, insert, update

from runtime.language.refusal import Conflict
from runtime.language.speech import _
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows."""

    #: As they are now, every one with its id.
    rows: list[dict[str, Any]]
    #: For the history; empty if only the order changed.
    trace: dict[str, Any]


def insert_rows(
    tx: Session, sub: EntityTable, rows: Sequence[Mapping[str, Any]], *, parent: int
) -> list[dict[str, Any]]:
    """Store new rows in one statement and return them with their ids."""
    return _insert(tx, sub, [(parent, position, row) for position, row in enumerate(rows, start=1)])


def insert_rows_of_many(
    tx: Session, sub: EntityTable, lists: Sequence[Sequence[Mapping[str, Any]]], *, parents: Sequence[int]
) -> list[list[dict[str, Any]]]:
    """Store the new rows of several records in one statement; return them with their ids, a list a record."""
    placed = [
        (parent, position, row)
        for parent, rows in zip(parents, lists, strict=True)
        for position, row in enumerate(rows, start=1)
    ]
    made = iter(_insert(tx, sub, placed))
    return [[next(made) for _row in rows] for rows in lists]


def write_rows(
    tx: Session,
    sub: EntityTable,
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    *,
    parent: int,
) -> Written:
    """Bring the rows from `before` to `after`: at most one statement each to remove, to change and to add.

    :raises Conflict: if a row of `after` has an id that no row of `before` has.
    """
    old = {row["id"]: (position, row) for position, row in enumerate(before, start=1)}
    kept = {
        row["id"]: (position, row) for position, row in enumerate(after, start=1) if row["id"] is not None
    }
    if not kept.keys() <= old.keys() or len(kept) < sum(row["id"] is not None for row in after):
        raise Conflict("row_gone", _("明细中有一行已被删除，请刷新后再试。"))
    gone = [row for number, (_at, row) in old.items() if number not in kept]
    changed = {number: one for number, one in kept.items() if one != old[number]}
    new = [(parent, position, row) for position, row in enumerate(after, start=1) if row["id"] is None]
    if gone:
        table = sub.table
        ids = [row["id"] for row in gone]
        tx.execute(delete(table).where(table.c.parent_id == parent, table.c.id.in_(ids)))
    _make_room(tx, sub, _exchanged(sub, old, changed), list(changed), parent)
    _update(tx, sub, changed, parent)
    inserted = zip(new, _insert(tx, sub, new), strict=True)
    made = {position: row for (_parent, position, _given), row in inserted}
    rows = [made.get(position, dict(row)) for position, row in enumerate(after, start=1)]
    return Written(rows, _trace(old, changed, list(made.values()), gone))


def _insert(
    tx: Session, sub: EntityTable, placed: Sequence[tuple[int, int, Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    if not placed:
        return []
    table = sub.table
    given = [
        {"parent_id": parent, "position": position}
        | {column.name: row.get(name) for name, column in sub.columns.items()}
        for parent, position, row in placed
    ]
    numbers = tx.execute(insert(table).returning(table.c.id, sort_by_parameter_order=True), given).scalars()
    return [{**row, "id": number} for (_parent, _at, row), number in zip(placed, numbers, strict=True)]


def _update(
    tx: Session, sub: EntityTable, changed: Mapping[int, tuple[int, Mapping[str, Any]]], parent: int
) -> None:
    if not changed:
        return
    table = sub.table
    written = update(table).where(table.c.id == bindparam("row_key"), table.c.parent_id == parent)
    names = {"position": "position"} | {name: column.name for name, column in sub.columns.items()}
    values = {
        column: bindparam(f"v_{at}", type_=table.c[column].type) for at, column in enumerate(names.values())
    }
    given = [
        {"row_key": number}
        | {f"v_{at}": position if at == 0 else row.get(name) for at, name in enumerate(names)}
        for number, (position, row) in changed.items()
    ]
    tx.execute(written.values(values), given)


def _exchanged(
    sub: EntityTable,
    old: Mapping[int, tuple[int, Mapping[str, Any]]],
    changed: Mapping[int, tuple[int, Mapping[str, Any]]],
) -> list[str]:
    """Return the columns in which one row takes over what another row gives up."""
    names = []
    for name, column in sub.columns.items():
        if isinstance(column.type, JSON):
            continue  # a list is never unique
        pairs = [(old[number][1].get(name), row.get(name)) for number, (_at, row) in changed.items()]
        given_up = {before for before, after in pairs if before != after} - {None}
        if given_up & {after for before, after in pairs if before != after}:
            names.append(name)
    return names


def _make_room(tx: Session, sub: EntityTable, names: list[str], ids: list[int], parent: int) -> None:
    """Empty columns first whose values are exchanged: they may have to be unique after every single row."""
    if not names:
        return
    table = sub.table
    empty = {sub.columns[name].name: None for name in names}
    tx.execute(update(table).where(table.c.parent_id == parent, table.c.id.in_(ids)).values(empty))


def _trace(
    old: Mapping[int, tuple[int, Mapping[str, Any]]],
    changed: Mapping[int, tuple[int, Mapping[str, Any]]],
    added: list[dict[str, Any]],
    gone: list[Mapping[str, Any]],
) -> dict[str, Any]:
    cells = {
        str(number): {
            name: [old[number][1].get(name), value]
            for name, value in row.items()
            if old[number][1].get(name) != value
        }
        for number, (_at, row) in changed.items()
    }
    told = {number: one for number, one in cells.items() if one}
    parts = {"added": added, "removed": [dict(row) for row in gone], "changed": told}
    return {name: part for name, part in parts.items() if part}
