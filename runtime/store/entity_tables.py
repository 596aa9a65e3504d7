"""SQL tables of entities as values: which column a field is, now or in an earlier release.

Made from the rows of `entity` and `entity_column`, once per schema number and process. The `Table` has every
column that ever was; `columns` are those of the release asked for, by the key they have in a record's values.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Column, Executable, Identity, MetaData, Row, Table, select
from sqlalchemy import Integer as Int
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import Text

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.store import tables
from runtime.store.column_types import BigInt, Code, UtcDateTime, column_type
from runtime.store.send import Prepared, prepared
from runtime.store.session import Session
from runtime.store.snapshot import Snapshot, revisions

#: System columns by the attribute of `Record`, which is also their name in expressions (`record.owner`).
SYSTEM = {
    "id": "id",
    "rev": "rev",
    "state": "s_state",
    "owner": "s_owner",
    "owner_dept": "s_owner_dept",
    "company": "s_company",
    "created_by": "s_created_by",
    "created_at": "s_created_at",
    "updated_at": "s_updated_at",
    "case_id": "s_case_id",
}


def main_columns() -> tuple[SchemaItem, ...]:
    """Return new system columns of a form or base table."""
    return (
        _identity(),
        Column("rev", Int, nullable=False),
        Column("s_state", Code, nullable=False),
        Column("s_owner", Int),
        Column("s_owner_dept", Text),
        Column("s_company", Text),
        Column("s_created_by", Int, nullable=False),
        Column("s_created_at", UtcDateTime, nullable=False),
        Column("s_updated_at", UtcDateTime, nullable=False),
        Column("s_case_id", BigInt),
        Column("s_deleted_at", UtcDateTime),
    )


def row_columns() -> tuple[SchemaItem, ...]:
    """Return new system columns of a sub-table."""
    return (
        _identity(),
        Column("parent_id", BigInt, nullable=False),
        Column("position", Int, nullable=False),
    )


@dataclass(frozen=True, eq=False)
class EntityTable:
    """The table of a form, base table or sub-table as one release knows it."""

    number: int
    app: str
    #: `contract`, and `contract.items` for a sub-table of it.
    code: str
    kind: str
    table: Table
    #: By key of a record's values: a field's code, `<code>_ref` beside a lookup's key.
    columns: Mapping[str, Column[object]]
    #: By code of the sub-table, in the order they were first published.
    rows: Mapping[str, "EntityTable"] = field(default_factory=dict)
    #: Number of the schema that it was read at; None where publishing itself reads.
    schema: int | None = None
    #: Statements made for it, by whatever names them; they live as long as it does.
    _statements: dict[Hashable, Prepared] = field(default_factory=dict, repr=False)

    def statement(self, name: Hashable, *, make: Callable[[], Executable], joins: bool = False) -> Prepared:
        """Return the statement of this name, made once; `joins` as in `store/prepared.py`."""
        if name not in self._statements:
            self._statements[name] = prepared(make(), joins=joins)
        return self._statements[name]

    @property
    def path(self) -> str:
        """`pack/entity`: the identity."""
        return f"{self.app}/{self.code}"

    @cached_property
    def names(self) -> Mapping[str, Column[object]]:
        """Columns by the name expressions use: fields as they are, system columns as `record.owner`."""
        return {**self.columns, **{f"record.{name}": self.table.c[one] for name, one in SYSTEM.items()}}

    def column(self, name: str) -> Column[object]:
        """Return the column of a field, or of `record.<system column>`.

        :raises NotFound: if there is none.
        """
        found = self.names.get(name)
        if found is None:
            raise NotFound(
                "no_such_column", _("“%(table)s”没有“%(column)s”这一列。", table=self.path, column=name)
            )
        return found


class EntityTables:
    """All tables of entities of one schema number."""

    def __init__(
        self,
        entities: Mapping[int, Row[tuple[object, ...]]],
        columns: Mapping[int, list[Row[tuple[object, ...]]]],
        schema: int | None = None,
    ) -> None:
        self._schema = schema
        self._entities = entities
        self._columns = columns
        self._numbers = {f"{one.app}/{one.code}": number for number, one in entities.items()}
        metadata = MetaData()
        self._tables = {number: _table(metadata, one, columns[number]) for number, one in entities.items()}
        self._made: dict[tuple[int, int | None], EntityTable] = {}

    def get(self, path: str, *, release: int | None = None) -> EntityTable:
        """Return the table of `pack/entity` as it is now, or as release number `release` of its app knew it.

        :raises NotFound: if no such entity was ever published.
        """
        number = self._numbers.get(path)
        if number is None:
            raise NotFound("no_such_entity", _("没有“%(table)s”这张表或表单。", table=path))
        return self.by_number(number, release=release)

    def by_number(self, number: int, *, release: int | None = None) -> EntityTable:
        """Return the table of the entity with this number.

        :raises NotFound: if there is none.
        """
        if number not in self._entities:
            raise NotFound("no_such_entity", _("没有编号为 %(n)s 的表。", n=number))
        key = (number, release)
        if key not in self._made:
            self._made[key] = self._make(number, release)
        return self._made[key]

    def has(self, path: str) -> bool:
        """Say whether `pack/entity` was ever published."""
        return path in self._numbers

    def paths(self) -> tuple[str, ...]:
        """Return `pack/entity` of every form and base table, not of sub-tables."""
        return tuple(
            path for path, number in self._numbers.items() if not self._entities[number].parent_number
        )

    def _make(self, number: int, release: int | None) -> EntityTable:
        one, table = self._entities[number], self._tables[number]
        children = [at for at, other in self._entities.items() if other.parent_number == number]
        rows = {self._entities[at].code.rpartition(".")[2]: self._make(at, release) for at in children}
        return EntityTable(
            number=number,
            app=one.app,
            code=one.code,
            kind=one.kind,
            table=table,
            columns={row.name: table.c[row.column_name] for row in _known(self._columns[number], release)},
            rows={code: made for code, made in rows.items() if made.columns},
            schema=self._schema,
        )


def today(tx: Session, *, schema: int | None = None) -> EntityTables:
    """Return the tables of all entities.

    `schema` is today's schema number, if the caller has read it already; then nothing is asked of the
    database while what this process keeps is of that number.
    """
    number = revisions(tx).schema if schema is None else schema
    return _SNAPSHOT.at(tx, number, load=lambda: read(tx, schema=number))


def guess(tx: Session, path: str) -> tuple[int, EntityTable] | None:
    """Return the table of "pack/entity" as this process knows it, and of which schema number that is.

    Nothing is asked of the database: whoever uses it must see the number confirmed.
    """
    kept = _SNAPSHOT.kept(tx)
    if kept is None or not kept[1].has(path):
        return None
    return kept[0], kept[1].get(path)


def read(tx: Session, *, schema: int | None = None) -> EntityTables:
    """Return the tables of all entities, read anew; publishing itself gives no `schema` number."""
    entities = {row.number: row for row in tx.execute(select(tables.entity).order_by(tables.entity.c.number))}
    columns: dict[int, list[Row[tuple[object, ...]]]] = {number: [] for number in entities}
    ordered = select(tables.entity_column).order_by(tables.entity_column.c.added)
    for row in tx.execute(ordered):
        columns[row.entity_number].append(row)
    return EntityTables(entities, columns, schema)


_SNAPSHOT: Snapshot[EntityTables] = Snapshot()


def _identity() -> Column[int]:
    return Column("id", BigInt, Identity(always=False), primary_key=True)


def _table(metadata: MetaData, one: Row[tuple[object, ...]], columns: list[Row[tuple[object, ...]]]) -> Table:
    system = row_columns() if one.parent_number else main_columns()
    own = (Column(row.column_name, column_type(row.kind, scale=row.scale)) for row in columns)
    return Table(one.table_name, metadata, *system, *own)


def _known(columns: list[Row[tuple[object, ...]]], release: int | None) -> list[Row[tuple[object, ...]]]:
    """Return the columns in use now or at `release`, as designed; of two of one name the later."""
    if release is None:
        found = [row for row in columns if row.removed is None]
    else:
        found = [
            row for row in columns if row.added <= release and (row.removed is None or row.removed > release)
        ]
    latest = {row.name: row for row in found}.values()
    return sorted(latest, key=lambda row: (row.position, row.name != row.field))
