"""Files that an imported draft brings besides its definitions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "draft_file",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["app"], ["draft.app"], name=op.f("fk_draft_file_app"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("app", "path", name=op.f("pk_draft_file")),
        sqlite_autoincrement=False,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("draft_file")
