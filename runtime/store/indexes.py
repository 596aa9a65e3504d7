"""Indexes of entity tables: what is unique, what is searched for, what the permission seam asks."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alembic.operations import Operations
from sqlalchemy import ColumnElement, and_, func, inspect, select, true

from runtime.fields import FIELDS
from runtime.language.entity import Entity
from runtime.language.field import Field
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _, listed
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session
from runtime.store.states import RecordState

#: Repeated values that a problem names.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """An index that the entity needs."""

    there: EntityTable
    #: Column names.
    columns: tuple[str, ...]
    #: Codes of the fields that must be unique together; empty for an index that only finds.
    unique: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name: the same columns of the same table always give the same one."""
        digest = hashlib.sha256(",".join(self.columns).encode()).hexdigest()[:12]
        return f"{'ux' if self.unique else 'ix'}_e{self.there.number}_{digest}"

    @property
    def rows(self) -> ColumnElement[bool] | None:
        """Which rows must be unique: those in force; all rows of a sub-table."""
        return in_force(self.there) if self.unique and "rev" in self.there.table.c else None


def in_force(there: EntityTable) -> ColumnElement[bool]:
    """Return the condition of records that count: live, not deleted."""
    table = there.table.c
    return and_(table.s_state == RecordState.LIVE.value, table.s_deleted_at.is_(None))


def make_indexes(tx: Session, operations: Operations, entity: Entity, there: EntityTable) -> list[str]:
    """Make the indexes that the entity needs and drop those of ours it no longer does; return their names.

    :raises Problems: if what is to be unique is not; names some of the repeated values.
    """
    changed: list[str] = []
    wanted = list(_wanted(entity, there))
    for table in (there, *there.rows.values()):
        changed += _bring_up_to_date(tx, operations, table, [one for one in wanted if one.there is table])
    return changed


def _bring_up_to_date(
    tx: Session, operations: Operations, there: EntityTable, wanted: list[Wanted]
) -> list[str]:
    ours = (f"ix_e{there.number}_", f"ux_e{there.number}_")
    found = (str(one["name"]) for one in inspect(tx.connection()).get_indexes(there.table.name))
    known = {name for name in found if name.startswith(ours)}
    needed = {one.name: one for one in wanted}
    missing = [one for name, one in needed.items() if name not in known]
    repeated = [problem for one in missing if one.unique for problem in _repeated(tx, one)]
    if repeated:
        raise Problems(repeated)
    for name in sorted(known - needed.keys()):
        operations.drop_index(name, table_name=there.table.name)
    for one in missing:
        operations.create_index(
            one.name,
            there.table.name,
            list(one.columns),
            unique=bool(one.unique),
            postgresql_where=one.rows,
            sqlite_where=one.rows,
        )
    return sorted(known - needed.keys()) + [one.name for one in missing]


def _wanted(entity: Entity, there: EntityTable) -> Iterator[Wanted]:
    for name in ("s_owner", "s_owner_dept", "s_company", "s_case_id"):
        yield Wanted(there, (name,))
    yield from _of_fields(entity.plain(), there)
    for codes in (entity.key, *entity.indexes):
        if codes:
            yield Wanted(there, _names(there, codes))
    for codes in entity.unique:
        yield Wanted(there, _names(there, codes), unique=codes)
    for sub in entity.subtables():
        rows = there.rows.get(sub.code)
        if rows is not None:
            yield Wanted(rows, ("parent_id", "position"))
            yield from _of_fields(sub.fields, rows)


def _of_fields(fields: Sequence[Field], there: EntityTable) -> Iterator[Wanted]:
    for field in fields:
        if field.code not in there.columns:
            continue
        if field.unique:
            within = ("parent_id",) if "parent_id" in there.table.c else ()
            yield Wanted(there, (*within, *_names(there, (field.code,))), unique=(field.code,))
        elif field.index:
            yield Wanted(there, _names(there, (field.code,)))
        # What a type keeps besides its value is what records are found by: the row a lookup means.
        for name in FIELDS.require(field.type).extra_columns(field):
            yield Wanted(there, _names(there, (name,)))


def _names(there: EntityTable, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(there.columns[code].name for code in codes)


def _repeated(tx: Session, one: Wanted) -> Iterator[Problem]:
    columns = [one.there.table.c[name] for name in one.columns]
    condition = and_(
        one.rows if one.rows is not None else true(), *(column.is_not(None) for column in columns)
    )
    asked = select(*columns).where(condition).group_by(*columns).having(func.count() > 1).limit(_SHOWN)
    shown = [listed(row[-len(one.unique) :]) for row in tx.execute(asked)]
    if shown:
        yield Problem(
            "not_unique",
            f"{one.there.path} $.{'.'.join(one.unique)}",
            _("要求唯一，但已有重复的值：%(values)s。请先更正数据，或取消唯一。", values=_("；").join(shown)),
        )
