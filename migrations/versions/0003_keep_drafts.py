"""Drafts of apps: changed documents, the edits that made them, who is looking."""

import sqlalchemy as sa
from alembic import op

from runtime.store import column_types as ct

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "draft",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("base_release_id", ct.BigInt, nullable=True),
        sa.Column("created_at", ct.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("updated_at", ct.UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_release_id"], ["app_release.id"], name=op.f("fk_draft_base_release_id")
        ),
        sa.PrimaryKeyConstraint("app", name=op.f("pk_draft")),
        sqlite_autoincrement=False,
    )
    op.create_table(
        "draft_edit",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("at", ct.UtcDateTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["app"], ["draft.app"], name=op.f("fk_draft_edit_app"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draft_edit_app", "draft_edit", ["app", "id"], unique=False)
    op.create_table(
        "draft_object",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("updated_at", ct.UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["app"], ["draft.app"], name=op.f("fk_draft_object_app"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("app", "file", name=op.f("pk_draft_object")),
        sqlite_autoincrement=False,
        postgresql_with={"fillfactor": 80},
    )
    op.create_table(
        "draft_change",
        sa.Column("edit_id", ct.BigInt, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("patch", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edit_id"], ["draft_edit.id"], name=op.f("fk_draft_change_edit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edit_id", "file", name=op.f("pk_draft_change")),
        sqlite_autoincrement=False,
    )
    op.create_table(
        "draft_presence",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("seen_at", ct.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("app", "file", "person", name=op.f("pk_draft_presence")),
        sqlite_autoincrement=False,
    )


def downgrade() -> None:
    """Drop them; unpublished work is lost."""
    for name in ("draft_presence", "draft_change", "draft_object"):
        op.drop_table(name)
    op.drop_index("ix_draft_edit_app", table_name="draft_edit")
    op.drop_table("draft_edit")
    op.drop_table("draft")
