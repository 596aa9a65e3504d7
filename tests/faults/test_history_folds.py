"""Whatever people do, in any order: history, rows and ledger stay one, and nothing is accepted twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from runtime.store import entity_tables
from runtime.store.states import CaseState
from runtime.store.tables import event, flow_case
from tests.faults.consistency import inconsistencies
from tests.faults.office import TRIAL, Office, start_over
from tests.faults.orders import Answer, Order

_DEEDS = ("approve", "reject", "return", "claim", "release", "complete", "submit")
_AMOUNTS = st.integers(1, 50_000).map(lambda cents: {"amount": f"{cents / 100:.2f}"})


class _Work(RuleBasedStateMachine):
    """People at work on a few cases, on the first day of an office."""

    office: ClassVar[Office]

    def __init__(self) -> None:
        super().__init__()
        start_over(self.office.engine, TRIAL)
        self.cases: list[int] = []
        self.done: list[tuple[Order, Answer]] = []

    @rule(amount=_AMOUNTS, use=st.sampled_from(["submit", "draft"]))
    def begin(self, amount: dict[str, str], use: str) -> None:
        make = self.office.submit if use == "submit" else self.office.draft
        answered = self._ask(make("p000", "fork", amount))
        self.cases.append(answered["case_id"])

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), deed=st.sampled_from(_DEEDS), amount=_AMOUNTS)
    def act(self, data: st.DataObject, deed: str, amount: dict[str, str]) -> None:
        tasks = self.office.open_tasks(data.draw(st.sampled_from(self.cases)))
        if tasks:
            self._handle(data.draw(st.sampled_from(tasks)), deed, amount)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), amount=_AMOUNTS)
    def submit_again(self, data: st.DataObject, amount: dict[str, str]) -> None:
        number = data.draw(st.sampled_from(self.cases))
        self._ask(self.office.submit("p000", "fork", amount, case_id=number))

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        self._ask(self.office.withdraw("p000", data.draw(st.sampled_from(self.cases))))

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def lead_on(self, data: st.DataObject) -> None:
        """Bring a case to its next node, which chance alone seldom does."""
        number = data.draw(st.sampled_from(self.cases))
        while tasks := self.office.open_tasks(number):
            last = tasks[0].node
            deed = {"start": "submit", "result": "complete"}.get(last, "approve")
            self._handle(tasks[0], deed, {"amount": "3.00"})
            if last not in {one.node for one in self.office.open_tasks(number)}:
                break

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        asked, first = data.draw(st.sampled_from(self.done))

        assert self.office.answer(asked) == first
        assert self.office.count(event, client_token=asked["token"]) == 1

    def teardown(self) -> None:
        """Take back whatever is still under way: then only what was approved may stand in the accounts."""
        for number in self.cases:
            tasks = [one for one in self.office.open_tasks(number) if one.node != "start"]
            if tasks:
                assert "done" in self._handle(tasks[0], "return", {})
        assert inconsistencies(self.office.engine) == []
        account = self.office.rows("trial/account")[0]
        assert (account["reserved"], account["spent"]) == (0, self._approved())

    def _handle(self, task: Any, deed: str, amount: dict[str, str]) -> Answer:
        who = next(code for code, number in self.office.people.items() if number == task.assignee)
        posted = {"submit": amount, "complete": {"result": "好"}}.get(deed)
        return self._ask(self.office.act(who, task.case_id, deed, posted=posted))

    def _ask(self, asked: Order) -> Answer:
        """Carry an order out; a refusal is an answer, and may not leave anything behind."""
        before = self.office.count(event)
        answered = self.office.answer(asked)
        if "done" in answered:
            self.done.append((asked, answered))
        assert self.office.count(event) == before + ("done" in answered)
        return answered

    def _approved(self) -> Decimal:
        with self.office.opened() as session:
            there = entity_tables.today(session).get("trial/request")
            ends = select(flow_case.c.record_id).where(flow_case.c.state == CaseState.APPROVED.value)
            amounts = session.scalars(select(there.column("amount")).where(there.table.c.id.in_(ends)))
            return sum((Decimal(str(one)) for one in amounts), Decimal())


def test_history_rows_and_ledger_stay_one(trial: Office) -> None:
    class Work(_Work):
        office = trial

    # Each example is a day of work: a quarter as many as elsewhere.
    examples = max(settings().max_examples // 4, 1)
    run_state_machine_as_test(Work, settings=settings(max_examples=examples, stateful_step_count=25))


def test_a_row_that_the_case_made_and_wrote_again_is_taken_back(trial: Office) -> None:
    number = trial.done(trial.submit("p000", "fork", {"amount": "7"}))
    trial.done(trial.act("p113", number))
    [entry] = trial.rows("trial/entry")
    assert entry["stage"] == "desk"

    trial.done(trial.act("p111", number, "return"))

    assert trial.rows("trial/entry") == []
    trial.done(trial.act("p000", number, "submit", posted={"amount": "8"}))
    assert [(row["amount"], row["stage"]) for row in trial.rows("trial/entry")] == [(8, "submitted")]
    assert trial.rows("trial/account")[0]["reserved"] == 8
    assert inconsistencies(trial.engine) == []


def test_a_row_that_another_case_wrote_since_is_not_taken_back(trial: Office) -> None:
    number = trial.done(trial.submit("p000", "fork", {"amount": "7"}))
    [entry] = trial.rows("trial/entry")
    trial.done(trial.act("p110", trial.done(trial.submit("p000", "remark", {"subject": entry["no"]}))))

    refused = trial.answer(trial.act("p111", number, "return"))

    assert refused["refused"] == "CannotTakeBack"
    assert "已被其他单据改写" in refused["message"]
    assert [row["result"] for row in trial.rows("trial/entry")] == ["备注"]
    assert inconsistencies(trial.engine) == []
