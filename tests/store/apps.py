"""Small apps for tests, made without YAML."""

from __future__ import annotations

from typing import Any

from runtime.fields.field_type import Reading
from runtime.language.app import App, Dictionary, Item, Manifest
from runtime.language.directory import Directory, Person
from runtime.language.entity import Entity
from runtime.language.field import Field, SubTable
from runtime.store import entity_tables
from runtime.store.entity_tables import EntityTable
from runtime.store.publishing import Published, publish
from runtime.store.session import Session
from runtime.store.transaction import transaction

STATES = Dictionary("state", "状态", (Item("open", "进行中"), Item("done", "已完成")))

READING = Reading(
    directory=Directory(1, people={"sam": Person(id=4, code="sam", name="销售甲")}),
    dictionary=lambda path: STATES if path == "crm/state" else None,
)


def field(code: str, type_: str = "text", **properties: Any) -> Field:
    """Return a field; its label is its code in capitals."""
    return Field(code=code, type=type_, label=code.upper(), **properties)


def rows(code: str, *fields: Field, **properties: Any) -> SubTable:
    """Return a sub-table."""
    return SubTable(code=code, label=code.upper(), fields=fields, **properties)


def table(code: str, *fields: Field | SubTable, **properties: Any) -> Entity:
    """Return a base table."""
    return Entity(
        kind=properties.pop("kind", "table"), code=code, name=code.upper(), fields=fields, **properties
    )


def app(*entities: Entity, **properties: Any) -> App:
    """Return the app `crm`."""
    manifest = Manifest(schema=1, code="crm", name="客户", version="1.0.0")
    return App(manifest=manifest, entities=entities, **properties)


def put(session: Session, published: App, *, release: int = 1, before: App | None = None) -> Published:
    """Publish in a transaction of its own."""
    with transaction(session) as tx:
        return publish(tx, published, release=release, reading=READING, before=before)


def there(session: Session, code: str, *, release: int | None = None) -> EntityTable:
    """Return the table of `crm/<code>`."""
    return entity_tables.today(session).get(f"crm/{code}", release=release)
