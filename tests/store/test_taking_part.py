"""Who takes part in a case reads its form."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from runtime.language.app import App
from runtime.language.refusal import Forbidden, NotFound
from runtime.store import directory
from runtime.store.access import Access
from runtime.store.session import Session
from runtime.store.states import TaskKind, TaskState
from runtime.store.tables import flow_case, task
from runtime.store.transaction import transaction
from tests.store.apps import app, field, rows, table, there
from tests.store.readers import NOW, add, install, seen_by

CONTRACT = (
    field("no"),
    field("phone", "phone"),
    field("cost", "money"),
    rows("items", field("clause"), field("price", "money")),
)


def _app(*permissions: Any, kind: str = "table") -> App:
    return app(table("contract", *CONTRACT, kind=kind), permissions=permissions)


def _numbers(access: Access, verb: str = "view") -> list[str]:
    contract = access.there
    asked = select(contract.columns["no"]).where(access.rows_clause(verb)).order_by(contract.table.c.id)
    return [str(number) for number in access.tx.scalars(asked)]


def test_who_takes_part_in_a_case_reads_its_form(session: Session) -> None:
    own = _app(kind="form")
    install(session, own)
    made = add(session, "contract", "sam", no="1")
    other = add(session, "contract", "sam", no="2")
    people = directory.today(session).people
    with transaction(session) as tx:
        case = tx.execute(
            insert(flow_case)
            .values(
                release_id=1,
                app="crm",
                flow="contract",
                entity=there(tx, "contract").number,
                record_id=made.id,
                state=1,
                title="合同",
                initiator=people["nora"].id,
                opened_at=NOW,
                updated_at=NOW,
            )
            .returning(flow_case.c.id)
        ).scalar_one()
        tx.execute(
            insert(task).values(
                case_id=case,
                visit_no=1,
                assignee=people["lara"].id,
                kind=TaskKind.NOTICE,
                state=TaskState.DONE,
                node="n",
                title="合同",
                app="crm",
                flow_name="合同",
                node_name="知会",
                initiator=people["nora"].id,
                initiator_name="北区经理",
                opened_at=NOW,
            )
        )

    for viewer in ("lara", "nora"):
        access = seen_by(session, own, "contract", viewer)
        assert _numbers(access) == ["1"]
        assert access.require("print", made.id or 0).takes_part
        assert access.read(made.id or 0)[0].values["no"] == "1"
        with pytest.raises(NotFound):
            access.read(other.id or 0)
        with pytest.raises(Forbidden):
            access.require("edit", made.id or 0)
    assert _numbers(seen_by(session, own, "contract", "lead")) == []
