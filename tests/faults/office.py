"""An office: a database with an organisation and packs, and what its people do there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, func, select

from runtime.demo.people import organisation
from runtime.packs.read import read_pack
from runtime.running.context import SYSTEM, Clock, open_context
from runtime.running.system_rows import enter_rows
from runtime.store import directory as directories
from runtime.store import entity_tables, records
from runtime.store.organisation import load_organisation
from runtime.store.session import Session, Sessions
from runtime.store.states import TaskKind, TaskState
from runtime.store.tables import (
    counter,
    effect,
    event,
    file,
    flow_case,
    notice,
    outbox,
    revision,
    scope,
    task,
    visit,
)
from runtime.store.transaction import transaction
from runtime.usecases.install_packs import Options, install_packs
from tests.faults.orders import NOW, Answer, Order, answer, order

ROOT = Path(__file__).resolve().parents[2]
_PEOPLE = [f"p{number:03}" for number in range(121)]
_TRIAL_ORGANISATION: Mapping[str, Any] = {
    "companies": [{"code": "co", "name": "测试公司"}],
    "departments": [{"code": "desk", "name": "测试部门", "company": "co"}],
    "people": [{"code": code, "name": f"人员{code}", "department": "desk"} for code in _PEOPLE],
    "roles": [
        {"code": "staff", "name": "员工", "members": _PEOPLE},
        {"code": "boss", "name": "主管", "members": ["p110"]},
        {"code": "legal", "name": "法务", "members": ["p111", "p112"]},
        {"code": "desk", "name": "窗口", "members": ["p113", "p114"]},
        *({"code": f"panel_{k}", "name": f"{k} 人", "members": _PEOPLE[1 : k + 1]} for k in (5, 20, 100)),
    ],
}
_ACCOUNTS = [{"code": code} for code in ("main", "left", "right", "gate_a", "gate_b")]
_SALES_PACKS = ("common_base", "customer_archive", "sales_contract", "sales_contract_change", "receipt_plan")
_SALES_ROWS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "customer_archive/customer": [
        {
            "customer_no": "KH-1",
            "customer_name": "青禾示范商贸",
            "lead_dept": "sales_north_1a",
            "sales_owner": "u052",
            "customer_stage": "intent",
            "contact": "甲经理",
            "phone": "13800000001",
        }
    ],
    "common_base/product": [
        {
            "product_no": "CP-1",
            "name": "流程协同平台许可",
            "product_line": "platform",
            "spec": "100 用户",
            "list_price": "120000",
            "protect_price": "90000",
            "unit_cost": "70000",
        }
    ],
}

#: Tables of what happens, as against who is there and what they work with.
_HAPPENING = (counter, effect, event, file, flow_case, notice, outbox, revision, scope, task, visit)


@dataclass(frozen=True)
class Kind:
    """What an office is furnished with."""

    name: str
    organisation: Mapping[str, Any]
    packs: Sequence[Path]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]


#: A pack of every way to decide, in an organisation of 121.
TRIAL = Kind("trial", _TRIAL_ORGANISATION, [Path(__file__).parent / "trial"], {"trial/account": _ACCOUNTS})
#: The contract packs, with one customer and one product.
SALES = Kind("sales", organisation(), [ROOT / "packs" / name for name in _SALES_PACKS], _SALES_ROWS)


def furnish(engine: Engine, kind: Kind) -> None:
    """Enter the organisation, install the packs and enter the rows, in a database of empty fixed tables."""
    opened, clock = Sessions(engine), Clock(NOW)
    with opened() as session, transaction(session) as tx:
        load_organisation(tx, kind.organisation)
    with opened() as session:
        packs = [read_pack(path) for path in kind.packs]
        install_packs(session=session, clock=clock, actor=SYSTEM, packs=packs, options=Options())
    with opened() as session, transaction(session) as tx:
        _enter(tx, kind)


def start_over(engine: Engine, kind: Kind) -> None:
    """Bring a furnished database back to its first day: organisation and packs stay, nothing has happened."""
    with Sessions(engine)() as session, transaction(session) as tx:
        there = entity_tables.today(tx)
        own = [there.get(path) for path in there.paths()]
        rows = [sub.table for one in own for sub in one.rows.values()]
        for table in (*_HAPPENING, *rows, *(one.table for one in own)):
            tx.execute(table.delete())
        _enter(tx, kind)


def _enter(tx: Session, kind: Kind) -> None:
    context = open_context(tx, clock=Clock(NOW), actor=SYSTEM)
    for path, rows in kind.rows.items():
        enter_rows(context, path, rows)


@dataclass
class Office:
    """A furnished database as the test looks at it; `app` is the pack whose flows are meant."""

    engine: Engine
    app: str
    people: Mapping[str, int] = field(init=False)
    opened: Sessions = field(init=False)

    def __post_init__(self) -> None:
        self.opened = Sessions(self.engine)
        with self.opened() as session:
            known = directories.today(session).people
        self.people = {code: person.id for code, person in known.items()}

    @property
    def url(self) -> str:
        """How another process gets here."""
        return self.engine.url.render_as_string(hide_password=False)

    def submit(self, who: str, flow: str, posted: Mapping[str, Any], *, case_id: int | None = None) -> Order:
        """Return the order to submit a form; `flow` is of this office's app, or "app/flow"."""
        return self._form("submit", who, flow, posted, case_id)

    def draft(self, who: str, flow: str, posted: Mapping[str, Any], *, case_id: int | None = None) -> Order:
        """Return the order to keep a form."""
        return self._form("draft", who, flow, posted, case_id)

    def act(self, who: str, case_id: int, do: str = "approve", **given: Any) -> Order:
        """Return the order to handle the person's open task in the case."""
        [found] = [one for one in self.open_tasks(case_id) if one.assignee == self.people[who]]
        return order("act", self.people[who], task_id=found.id, do=do, opinion="已阅", **given)

    def withdraw(self, who: str, case_id: int) -> Order:
        """Return the order to take a submission back."""
        return order("withdraw", self.people[who], case_id=case_id)

    def answer(self, asked: Order) -> Answer:
        """Carry an order out in this process."""
        return answer(self.opened, asked)

    def done(self, asked: Order) -> int:
        """Carry an order out that must succeed; return its case."""
        answered = self.answer(asked)
        assert "done" in answered, answered
        return int(answered["case_id"])

    def open_tasks(self, case_id: int | None = None) -> list[Any]:
        """Return what waits for people, in a case or in all of them."""
        asked = select(task.c.id, task.c.case_id, task.c.assignee, task.c.node).where(
            task.c.state == TaskState.OPEN.value, task.c.kind == TaskKind.TODO.value
        )
        if case_id is not None:
            asked = asked.where(task.c.case_id == case_id)
        with self.opened() as session:
            return list(session.execute(asked.order_by(task.c.id)).all())

    def count(self, table: Table, **where: Any) -> int:
        """Return how many rows of a fixed table have these values."""
        conditions = [table.c[name] == value for name, value in where.items()]
        with self.opened() as session:
            return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    def rows(self, path: str) -> list[dict[str, Any]]:
        """Return the values of the live records of "pack/entity", by id."""
        with self.opened() as session:
            there = entity_tables.today(session).get(path)
            return [dict(one.values) for one in records.find(session, there)]

    def upload(self, who: str, name: str) -> str:
        """Enter an uploaded file; return its id."""
        number = hashlib.sha256(f"{who} {name}".encode()).hexdigest()[:32]
        with self.opened() as session, transaction(session) as tx:
            tx.execute(
                file.insert().values(
                    id=number,
                    sha256=number,
                    size=1,
                    name=name,
                    content_type="application/pdf",
                    uploaded_by=self.people[who],
                    created_at=NOW,
                )
            )
        return number

    def _form(self, use: str, who: str, flow: str, posted: Mapping[str, Any], case_id: int | None) -> Order:
        app, _, code = flow.rpartition("/")
        given: dict[str, Any] = {
            "app": app or self.app,
            "flow": code,
            "posted": dict(posted),
            "case_id": case_id,
        }
        return order(use, self.people[who], **given)
