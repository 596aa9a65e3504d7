"""What expressions mean: exact numbers, one emptiness, two truth values."""

from datetime import UTC, date, datetime, time
from decimal import Decimal, getcontext
from typing import Any

import pytest

from runtime.language.expressions import Names
from tests.unit.language.expressions.world import LINES, NAMES, Ports, evaluate

D = Decimal
LINES_OF_THREE = [
    {"qty": 2, "price": D("10.50"), "kind": "a", "ok": True, "staff": "u5", "day": date(2026, 4, 3)},
    {"qty": 3, "price": None, "kind": "b", "ok": False},
    {"qty": None, "price": D("4.00"), "kind": None, "ok": None, "day": date(2026, 4, 1)},
]


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("0.1 + 0.2", D("0.3")),
        ("1 / 3 * 3 == 1", False),
        ("2 - 3 * 4 + 10 / 4", D("-7.5")),
        ("1 / 0", None),
        ("1 + 1 / 0", D(1)),
        ("7 % 3", D(1)),
        ("-7 % 3", D(2)),
        ("7 % 0", None),
        ("null + 1", D(1)),
        ("null * 5", D(0)),
        ("-amount", D(0)),
        ("amount - price", D(0)),
        ("not (amount == 1)", True),
        ("amount != 1", False),
        ("amount < 1 or amount >= 1", False),
        ("amount == null", True),
        ("null != amount", False),
        ("amount == price", False),
        ("amount + 0 == 0", True),
        ("name == ''", True),
        ("flag", None),
        ("not flag", True),
        ("flag and true", False),
        ("flag or true", True),
        ("if(flag, 1, 2)", D(2)),
        ("name in ('a', 'b')", False),
        ("name not in ('a', 'b')", False),
        ("'amount' in tags", False),
        ("'amount' not in tags", True),
        ("coalesce(name, null)", None),
        ("coalesce(amount, price, 9.5)", D("9.5")),
        ("count(lines)", 0),
        ("sum(lines.qty)", D(0)),
        ("avg(lines.qty)", None),
        ("max(lines.qty)", None),
        ("all_rows(lines, row.qty > 1)", True),
        ("any_row(lines, row.qty > 1)", False),
        ("concat(name, amount)", None),
        ("len(name)", 0),
        ("text(name)", None),
        ("due - day", None),
        ("due + 3", None),
        ("days_between(day, due)", None),
        ("contains(name, 'x')", False),
        ("matches(name, '.*')", False),
        ("upper_money(amount)", None),
        ("tags", None),
        ("files == null", True),
        ("signer.department", None),
    ],
)
def test_empty_is_zero_in_arithmetic_and_false_in_comparison(source: str, result: Any) -> None:
    assert evaluate(source) == result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("sum(lines, row.qty * row.price)", D(21)),
        ("sum(lines.qty)", D(5)),
        ("avg(lines.qty)", D("2.5")),
        ("count(lines)", 3),
        ("count(lines.price)", 2),
        ("count_if(lines, row.ok)", 1),
        ("count_if(lines, not row.ok)", 2),
        ("sum_if(lines, row.kind in ('a', 'b'), row.qty)", D(5)),
        ("max(lines.price)", D("10.50")),
        ("min(lines.day)", date(2026, 4, 1)),
        ("max_row(lines, row.qty * row.price)", D("21.00")),
        ("min_row(lines, row.index)", 1),
        ("distinct_count(lines.kind)", 2),
        ("distinct_count(lines, row.qty > 1)", 2),
        ("all_rows(lines, row.qty > 0 or row.price > 0)", True),
        ("all_rows(lines, row.index <= 2)", False),
        ("any_row(lines, row.index == 3 and row.kind == null)", True),
        ("sum(lines, sum(lines, row.index))", D(18)),
        ("sum(lines, if(row.kind == 'a', row.qty, 0)) / 4", D("0.5")),
        ("'a' in lines.kind", True),
        ("any_row(lines, row.staff.department == 'dept of u5')", True),
        ("count(tags)", 2),
        ("'amount' in tags and 'other' not in list('amount')", True),
        ("qty in (1, 7, 3)", True),
        ("0 < amount <= 100 < 200", True),
        ("amount * (1 + rate)", D("113.0000")),
        ("合同金额 - amount", D("-99.5")),
        ("due - day", D(30)),
        ("day + 1 == add_days(day, 1)", True),
        ("3 + day", date(2026, 4, 4)),
        ("day - 1", date(2026, 3, 31)),
        ("start_at + 0.5", datetime(2026, 4, 1, 13, tzinfo=UTC)),
        ("clock < null", False),
        ("contract.balance", "answer"),
        ("lookup('project', 'name', name)", "answer"),
    ],
)
def test_expressions_read_fields_rows_and_tables(source: str, result: Any) -> None:
    with_values = {
        "lines": LINES_OF_THREE,
        "tags": ["amount", "other"],
        "qty": 7,
        "amount": D(100),
        "rate": D("0.1300"),
        "合同金额": D("0.5"),
        "day": date(2026, 4, 1),
        "due": date(2026, 5, 1),
        "start_at": datetime(2026, 4, 1, 1, tzinfo=UTC),
        "clock": time(9),
        "contract": "HT-1",
        "name": "甲",
    }

    assert evaluate(source, with_values, ports=Ports(answer="answer")) == result


