"""The fixed statements that carrying out a plan sends (`store/carry_out.py`).

Parameter names differ from column names, so that SQLAlchemy never takes one for the value of the other.
"""

from typing import Any

from sqlalchemy import bindparam, insert, update

from runtime.store.insert_many import inserting
from runtime.store.send import among, prepared
from runtime.store.states import ScopeState, TaskKind, TaskState, VisitState
from runtime.store.tables import event, flow_case, scope, task, visit


def _where_case(*more: Any, table: Any) -> Any:
    return update(table).where(table.c.case_id == bindparam("case_key"), *more)


CLOSE_TASKS = prepared(
    _where_case(
        task.c.visit_no == bindparam("visit_key"),
        among(task.c.state, [TaskState.OPEN.value, TaskState.CLAIMED.value]),
        table=task,
    ).values(state=TaskState.CANCELLED.value, closed_at=bindparam("at"))
)
TURN_TASKS = prepared(
    _where_case(
        task.c.visit_no == bindparam("visit_key"),
        task.c.assignee != bindparam("person"),
        task.c.state == bindparam("old"),
        table=task,
    ).values(state=bindparam("new"))
)
WITHDRAW_TASKS = prepared(
    _where_case(
        task.c.path.like(bindparam("prefix")),
        task.c.kind == TaskKind.TODO.value,
        among(task.c.state, [TaskState.OPEN.value, TaskState.CLAIMED.value]),
        table=task,
    ).values(state=TaskState.WITHDRAWN.value, closed_at=bindparam("at"))
)
WITHDRAW_VISITS = prepared(
    _where_case(
        visit.c.path.like(bindparam("prefix")), visit.c.state == VisitState.OPEN.value, table=visit
    ).values(state=VisitState.WITHDRAWN.value, open=0, closed_at=bindparam("at"))
)
#: Finished visits that a return goes back past: they stay as history, but count no more.
TAKE_BACK_VISITS = prepared(
    _where_case(
        visit.c.path.like(bindparam("prefix")),
        visit.c.no >= bindparam("since"),
        visit.c.state == VisitState.CLOSED.value,
        table=visit,
    ).values(state=VisitState.WITHDRAWN.value)
)
WITHDRAW_SCOPES = prepared(
    _where_case(
        scope.c.path.like(bindparam("prefix")), scope.c.state == ScopeState.OPEN.value, table=scope
    ).values(state=ScopeState.WITHDRAWN.value)
)
FINISH_TASK = prepared(
    _where_case(
        task.c.visit_no == bindparam("visit_key"),
        task.c.assignee == bindparam("person"),
        task.c.kind == TaskKind.TODO.value,
        table=task,
    ).values(state=TaskState.DONE.value, verdict=bindparam("how"), closed_at=bindparam("at")),
    joins=True,
)
CHANGE_VISIT = prepared(
    _where_case(visit.c.no == bindparam("visit_key"), table=visit).values(
        open=bindparam("left"),
        approved=bindparam("yes"),
        rejected=bindparam("no_"),
        state=bindparam("stands"),
        outcome=bindparam("came"),
        claimed=bindparam("by"),
        closed_at=bindparam("at"),
    ),
    joins=True,
)
CHANGE_SCOPE = prepared(
    _where_case(scope.c.no == bindparam("scope_key"), table=scope).values(
        arrived=bindparam("in_"), ended=bindparam("out"), state=bindparam("stands")
    ),
    joins=True,
)
_VISIT_COLUMNS = [
    "case_id",
    "no",
    "path",
    "node",
    "submission",
    "need",
    "total",
    "open",
    "approved",
    "rejected",
    "state",
    "outcome",
    "came_from",
    "event_seq",
    "opened_at",
    "closed_at",
]
ADD_VISITS = inserting(visit, _VISIT_COLUMNS)
ADD_SCOPES = inserting(
    scope, ["case_id", "no", "path", "node", "visit_no", "expected", "arrived", "ended", "state"]
)
_TASK_COLUMNS = [
    "case_id",
    "visit_no",
    "path",
    "assignee",
    "behalf",
    "kind",
    "state",
    "verdict",
    "node",
    "title",
    "app",
    "flow_name",
    "node_name",
    "initiator",
    "initiator_name",
    "opened_at",
    "closed_at",
]
ADD_TASKS = inserting(task, _TASK_COLUMNS)
CHANGE_CASE = prepared(
    update(flow_case)
    .where(flow_case.c.id == bindparam("case_key"))
    .values(
        record_id=bindparam("record"),
        no=bindparam("shown"),
        title=bindparam("named"),
        state=bindparam("stands"),
        submission=bindparam("sub"),
        visits=bindparam("last_visit"),
        scopes=bindparam("last_scope"),
        seq=bindparam("last_event"),
        acts=bindparam("done"),
        updated_at=bindparam("at"),
        submitted_at=bindparam("sent"),
        closed_at=bindparam("ended"),
    ),
    joins=True,
)
#: Without the submission's moment: most actions leave it as it is.
CHANGE_CASE_ON = prepared(
    update(flow_case)
    .where(flow_case.c.id == bindparam("case_key"))
    .values(
        state=bindparam("stands"),
        visits=bindparam("last_visit"),
        scopes=bindparam("last_scope"),
        seq=bindparam("last_event"),
        acts=bindparam("done"),
        updated_at=bindparam("at"),
        closed_at=bindparam("ended"),
    ),
    joins=True,
)
_EVENT_COLUMNS = (
    "case_id seq at actor behalf kind node visit_no task_id client_token opinion files moves changes answer"
)
ADD_EVENT = prepared(
    insert(event).values({name: bindparam(name) for name in _EVENT_COLUMNS.split()}), joins=True
)
