"""The fixed tables of the first version."""

import sqlalchemy as sa
from alembic import op

from runtime.store import column_types as ct

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: In the order of their making.
_TABLES = (
    "app",
    "audit",
    "company",
    "counter",
    "department",
    "effect",
    "entity",
    "event",
    "file",
    "flow_case",
    "login_attempt",
    "notice",
    "org_revision",
    "outbox",
    "person",
    "post",
    "revision",
    "role",
    "scope",
    "setting",
    "task",
    "visit",
    "app_release",
    "entity_column",
    "release_file",
    "role_member",
    "slot_binding",
)


def upgrade() -> None:
    """Make them, with the row of revisions that every process asks for."""
    op.create_table(
        "app",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("current_release_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("installed_at", ct.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_app")),
        sqlite_autoincrement=False,
    )
    op.create_table(
        "audit",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("at", ct.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("detail", ct.Json, nullable=True),
        sa.Column("ip", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_object", "audit", ["object", sa.literal_column("id DESC")], unique=False)
    op.create_table(
        "company",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("head", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("code", name=op.f("uq_company_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "counter",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", ct.BigInt, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_counter")),
        postgresql_with={"fillfactor": 80},
        sqlite_autoincrement=False,
    )
    op.create_table(
        "department",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("head", sa.Text(), nullable=True),
        sa.Column("division_leader", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("code", name=op.f("uq_department_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "effect",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("case_id", ct.BigInt, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), server_default="/", nullable=False),
        sa.Column("visit_no", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("row_id", ct.BigInt, nullable=False),
        sa.Column("col", sa.Text(), nullable=True),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("before", ct.Json, nullable=True),
        sa.Column("after", ct.Json, nullable=True),
        sa.Column("delta", sa.Text(), nullable=True),
        sa.Column("inverts", ct.BigInt, nullable=True),
        sa.Column("inverted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect")),
        sa.UniqueConstraint("key", name=op.f("uq_effect_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_effect_case",
        "effect",
        ["case_id", "id"],
        unique=False,
        postgresql_where=sa.text("inverted IS false"),
        sqlite_where=sa.text("inverted IS false"),
    )
    op.create_index("ix_effect_row", "effect", ["entity", "row_id", "id"], unique=False)
    op.create_table(
        "entity",
        sa.Column("number", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_number", ct.BigInt, nullable=True),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent_number"], ["entity.number"], name=op.f("fk_entity_parent_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_entity")),
        sa.UniqueConstraint("app", "code", name=op.f("uq_entity_app_code")),
        sa.UniqueConstraint("table_name", name=op.f("uq_entity_table_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("case_id", ct.BigInt, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", ct.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("behalf", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=True),
        sa.Column("visit_no", sa.Integer(), nullable=True),
        sa.Column("task_id", ct.BigInt, nullable=True),
        sa.Column("client_token", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("files", ct.Json, nullable=True),
        sa.Column("moves", ct.Json, nullable=False),
        sa.Column("changes", ct.Json, nullable=True),
        sa.Column("answer", ct.Json, nullable=True),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_event")),
        sqlite_autoincrement=False,
    )
    op.create_index(
        "ux_event_token",
        "event",
        ["client_token"],
        unique=True,
        postgresql_where=sa.text("client_token IS NOT NULL"),
        sqlite_where=sa.text("client_token IS NOT NULL"),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", ct.BigInt, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("created_at", ct.UtcDateTime(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=True),
        sa.Column("record_id", ct.BigInt, nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sqlite_autoincrement=False,
    )
    op.create_index(
        "ix_file_loose",
        "file",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("entity IS NULL"),
        sqlite_where=sa.text("entity IS NULL"),
    )
    op.create_index("ix_file_record", "file", ["entity", "record_id"], unique=False)
    op.create_index(op.f("ix_file_sha256"), "file", ["sha256"], unique=False)
    op.create_table(
        "flow_case",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("record_id", ct.BigInt, nullable=False),
        sa.Column("no", sa.Text(), nullable=True),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("submission", sa.Integer(), server_default="0", nullable=False),
        sa.Column("visits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("scopes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("acts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("initiator", sa.Integer(), nullable=False),
        sa.Column("initiator_dept", sa.Text(), nullable=True),
        sa.Column("opened_at", ct.UtcDateTime(), nullable=False),
        sa.Column("submitted_at", ct.UtcDateTime(), nullable=True),
        sa.Column("updated_at", ct.UtcDateTime(), nullable=False),
        sa.Column("closed_at", ct.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow_case")),
        postgresql_with={"fillfactor": 80},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_flow_case_mine", "flow_case", ["initiator", sa.literal_column("id DESC")], unique=False
    )
    op.create_index("ix_flow_case_record", "flow_case", ["entity", "record_id"], unique=False)
    op.create_index(
        "ix_flow_case_running",
        "flow_case",
        ["release_id", "flow"],
        unique=False,
        postgresql_where=sa.text("state IN (1, 2)"),
        sqlite_where=sa.text("state IN (1, 2)"),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("at", ct.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_login_attempt_ip", "login_attempt", ["ip", "at"], unique=False)
    op.create_index("ix_login_attempt_login", "login_attempt", ["login", "at"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("case_id", ct.BigInt, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", ct.UtcDateTime(), nullable=False),
        sa.Column("read_at", ct.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_person", "notice", ["person", sa.literal_column("id DESC")], unique=False)
    op.create_table(
        "org_revision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("schema_number", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_org_revision")),
        sqlite_autoincrement=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", ct.Json, nullable=False),
        sa.Column("due_at", ct.UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", ct.UtcDateTime(), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", ct.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        postgresql_with={"fillfactor": 80},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state = 0"),
        sqlite_where=sa.text("state = 0"),
    )
    op.create_table(
        "person",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("job_level", sa.Text(), nullable=True),
        sa.Column("superior", sa.Text(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.Column("emp_no", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("code", name=op.f("uq_person_code")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "post",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("code", name=op.f("uq_post_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "revision",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("record_id", ct.BigInt, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("at", ct.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("case_id", ct.BigInt, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("changes", ct.Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_revision_record", "revision", ["entity", "record_id", sa.literal_column("id DESC")], unique=False
    )
    op.create_table(
        "role",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("code", name=op.f("uq_role_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scope",
        sa.Column("case_id", ct.BigInt, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("visit_no", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "no", name=op.f("pk_scope")),
        postgresql_with={"fillfactor": 80},
        sqlite_autoincrement=False,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", ct.Json, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        sqlite_autoincrement=False,
    )
    op.create_table(
        "task",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("case_id", ct.BigInt, nullable=False),
        sa.Column("visit_no", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), server_default="/", nullable=False),
        sa.Column("assignee", sa.Integer(), nullable=False),
        sa.Column("behalf", sa.Integer(), nullable=True),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("verdict", sa.SmallInteger(), nullable=True),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("flow_name", sa.Text(), nullable=False),
        sa.Column("node_name", sa.Text(), nullable=False),
        sa.Column("initiator", sa.Integer(), nullable=False),
        sa.Column("initiator_name", sa.Text(), nullable=False),
        sa.Column("opened_at", ct.UtcDateTime(), nullable=False),
        sa.Column("read_at", ct.UtcDateTime(), nullable=True),
        sa.Column("due_at", ct.UtcDateTime(), nullable=True),
        sa.Column("closed_at", ct.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        postgresql_with={"fillfactor": 80},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_task_done",
        "task",
        ["assignee", sa.literal_column("closed_at DESC")],
        unique=False,
        postgresql_where=sa.text("state = 1"),
        sqlite_where=sa.text("state = 1"),
    )
    op.create_index("ix_task_reader", "task", ["case_id", "assignee"], unique=False)
    op.create_index(
        "ix_task_todo",
        "task",
        ["assignee", sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("state = 0"),
        sqlite_where=sa.text("state = 0"),
    )
    op.create_index(
        "ix_task_visit",
        "task",
        ["case_id", "visit_no"],
        unique=False,
        postgresql_where=sa.text("state = 0"),
        sqlite_where=sa.text("state = 0"),
    )
    op.create_table(
        "visit",
        sa.Column("case_id", ct.BigInt, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), server_default="/", nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("abstained", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.SmallInteger(), nullable=True),
        sa.Column("claimed", sa.Integer(), nullable=True),
        sa.Column("came_from", sa.Integer(), server_default="0", nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("opened_at", ct.UtcDateTime(), nullable=False),
        sa.Column("due_at", ct.UtcDateTime(), nullable=True),
        sa.Column("closed_at", ct.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "no", name=op.f("pk_visit")),
        postgresql_with={"fillfactor": 80},
        sqlite_autoincrement=False,
    )
    op.create_table(
        "app_release",
        sa.Column("id", ct.BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("content", ct.Json, nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", ct.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["app"], ["app.code"], name=op.f("fk_app_release_app")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_release")),
        sa.UniqueConstraint("app", "number", name=op.f("uq_app_release_app_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "release_file",
        sa.Column("release_id", ct.BigInt, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["app_release.id"], name=op.f("fk_release_file_release_id")),
        sa.PrimaryKeyConstraint("release_id", "path", name=op.f("pk_release_file")),
        sqlite_autoincrement=False,
    )
    op.create_table(
        "entity_column",
        sa.Column("entity_number", ct.BigInt, nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scale", sa.Integer(), server_default="0", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entity_number"], ["entity.number"], name=op.f("fk_entity_column_entity_number")
        ),
        sa.PrimaryKeyConstraint("entity_number", "column_name", name=op.f("pk_entity_column")),
        sqlite_autoincrement=False,
    )
    op.create_table(
        "role_member",
        sa.Column("role_id", ct.BigInt, nullable=False),
        sa.Column("person_id", ct.BigInt, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_member_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_role_member_role_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("role_id", "person_id", name=op.f("pk_role_member")),
        sqlite_autoincrement=False,
    )
    op.create_index(op.f("ix_role_member_person_id"), "role_member", ["person_id"], unique=False)
    op.create_table(
        "slot_binding",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["app"], ["app.code"], name=op.f("fk_slot_binding_app")),
        sa.PrimaryKeyConstraint("app", "slot", name=op.f("pk_slot_binding")),
        sqlite_autoincrement=False,
    )
    op.execute("INSERT INTO org_revision (number, schema_number) VALUES (1, 1)")


def downgrade() -> None:
    """Remove them, last made first; their indexes go with them."""
    for name in reversed(_TABLES):
        op.drop_table(name)