def test_arithmetic_keeps_34_digits_whatever_the_thread_uses() -> None:
    getcontext().prec = 5
    try:
        assert evaluate("2 / 3") == D("0." + "6" * 33 + "7")
        assert evaluate("1234567 * 1.000001") == D("1234568.234567")
    finally:
        getcontext().prec = 28


def test_every_scope_has_its_place() -> None:
    names = Names(
        fields=NAMES.fields,
        subtables={"lines": LINES},
        row="lines",
        old=NAMES.old,
        form=Names(fields=NAMES.fields),
        flow=True,
    )

    def found(source: str) -> Any:
        return evaluate(
            source,
            {"amount": D(1)},
            names=names,
            row={"qty": 5, "staff": "u7"},
            index=2,
            old={"balance": D(8)},
            form={"amount": D(3), "signer": "u8"},
            system={"owner": "u9", "created_at": datetime(2026, 1, 1, tzinfo=UTC)},
            flow={"status": "running", "duration_hours": D(30)},
        )

    assert found("amount + row.qty + row.index + old.balance + form.amount") == D(19)
    assert found("record.owner") == "u9"
    assert found("flow.status == 'running' and flow.duration_hours > 24") is True
    assert found("initiator") == "u1"
    assert found("concat(initiator.department, ' ', row.staff.department, ' ', form.signer.department)") == (
        "dept of u1 dept of u7 dept of u8"
    )
    assert found("initiator.is_dept_head and not current_user.is_dept_head") is True


def test_ports_are_asked_once_with_the_values_and_never_with_empty_ones() -> None:
    ports = Ports(answer=D(5))
    record = {
        "name": "甲",
        "start_at": datetime(2026, 4, 1, tzinfo=UTC),
        "contract": "HT-1",
        "contract_ref": 42,
    }
    source = (
        "sum_of('project', amount, name=name, project_no=null) + sum_of('project', 'amount', name=name)"
        " + count_of('common/project', start=day) + coalesce(max_of('project', 'amount', name=name), 0)"
        " + coalesce(contract.balance, 0)"
    )

    assert evaluate(source, record, ports=ports) == D(15)
    asked = {"table": "project", "column": "amount", "conditions": {"name": "甲"}}
    assert ports.asked == [
        ("aggregate", {"kind": "sum", **asked}),
        ("aggregate", {"kind": "max", **asked}),
        (
            "live",
            {"table": "contract", "column": "balance", "key": "contract_no", "value": "HT-1", "ref": 42},
        ),
    ]


def test_overlap_asks_for_the_resource_and_further_conditions() -> None:
    ports = Ports(answer=True)
    record = {
        "name": "A101",
        "start_at": datetime(2026, 4, 1, tzinfo=UTC),
        "end_at": datetime(2026, 4, 2, tzinfo=UTC),
    }

    assert (
        evaluate("overlap('booking', room, name, start_at, end_at, start_at, end_at)", record, ports=ports)
        is True
    )
    assert (
        evaluate("overlap('booking', 'room', name, 'start_at', 'end_at', start_at, end_at)", {}, ports=ports)
        is False
    )
    assert ports.asked == [
        (
            "overlap",
            {
                "table": "booking",
                "start": "start_at",
                "end": "end_at",
                "starts": record["start_at"],
                "ends": record["end_at"],
                "conditions": {"room": "A101"},
            },
        )
    ]
