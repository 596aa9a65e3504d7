"""The product as a peer: its use cases, on a published pack, with rights, history and outbox on.

Each action opens a session of its own, as a request does, and ends it. What is timed is what a use case
does; HTTP, log-in and templates are in nobody's time.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import event, func, make_url, select

from bench.workload import assignee
from runtime.collector import settle
from runtime.jobs.wake import wake_after_commit
from runtime.packs.read import read_pack
from runtime.running.context import SYSTEM, Clock
from runtime.store import entity_tables
from runtime.store.database import make_engine
from runtime.store.organisation import load_organisation
from runtime.store.send import Counter, counter
from runtime.store.session import Sessions
from runtime.store.states import TaskKind, TaskState
from runtime.store.tables import metadata, org_revision, outbox, person
from runtime.store.transaction import transaction
from runtime.usecases.act_on_task import Action, act_on_task
from runtime.usecases.install_packs import Options, install_packs
from runtime.usecases.submit_form import submit_form

PACK = Path(__file__).parent / "pack"
APP = "bench"
#: People of the organisation besides the initiator, as many as the largest signing needs.
PEOPLE = 500
INITIATOR = "b000"
_PANELS = (10, 500)
_OPEN_TASKS = (
    "select id, node, assignee from task where case_id = %s and state = %s and kind = %s order by id"
)
_NODES = ("manager", "director", "finance", "hr", "cashier")


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to the database so far, without BEGIN and COMMIT."""

    statements: int = 0
    round_trips: int = 0


class Ours:
    """The product on one PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        self._sessions = Sessions(self._engine)
        #: For look-ups that are neither timed nor counted: plainly on the driver, as the other peers look up.
        self._look = psycopg.connect(
            make_url(url).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        )
        #: What each action counted; added up when it is asked for, in nobody's time.
        self._counters: list[Counter] = []
        self._past_the_seam = 0
        self._woken = 0
        #: Who has a task, as their own to-do list tells them: filled by the look-up, which is not timed.
        self._owner: dict[int, int] = {}
        #: Of requests to come: a page brings its token along, so making one is in nobody's time.
        self._tokens: list[str] = []

    def setup(self) -> None:
        """Make the tables, enter the organisation, install the pack."""
        with self._engine.begin() as connection:
            metadata.create_all(connection)
            connection.execute(org_revision.insert().values(number=1, schema_number=1))
        with self._sessions() as session, transaction(session) as tx:
            load_organisation(tx, _organisation())
        # The pack's slots are named as the roles they stand for.
        with self._sessions() as session:
            install_packs(
                session=session, clock=Clock.now(), actor=SYSTEM, packs=[read_pack(PACK)], options=Options()
            )

    def open(self) -> None:
        """Count what goes past the seam, and be woken after commits as a serving process is."""
        event.listen(self._engine, "before_cursor_execute", self._count)
        wake_after_commit(self._sessions, self._wake)
        settle()  # as `biaoliu serve` does; the other peers share the process, and gain as well
        with self._sessions() as session:
            self._initiator = session.execute(
                select(person.c.id).where(person.c.code == INITIATOR)
            ).scalar_one()
        self._make_tokens()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()
        self._look.close()

    def start(self, no: int, amount: int) -> int:
        """Submit an expense; return its case."""
        people = {node: _code(assignee(no, node)) for node in _NODES}
        return self._submit("expense", {"amount": str(amount), "purpose": "travel", **people})

    def start_multi(self, k: int) -> int:
        """Submit a proposal that `k` people sign; return its case."""
        return self._submit(f"sign_{k}", {"purpose": f"signed by {k}"})

    def open_tasks(self, inst: int) -> list[tuple[int, str]]:
        """Return the open tasks of a case."""
        rows = self._look.execute(_OPEN_TASKS, (inst, TaskState.OPEN.value, TaskKind.TODO.value)).fetchall()
        self._owner = {number: owner for number, _, owner in rows}
        self._make_tokens()
        return [(number, node) for number, node, _ in rows]

    def complete(self, inst: int, task_id: int, name: str, data: dict[str, str]) -> None:  # noqa: ARG002
        """Approve one task as the person who has it."""
        action = Action(do="approve", opinion=next(iter(data.values())))
        with self._sessions() as session:
            self._counters.append(counter(session))
            act_on_task(
                session=session,
                clock=Clock.now(),
                actor=self._owner[task_id],
                task_id=task_id,
                action=action,
                token=self._tokens.pop(),
                # As the page that was open says it.
                form=f"{APP}/{'proposal' if name == 'approve' else 'expense'}",
            )

    def sent(self) -> Sent:
        """Return what all timed actions so far have sent."""
        return Sent(
            sum(one.statements for one in self._counters) + self._past_the_seam,
            sum(one.round_trips for one in self._counters) + self._past_the_seam,
        )

    def booked(self) -> int:
        """Return how many rows the rule wrote into the ledger.

        :raises NothingDelivered: if no action left a delivery in the outbox, or nobody was woken for it.
        """
        with self._sessions() as session:
            deliveries = session.execute(select(func.count()).select_from(outbox)).scalar_one()
            if not deliveries or not self._woken:
                raise NothingDelivered
            table = entity_tables.read(session).get(f"{APP}/ledger").table
            return session.execute(select(func.count()).select_from(table)).scalar_one()

    def _submit(self, flow: str, posted: dict[str, Any]) -> int:
        with self._sessions() as session:
            self._counters.append(counter(session))
            outcome = submit_form(
                session=session,
                clock=Clock.now(),
                actor=self._initiator,
                app=APP,
                flow=flow,
                posted=posted,
                token=self._tokens.pop(),
            )
            return outcome.case_id

    def _make_tokens(self) -> None:
        # As many as the largest signing has tasks, and its start.
        while len(self._tokens) <= PEOPLE:
            self._tokens.append(str(uuid4()))

    def _count(self, *_: object) -> None:
        self._past_the_seam += 1

    def _wake(self) -> None:
        self._woken += 1


class NothingDelivered(Exception):
    """The outbox stayed empty: then something is switched off that must be on."""


def _code(number: int) -> str:
    return f"b{number:03}"


def _organisation() -> dict[str, Any]:
    numbers = range(1, PEOPLE + 1)
    codes = [INITIATOR, *(_code(number) for number in numbers)]
    panels = [{"code": f"panel_{k}", "name": f"会签 {k} 人", "members": codes[1 : k + 1]} for k in _PANELS]
    return {
        "companies": [{"code": "co", "name": "测试公司"}],
        "departments": [{"code": "desk", "name": "测试部门", "company": "co", "head": _code(1)}],
        "people": [{"code": code, "name": f"人员 {code}", "department": "desk"} for code in codes],
        "roles": [{"code": "staff", "name": "员工", "members": codes}, *panels],
    }
