"""Fixed tables around the work: deliveries, notices, files, counters, settings, log-ins, audit."""

from sqlalchemy import Column, Index, Integer, Text

from runtime.store.column_types import BigInt, Code, Json, UtcDateTime
from runtime.store.metadata import fixed, identity
from runtime.store.states import OutboxState

outbox = fixed(
    "outbox",
    identity(),
    #: The same delivery is never written twice.
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lease_until", UtcDateTime),
    Column("lease_owner", Text),
    Column("state", Code, nullable=False),
    Column("last_error", Text),
    Column("created_at", UtcDateTime, nullable=False),
    hot=True,
)
_waiting = outbox.c.state == OutboxState.WAITING.value
Index("ix_outbox_due", outbox.c.due_at, postgresql_where=_waiting, sqlite_where=_waiting)

notice = fixed(
    "notice",
    identity(),
    Column("person", Integer, nullable=False),
    Column("case_id", BigInt),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
)
Index("ix_notice_person", notice.c.person, notice.c.id.desc())

file = fixed(
    "file",
    #: uuid text: what an attachment field holds.
    Column("id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", BigInt, nullable=False),
    Column("name", Text, nullable=False),
    #: By content, not by what the browser said.
    Column("content_type", Text, nullable=False),
    Column("uploaded_by", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # Where it hangs; NULL is not attached yet.
    Column("entity", Integer),
    Column("record_id", BigInt),
    Column("field", Text),
)
_loose = file.c.entity.is_(None)
Index("ix_file_record", file.c.entity, file.c.record_id)
Index("ix_file_loose", file.c.created_at, postgresql_where=_loose, sqlite_where=_loose)

counter = fixed(
    "counter", Column("key", Text, primary_key=True), Column("value", BigInt, nullable=False), hot=True
)

answer = fixed(
    "answer",
    #: Of the client, with the person in front.
    Column("token", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("answer", Json),
)
Index("ix_answer_at", answer.c.at)

setting = fixed("setting", Column("key", Text, primary_key=True), Column("value", Json))

login_attempt = fixed(
    "login_attempt",
    identity(),
    Column("login", Text, nullable=False),
    Column("ip", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_login_attempt_login", login_attempt.c.login, login_attempt.c.at)
Index("ix_login_attempt_ip", login_attempt.c.ip, login_attempt.c.at)

audit = fixed(
    "audit",
    identity(),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("detail", Json),
    Column("ip", Text),
)
Index("ix_audit_object", audit.c.object, audit.c.id.desc())
