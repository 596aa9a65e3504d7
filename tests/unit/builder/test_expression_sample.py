"""Whatever is written and whatever samples are typed: there is a result, or why there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.edits.scopes import Standpoint, scope_of, standpoint
from builder.words.expression_check import examine
from builder.words.expression_sample import Result, Sample, SamplePorts
from builder.words.name_words import Labels
from builder.words.sample_values import WrongSample, read_sample
from runtime.fields.field_type import SHANGHAI, Reading
from runtime.language.directory import Directory
from runtime.language.expressions import FUNCTIONS, Type
from tests.builder.pack_expressions import apps, documents

FORM = "sales_contract_change_form"
PLACES = (
    f"rule:{FORM}:sales_contract/sales_contract:receipts",
    f"entity:{FORM}",
    f"lookup:{FORM}.contract_no",
)


@cache
def place(name: str) -> Standpoint:
    return standpoint(scope_of(documents()["sales_contract_change"], apps()), name)


def tried(source: str, given_: dict[str, str], at: Standpoint, want: str = "") -> Result:
    report = examine(source, want, at)
    reading = Reading(Directory(1), at.scope.dictionary, SHANGHAI)
    ports = SamplePorts(
        reading=reading,
        moment=datetime(2026, 4, 1, 1, tzinfo=UTC),
        calendar=lambda _a, _b: 0,
        current_user="me",
    )
    trial = Sample(report, Labels(at), ports, given_)
    trial.collect()
    return trial.result(want)


NAMES = [
    *("new_amount", "change_items", "fill_date", "operator", "operator.department", "receipts", "copies"),
    *(
        "receipts.due_amount",
        "row.due_amount",
        "row.index",
        "old.amount",
        "form.new_amount",
        "contract_no.amount",
    ),
    *("record.created_at", "initiator", "current_user.is_dept_head", "exec_status", "amount", "nothing"),
]
LITERALS = ["1", "-0.5", "9999999999999999999999", "'amount'", "true", "null", "today()", "now()", "[]"]
SIGNS = ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "in", "not in", "and", "or"]
SOURCES = st.recursive(
    st.sampled_from([*NAMES, *LITERALS]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(SIGNS), inner).map(" ".join),
        inner.map(lambda one: f"not ({one})"),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, max_size=3)).map(
            lambda one: f"{one[0]}({', '.join(one[1])})"
        ),
    ),
    max_leaves=8,
)
TYPED = st.sampled_from(
    ["", "1", "1、2、3", "1e25", "-7", "0001-01-01", "9999-12-31T23:59", "true", "amount", "x"]
)


@given(
    SOURCES,
    st.dictionaries(st.sampled_from([*NAMES, "receipts."]), TYPED, max_size=6),
    st.sampled_from(PLACES),
)
def test_there_is_always_an_answer(source: str, given_: dict[str, str], name: str) -> None:
    result = tried(source, given_, place(name))

    assert result.text or result.note


@pytest.mark.parametrize(
    ("source", "given_", "shown"),
    [
        ("sum(receipts, row.due_amount * row.index)", {"receipts.due_amount": "10、20"}, "50"),
        ("count(receipts)", {}, "2"),
        ("contract_no.amount + 1", {"contract_no.amount": "2"}, "3.00"),
        ("text(change_items)", {"change_items": "amount、party"}, "合同金额、合同相对方"),
        ("new_amount > old_amount", {"new_amount": "2", "old_amount": "1"}, "成立"),
        ("fill_date + 1", {"fill_date": "2026-02-28"}, "2026-03-01"),
        ("record.created_at", {"record.created_at": "2026-02-28T10:30"}, "2026-02-28 10:30"),
    ],
)
def test_results(source: str, given_: dict[str, str], shown: str) -> None:
    assert tried(source, given_, place(f"entity:{FORM}")).text == shown


@cache
def bookings(where: str = "entity:paper") -> Standpoint:
    """A form with two look-ups of one table, and one in its rows."""
    fields = [
        {"code": "no", "type": "text", "label": "编号"},
        {"code": "total", "type": "integer", "label": "总数"},
        {"code": "tags", "type": "checkbox", "label": "标签", "options": ["大", "小"]},
    ]
    pointer = {"type": "lookup", "label": "预订", "from": "booking", "key": "no"}
    rows = [{"code": "qty", "type": "integer", "label": "数量"}, {"code": "room", **pointer}]
    paper = [
        {"code": "one", **pointer},
        {"code": "other", **pointer},
        {"code": "items", "type": "subtable", "label": "明细", "fields": rows},
    ]
    found = {
        "pack.yaml": {"schema": 1, "code": "app", "name": "应用", "version": "1.0.0"},
        "tables/booking.yaml": {"code": "booking", "name": "预订", "key": ["no"], "fields": fields},
        "forms/paper.yaml": {"code": "paper", "name": "单据", "fields": paper},
    }
    return standpoint(scope_of(found, {}), where)


@pytest.mark.parametrize(
    ("source", "given_", "shown"),
    [
        ("one.total - other.total", {"one.total": "500", "other.total": "200"}, "300"),
        ("one != null and '大' in one.tags", {"one.tags": "大、小"}, "成立"),
        ("'大' in one.tags", {"one.tags": "小"}, "不成立"),
        ("one.total", {"one": "", "one.total": "5"}, "5"),
        ("if(one == null, coalesce(one.total, 0), 7)", {"one": "", "one.total": "5"}, "0"),
        ("sum(items, row.qty) + count(items)", {"items.": "3", "items.qty": "1、2"}, "6"),
    ],
)
def test_each_look_up_has_its_own_values(source: str, given_: dict[str, str], shown: str) -> None:
    assert tried(source, given_, bookings()).text == shown


def test_what_is_looked_up_row_by_row_is_known_at_run_time_only() -> None:
    assert "运行时才能算出结果" in tried("sum(items, row.qty * row.room.total)", {}, bookings()).note
    row = bookings("row:paper.items")
    assert tried("row.qty * row.room.total", {"row.qty": "2", "row.room.total": "5"}, row).text == "10"


@pytest.mark.parametrize("text", ["1e999999", "1e-999999", "NaN", "Infinity", "1" * 40, "一"])
def test_a_number_is_a_plain_number(text: str) -> None:
    with pytest.raises(WrongSample):
        read_sample(text, Type("number"), SHANGHAI)
