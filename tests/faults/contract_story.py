"""A contract from its draft to the ledger, and changes of it: the orders, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from runtime.store.tables import flow_case
from tests.faults.office import Office
from tests.faults.orders import Order

_CHANGE = "sales_contract_change/sales_contract_change_flow"


def contract_story(office: Office) -> Iterator[Order]:
    """Yield what leads to a contract of 200,000 in force, and then changed to 240,000; each asks anew."""
    yield from contract(office)
    yield from change(office, amount=240_000)
    yield archive(office, newest(office))


def contract(office: Office) -> Iterator[Order]:
    """Yield what leads to a contract of 200,000 in force."""
    posted = {
        "customer_no": "KH-1",
        "contract_name": "协同平台建设合同",
        "contract_type": "software",
        "amount": "200000",
        "start_date": "2026-12-01",
        "end_date": "2027-11-30",
        "main_terms": "按附件清单交付、验收与付款",
        "contract_file": [office.upload("u052", "draft.pdf")],
        "products": [{"product_no": "CP-1", "qty": "2", "deal_price": "100000"}],
        "pay_nodes": [
            {"node_name": name, "pay_condition": "到期", "plan_date": day, "node_amount": "100000"}
            for name, day in (("首付款", "2026-12-15"), ("验收款", "2027-06-30"))
        ],
    }
    yield office.submit("u052", "sales_contract_flow", posted)
    number = newest(office)
    yield office.act("u061", number)
    yield office.act("u016", number)
    signed = {"contract_file": [office.upload("u052", "signed.pdf")]}
    yield office.act("u052", number, "complete", posted=signed)


def change(office: Office, *, amount: int) -> Iterator[Order]:
    """Yield what leads a change of the one contract to its last step, `archive`."""
    [there] = office.rows("sales_contract/sales_contract")
    half = str(amount // 2)
    posted = {
        "contract_no": there["contract_no"],
        "change_reason": "客户调整建设范围",
        "change_items": ["amount", "receipt"],
        "new_amount": str(amount),
        "changed_draft": [office.upload("u052", f"change-{amount}.pdf")],
        "receipts": [
            {"item_desc": name, "payer": "青禾示范商贸", "due_amount": half, "due_date": day}
            for name, day in (("首付款", "2026-12-31"), ("尾款", "2027-06-30"))
        ],
    }
    yield office.submit("u052", _CHANGE, posted)
    number = newest(office)
    yield office.act("u018", number)
    yield office.act("u061", number)
    yield office.act("u016", number)
    signed = {"final_file": [office.upload("u052", f"final-{amount}.pdf")], "modify_desc": "无修改"}
    yield office.act("u052", number, "complete", posted=signed)


def archive(office: Office, case_id: int) -> Order:
    """Return the last step of a change: it writes the contract."""
    days = {"effect_date": "2026-11-25", "archive_date": "2026-11-27"}
    return office.act("u052", case_id, "complete", posted=days)


def newest(office: Office) -> int:
    """Return the case that was made last."""
    with office.opened() as session:
        number: int = session.scalars(select(func.max(flow_case.c.id))).one()
    return number
