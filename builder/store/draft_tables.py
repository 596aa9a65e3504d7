"""Fixed tables of the designer.

A draft keeps only the documents that differ from the release it was begun on; a release is immutable, so the
others can be read there.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
)

from runtime.store.column_types import UtcDateTime
from runtime.store.metadata import fixed, identity

draft = fixed(
    "draft",
    #: Of an app that may not be installed yet.
    Column("app", Text, primary_key=True),
    #: app_release.id that the draft was begun on; NULL for a new app.
    Column("base_release_id", ForeignKey("app_release.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Integer, nullable=False),
    #: Of the rows in `draft_file`; NULL: there are none, the data files are those of the release.
    Column("data_hash", Text),
)

#: Where the revisions of an app's documents go on. It stays when a draft goes, so that none comes twice.
draft_floor = fixed(
    "draft_floor",
    Column("app", Text, primary_key=True),
    #: At least as many as the drafts that are gone have given out.
    Column("rev", Integer, nullable=False),
)

draft_object = fixed(
    "draft_object",
    Column("app", ForeignKey("draft.app", ondelete="CASCADE"), nullable=False),
    #: `forms/change.yaml`, as in a pack.
    Column("file", Text, nullable=False),
    #: Rises with every change, undo and redo; 1 is the first of this draft (`Draft.rev` adds the floor).
    Column("rev", Integer, nullable=False),
    #: JSON with exact numbers; NULL: the draft has no such file (any more).
    Column("content", Text),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Integer, nullable=False),
    PrimaryKeyConstraint("app", "file"),
    hot=True,
)

draft_edit = fixed(
    "draft_edit",
    identity(),
    Column("app", ForeignKey("draft.app", ondelete="CASCADE"), nullable=False),
    #: What was done, as people read it.
    Column("label", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Integer, nullable=False),
    #: Taken back; redo makes it again.
    Column("undone", Boolean, nullable=False),
    Index("ix_draft_edit_app", "app", "id"),
)

draft_change = fixed(
    "draft_change",
    Column("edit_id", ForeignKey("draft_edit.id", ondelete="CASCADE"), nullable=False),
    Column("file", Text, nullable=False),
    #: `builder.edits.patch` as JSON.
    Column("patch", Text, nullable=False),
    PrimaryKeyConstraint("edit_id", "file"),
)

#: What an imported pack brought besides definitions: rows, fixtures. Instead of what the release has.
draft_file = fixed(
    "draft_file",
    Column("app", ForeignKey("draft.app", ondelete="CASCADE"), nullable=False),
    #: `seeds/product.csv`, as in the pack.
    Column("path", Text, nullable=False),
    #: NULL: the draft has no such file, although its release does.
    Column("data", LargeBinary),
    PrimaryKeyConstraint("app", "path"),
)

draft_presence = fixed(
    "draft_presence",
    Column("app", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("person", Integer, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("app", "file", "person"),
)
