"""Two changes of one contract, both submitted before either is approved, finally approved at once."""

from __future__ import annotations

from sqlalchemy import select

from runtime.store.states import CaseState
from runtime.store.tables import effect, event, flow_case
from tests.faults.consistency import inconsistencies
from tests.faults.contract_story import archive, change, contract, newest
from tests.faults.office import Office
from tests.faults.players import Pair, at_once

AMOUNTS = (240_000, 300_000)


def test_the_second_is_stopped_by_the_guard_and_nothing_of_it_is_written(
    sales: Office, sellers: Pair
) -> None:
    for step in contract(sales):
        sales.done(step)
    cases = []
    for amount in AMOUNTS:
        for step in change(sales, amount=amount):
            sales.done(step)
        cases.append(newest(sales))

    answers = at_once(sales.engine, sellers, [archive(sales, number) for number in cases])

    [won] = [number for number, one in enumerate(answers) if "done" in one]
    [refusal] = [one for one in answers if "refused" in one]
    [there] = sales.rows("sales_contract/sales_contract")
    assert refusal["refused"] == "GuardFailed"
    assert f"合同 {there['contract_no']} 现为第 2 版" in refusal["message"]
    assert "请退回发起，重新取数" in refusal["message"]
    _is_written_once(sales, AMOUNTS[won])
    _is_as_it_was(sales, cases[1 - won])
    assert inconsistencies(sales.engine) == []


def _is_written_once(office: Office, amount: int) -> None:
    [there] = office.rows("sales_contract/sales_contract")
    assert (there["amount"], there["version"], there["change_count"]) == (amount, 2, 1)
    planned = [row["plan_amount"] for row in office.rows("sales_contract/contract_receipt_plan")]
    assert planned == [amount // 2, amount // 2]
    [customer] = office.rows("customer_archive/customer")
    assert customer["receivable_amount"] == amount
    [log] = office.rows("sales_contract_change/sales_contract_change_log")
    assert (log["old_amount"], log["new_amount"], log["version_no"]) == (200_000, amount, 2)


def _is_as_it_was(office: Office, case_id: int) -> None:
    """The case waits where it waited, with five events and no effect."""
    with office.opened() as session:
        state = session.scalar(select(flow_case.c.state).where(flow_case.c.id == case_id))
    assert state == CaseState.RUNNING.value
    assert [one.node for one in office.open_tasks(case_id)] == ["n_arch"]
    assert office.count(event, case_id=case_id) == 5
    assert office.count(effect, case_id=case_id) == 0
