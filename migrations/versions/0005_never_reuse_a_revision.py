"""Revisions of drafts that never come again, and what an imported draft's data files are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: Drafts of installed apps in which nothing was changed: they say what the release said.
_EMPTY = """
    DELETE FROM draft WHERE base_release_id IS NOT NULL
    AND app NOT IN (SELECT app FROM draft_object) AND app NOT IN (SELECT app FROM draft_file)
"""


def upgrade() -> None:
    """Make table and column."""
    op.create_table(
        "draft_floor",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("app", name=op.f("pk_draft_floor")),
        sqlite_autoincrement=False,
    )
    op.add_column("draft", sa.Column("data_hash", sa.Text(), nullable=True))
    # Not a hash, but another one than any: a draft with files of its own is told from one without.
    op.execute("UPDATE draft SET data_hash = 'kept' WHERE app IN (SELECT app FROM draft_file)")
    op.execute(_EMPTY)


def downgrade() -> None:
    """Drop them."""
    op.drop_column("draft", "data_hash")
    op.drop_table("draft_floor")
