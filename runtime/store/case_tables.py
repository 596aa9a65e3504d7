"""Fixed tables of running and finished cases: state rows, history, ledger.

No foreign keys here: these rows are written by one place only, under the lock of their case row, and every
key that is not needed costs each action. Numbers of scopes, visits and events count inside their case and
are never used again.
"""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Text, text

from runtime.store.column_types import BigInt, Code, Json, UtcDateTime
from runtime.store.metadata import fixed, identity
from runtime.store.states import CaseState, TaskState

flow_case = fixed(
    "flow_case",
    identity(),
    Column("release_id", Integer, nullable=False),
    Column("app", Text, nullable=False),
    Column("flow", Text, nullable=False),
    Column("entity", Integer, nullable=False),
    Column("record_id", BigInt, nullable=False),
    #: The number people quote (单号); NULL until there is one.
    Column("no", Text),
    Column("state", Code, nullable=False),
    Column("submission", Integer, nullable=False, server_default="0"),
    #: Last visit, scope and event number given out.
    Column("visits", Integer, nullable=False, server_default="0"),
    Column("scopes", Integer, nullable=False, server_default="0"),
    Column("seq", Integer, nullable=False, server_default="0"),
    #: What people did since the last submission; 0 lets the initiator withdraw.
    Column("acts", Integer, nullable=False, server_default="0"),
    Column("title", Text, nullable=False),
    Column("initiator", Integer, nullable=False),
    Column("initiator_dept", Text),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    hot=True,
)
_case = flow_case.c
_running = _case.state.in_([CaseState.RUNNING, CaseState.SUSPENDED])
Index("ix_flow_case_mine", _case.initiator, _case.id.desc())
Index("ix_flow_case_record", _case.entity, _case.record_id)
Index("ix_flow_case_running", _case.release_id, _case.flow, postgresql_where=_running, sqlite_where=_running)

scope = fixed(
    "scope",
    Column("case_id", BigInt, nullable=False),
    Column("no", Integer, nullable=False),
    #: Where the token that split stands: `/` at the root, `/3.0/` in branch 0 of scope 3, outermost first;
    #: closing a subtree is one prefix condition.
    Column("path", Text, nullable=False),
    Column("node", Text, nullable=False),
    #: The visit that the splitting token comes from.
    Column("visit_no", Integer, nullable=False, server_default="0"),
    Column("expected", Integer, nullable=False),
    Column("arrived", Integer, nullable=False, server_default="0"),
    Column("ended", Integer, nullable=False, server_default="0"),
    Column("state", Code, nullable=False),
    PrimaryKeyConstraint("case_id", "no"),
    hot=True,
)

visit = fixed(
    "visit",
    Column("case_id", BigInt, nullable=False),
    Column("no", Integer, nullable=False),
    Column("path", Text, nullable=False, server_default="/"),
    Column("node", Text, nullable=False),
    Column("submission", Integer, nullable=False),
    #: Approvals that decide, resolved when the visit opened.
    Column("need", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    Column("approved", Integer, nullable=False, server_default="0"),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column("abstained", Integer, nullable=False, server_default="0"),
    Column("state", Code, nullable=False),
    Column("outcome", Code),
    #: Who took it, where one of several may.
    Column("claimed", Integer),
    #: Number of the visit it came from; 0 for the start.
    Column("came_from", Integer, nullable=False, server_default="0"),
    #: Number of the event that opened it.
    Column("event_seq", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    PrimaryKeyConstraint("case_id", "no"),
    hot=True,
)

task = fixed(
    "task",
    identity(),
    Column("case_id", BigInt, nullable=False),
    Column("visit_no", Integer, nullable=False),
    Column("path", Text, nullable=False, server_default="/"),
    Column("assignee", Integer, nullable=False),
    #: For whom the assignee acts (代理); NULL for themselves.
    Column("behalf", Integer),
    Column("kind", Code, nullable=False),
    Column("state", Code, nullable=False),
    Column("verdict", Code),
    Column("node", Text, nullable=False),
    # What the lists show stands here again: a to-do list reads one index and one table.
    Column("title", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("flow_name", Text, nullable=False),
    Column("node_name", Text, nullable=False),
    Column("initiator", Integer, nullable=False),
    Column("initiator_name", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    hot=True,
)
_task = task.c
_open, _done = _task.state == TaskState.OPEN.value, _task.state == TaskState.DONE.value
Index("ix_task_todo", _task.assignee, _task.id.desc(), postgresql_where=_open, sqlite_where=_open)
Index("ix_task_done", _task.assignee, _task.closed_at.desc(), postgresql_where=_done, sqlite_where=_done)
Index("ix_task_visit", _task.case_id, _task.visit_no, postgresql_where=_open, sqlite_where=_open)
Index("ix_task_reader", _task.case_id, _task.assignee)

event = fixed(
    "event",
    Column("case_id", BigInt, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    #: 0 is the system itself.
    Column("actor", Integer, nullable=False),
    Column("behalf", Integer),
    Column("kind", Text, nullable=False),
    Column("node", Text),
    Column("visit_no", Integer),
    Column("task_id", BigInt),
    Column("client_token", Text),
    Column("opinion", Text),
    Column("files", Json),
    Column("moves", Json, nullable=False),
    Column("changes", Json),
    #: What the request was answered with, for the same token again.
    Column("answer", Json),
    PrimaryKeyConstraint("case_id", "seq"),
)
_token = event.c.client_token.is_not(None)
Index("ux_event_token", event.c.client_token, unique=True, postgresql_where=_token, sqlite_where=_token)

effect = fixed(
    "effect",
    identity(),
    Column("case_id", BigInt, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("path", Text, nullable=False, server_default="/"),
    Column("visit_no", Integer, nullable=False),
    Column("submission", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    #: Case, visit, rule, row and column: the same write is never made twice.
    Column("key", Text, nullable=False, unique=True),
    Column("entity", Integer, nullable=False),
    Column("row_id", BigInt, nullable=False),
    Column("col", Text),
    Column("op", Text, nullable=False),
    Column("before", Json),
    Column("after", Json),
    #: Decimal text; what add and subtract are inverted by.
    Column("delta", Text),
    Column("inverts", BigInt),
    Column("inverted", Boolean, nullable=False, server_default=text("false")),
)
_effect = effect.c
_standing = _effect.inverted.is_(False)
Index("ix_effect_row", _effect.entity, _effect.row_id, _effect.id)
Index("ix_effect_case", _effect.case_id, _effect.id, postgresql_where=_standing, sqlite_where=_standing)

revision = fixed(
    "revision",
    identity(),
    Column("entity", Integer, nullable=False),
    Column("record_id", BigInt, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Integer, nullable=False),
    Column("case_id", BigInt),
    Column("seq", Integer),
    Column("rule", Text),
    Column("changes", Json, nullable=False),
)
Index("ix_revision_record", revision.c.entity, revision.c.record_id, revision.c.id.desc())
