"""What requests outside cases were answered with, by their token."""

import sqlalchemy as sa
from alembic import op

from runtime.store import column_types as ct

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "answer",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("at", ct.UtcDateTime(), nullable=False),
        sa.Column("answer", ct.Json, nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_answer")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_answer_at", "answer", ["at"], unique=False)


def downgrade() -> None:
    """Drop it; a request repeated across this would be done twice."""
    op.drop_table("answer")
