"""An event beside the engine: a draft, a comment; nothing of the case's state changes by it."""

from typing import Any

from sqlalchemy import bindparam, update

from runtime.store.carry_out import Deed
from runtime.store.case_sql import ADD_EVENT
from runtime.store.send import prepared, send_at_commit
from runtime.store.session import Session
from runtime.store.tables import flow_case

_COUNT = prepared(
    update(flow_case).where(flow_case.c.id == bindparam("case_key")).values(seq=bindparam("last"))
)


def add_event(tx: Session, *, case_id: int, seq: int, deed: Deed) -> None:
    """Write an event with the number `seq`; the case must be locked, or not known to anybody yet."""
    values: dict[str, Any] = {
        "case_id": case_id,
        "seq": seq,
        "at": deed.at,
        "actor": deed.actor,
        "behalf": deed.behalf,
        "kind": deed.kind,
        "node": deed.node,
        "visit_no": None,
        "task_id": None,
        "client_token": deed.token,
        "opinion": deed.opinion,
        "files": list(deed.files) or None,
        "moves": [],
        "changes": None,
        "answer": deed.answer,
    }
    send_at_commit(tx, ADD_EVENT, **values)
    send_at_commit(tx, _COUNT, case_key=case_id, last=seq)
