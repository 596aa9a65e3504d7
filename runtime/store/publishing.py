"""Real tables at publishing: only add and widen, so that older releases keep working.

The changes are made inside the caller's transaction: both databases undo DDL. On PostgreSQL publications take
turns, one advisory lock per entity keeps them apart beside that, and a lock that is not to be had within
`LOCK_TIMEOUT` fails the try, which `with_retry` makes again. On SQLite nothing here rebuilds a table, so
foreign keys need not be switched off: columns are added nullable, decimals are kept as integers and widened
by a multiplication.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select, text, update

from runtime.fields.field_type import Reading
from runtime.language.app import App
from runtime.language.field import Field
from runtime.records.scope import located
from runtime.store import entity_tables, tables
from runtime.store.column_changes import LONGEST_NAME, Publishing, bring_up_to_date
from runtime.store.conversion import NotConverted
from runtime.store.entity_tables import main_columns, row_columns
from runtime.store.indexes import make_indexes
from runtime.store.session import Session
from runtime.store.snapshot import raise_schema

#: How long DDL waits for others on PostgreSQL; meanwhile everybody waits behind it.
LOCK_TIMEOUT = "3s"
#: How long one publication waits for another; nobody waits behind it but further ones.
TURN_TIMEOUT = "20s"


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did to the tables."""

    #: Full names, `pack/entity` and `pack/entity.field`.
    made: tuple[str, ...]
    not_converted: tuple[NotConverted, ...]


def take_turn(tx: Session) -> None:
    """Let nobody else publish anything until the commit; what is read afterwards is what stands until then.

    Apps refer to each other: two publications, each right beside what was there before, may not fit together.
    """
    if tx.engine.dialect.name == "postgresql":
        tx.execute(text(f"SET LOCAL lock_timeout = '{TURN_TIMEOUT}'"))
        tx.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('publication', 0))"))


def publish(tx: Session, app: App, *, release: int, reading: Reading, before: App | None = None) -> Published:
    """Make the tables that release number `release` of `app` needs; doing it again changes nothing.

    A new field is a new column; a removed one stays, readable for older releases. A field whose type changed
    keeps its column if every value there is also a value of the new type; else it gets a new column
    (`code__2`) with the values converted by way of their shown text, and what did not convert is reported.
    `before` is the release before, which knows how old values are shown.

    :raises Problems: if a field is to be unique and the rows there are not.
    """
    app, before = _located(app), _located(before) if before else None
    work = Publishing(tx, release, reading)
    _lock(tx, app)
    for entity in app.entities:
        number = _entity(work, app.code, entity.code, entity.kind, None)
        bring_up_to_date(work, number, entity.plain(), _old(before, entity.code))
        for sub in entity.subtables():
            child = _entity(work, app.code, f"{entity.code}.{sub.code}", "subtable", number)
            bring_up_to_date(work, child, sub.fields, _old(before, entity.code, sub.code))
    _retire(work, app)
    published = entity_tables.read(tx)
    for entity in app.entities:
        work.made += make_indexes(tx, work.operations, entity, published.get(f"{app.code}/{entity.code}"))
    if work.made:
        raise_schema(tx)
    return Published(tuple(work.made), tuple(work.not_converted))


def _located(app: App) -> App:
    """Return the app with full paths where its fields name dictionaries: `reading` knows no others."""
    return replace(app, entities=tuple(located(app.code, entity) for entity in app.entities))


def _lock(tx: Session, app: App) -> None:
    if tx.engine.dialect.name != "postgresql":
        return  # the writer has the whole database
    tx.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
    for code in sorted(entity.code for entity in app.entities):
        tx.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
            {"name": f"entity {app.code}/{code}"},
        )


def _entity(work: Publishing, app: str, code: str, kind: str, parent: int | None) -> int:
    """Return the entity's number, given at its first publication together with its table."""
    table = tables.entity
    known = (table.c.app == app, table.c.code == code)
    number: int | None = work.tx.scalar(select(table.c.number).where(*known))
    if number is not None:
        work.tx.execute(update(table).where(*known, table.c.kind != kind).values(kind=kind))
        return number
    row = {"app": app, "code": code, "kind": kind, "parent_number": parent, "table_name": f"{app}/{code}"}
    number = int(work.tx.execute(insert(table).values(**row).returning(table.c.number)).scalar_one())
    name = f"e{number}_{code.replace('.', '_')}"[:LONGEST_NAME]
    work.tx.execute(update(table).where(table.c.number == number).values(table_name=name))
    columns = row_columns() if parent else main_columns()
    options: dict[str, Any] = {} if parent else {"postgresql_with": {"fillfactor": 80}}
    work.operations.create_table(name, *columns, sqlite_autoincrement=True, **options)
    work.made.append(f"{app}/{code}")
    return number


def _retire(work: Publishing, app: App) -> None:
    """Mark what the release no longer has: sub-tables and whole entities; the tables stay."""
    kept = {entity.code for entity in app.entities}
    kept |= {f"{entity.code}.{sub.code}" for entity in app.entities for sub in entity.subtables()}
    gone = select(tables.entity.c.number).where(
        tables.entity.c.app == app.code, tables.entity.c.code.not_in(kept)
    )
    column = tables.entity_column
    retired = (
        update(column)
        .where(column.c.entity_number.in_(gone), column.c.removed.is_(None))
        .values(removed=work.release)
        .returning(column.c.column_name)
    )
    work.made += work.tx.execute(retired).scalars().all()


def _old(before: App | None, code: str, sub: str | None = None) -> dict[str, Field]:
    entity = before.entity(code) if before else None
    if entity is None:
        return {}
    if sub is None:
        return {one.code: one for one in entity.plain()}
    found = entity.subtable(sub)
    return {one.code: one for one in found.fields} if found else {}
