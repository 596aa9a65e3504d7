"""Fixed tables of installed apps: releases, slots, and which SQL table and column an entity's field is."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from runtime.store.column_types import Json, UtcDateTime
from runtime.store.metadata import fixed, identity

app = fixed(
    "app",
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("icon", Text, nullable=False),
    #: app_release.id that new cases use; NULL while the first release is being installed.
    Column("current_release_id", Integer),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("installed_at", UtcDateTime, nullable=False),
)

app_release = fixed(
    "app_release",
    identity(),
    Column("app", ForeignKey("app.code"), nullable=False),
    #: Counts up within the app; `version` is the author's own number.
    Column("number", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    #: File name → canonical text.
    Column("content", Json, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Integer, nullable=False),
    UniqueConstraint("app", "number"),
)

#: What came with the definitions of a release: seed and demo rows, fixtures. No part of its meaning.
release_file = fixed(
    "release_file",
    Column("release_id", ForeignKey("app_release.id"), nullable=False),
    #: `seeds/product.csv`, as in the pack.
    Column("path", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("release_id", "path"),
)

slot_binding = fixed(
    "slot_binding",
    Column("app", ForeignKey("app.code"), nullable=False),
    Column("slot", Text, nullable=False),
    Column("kind", Text, nullable=False),
    #: Code of the role, department, post or person that fills the slot.
    Column("target", Text, nullable=False),
    PrimaryKeyConstraint("app", "slot"),
)

entity = fixed(
    "entity",
    identity("number"),
    Column("app", Text, nullable=False),
    #: `contract`, and `contract.items` for a sub-table of it.
    Column("code", Text, nullable=False),
    #: `form`, `table` or `subtable`.
    Column("kind", Text, nullable=False),
    Column("parent_number", ForeignKey("entity.number")),
    Column("table_name", Text, nullable=False, unique=True),
    UniqueConstraint("app", "code"),
)

entity_column = fixed(
    "entity_column",
    Column("entity_number", ForeignKey("entity.number"), nullable=False),
    Column("column_name", Text, nullable=False),
    #: The field as designed, and the key of this column in a record's values: the same code, or for what
    #: a type keeps besides (the record id beside a lookup's key) a name of its own.
    Column("field", Text, nullable=False),
    Column("name", Text, nullable=False),
    #: Code of the field's type.
    Column("type", Text, nullable=False),
    #: Storage kind and digits after the point.
    Column("kind", Text, nullable=False),
    Column("scale", Integer, nullable=False, server_default="0"),
    #: Order of the fields as designed.
    Column("position", Integer, nullable=False),
    #: app_release.number that added it, and the one that no longer has the field; NULL is in use.
    Column("added", Integer, nullable=False),
    Column("removed", Integer),
    PrimaryKeyConstraint("entity_number", "column_name"),
)
