"""Lists: searched, filtered, sorted and paged without gaps, and only with what may be seen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.language.app import App
from runtime.language.refusal import Forbidden, Refused
from runtime.records.rights import Masked
from runtime.store import record_list
from runtime.store.record_list import Filter, ListQuery, RecordList
from runtime.store.session import Session
from runtime.store.states import RecordState
from tests.store.apps import app, field, table
from tests.store.databases import watched
from tests.store.readers import add, grant, install, seen_by

CONTRACT = table(
    "contract",
    field("no"),
    field("name"),
    field("amount", "money"),
    field("signed", "date"),
    field("state", "select", options={"dict": "state"}),
    field("tags", "checkbox", options={"dict": "state"}),
    field("phone", "phone"),
    field("customer", "lookup", options={"from": "customer", "key": "name"}),
)
OWN = app(CONTRACT, permissions=(grant("all_staff", "all", "view", "export"),))


@pytest.fixture
def filled(session: Session) -> Session:
    """Fill five contracts."""
    install(session, OWN)
    for number, name, amount, day in (
        ("1", "星澜科技采购合同", "300", 3),
        ("2", "云服_年度100%合同", "100", 1),
        ("3", "采购框架", None, 2),
        ("4", "合同补充", "200", None),
        ("5", "Alpha 合同", "100", 5),
    ):
        signed = date(2026, 1, day) if day else None
        tags = ["open"] if number in "12" else ["open", "done"] if number == "3" else None
        values: dict[str, Any] = {
            "no": number,
            "name": name,
            "amount": Decimal(amount) if amount else None,
            "signed": signed,
        }
        add(session, "contract", "sam", **values, tags=tags, customer="甲", customer_ref=int(number))
    add(session, "contract", "sam", no="draft", name="合同草稿", state=RecordState.DRAFT)
    return session


def _list(session: Session, app_: App = OWN, viewer: str = "sam", **asked: Any) -> RecordList:
    query = ListQuery(columns=asked.pop("columns", ("no",)), **asked)
    return RecordList(seen_by(session, app_, "contract", viewer), query)


def _numbers(session: Session, **asked: Any) -> str:
    return "".join(line.values["no"] for line in _list(session, **asked).page().lines)


def test_the_newest_comes_first_and_drafts_do_not(filled: Session) -> None:
    assert _numbers(filled) == "54321"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("合同", "1245"),
        ("采购", "13"),
        ("采购 合同", "1"),
        ("100%", "2"),
        ("_", "2"),
        ("alpha", "5"),
        ("没有", ""),
        ("", "12345"),
    ],
)
def test_every_word_must_occur_and_two_characters_are_enough(filled: Session, words: str, found: str) -> None:
    assert _numbers(filled, words=words, search=("name",), sort=("no",)) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([Filter("no", values=["1", "4"])], "14"),
        ([Filter("amount", low=Decimal(100), high=Decimal("200.00"))], "245"),
        ([Filter("signed", low=date(2026, 1, 2))], "135"),
        ([Filter("signed", values=[None])], "4"),
        ([Filter("tags", values=["done"])], "3"),
        ([Filter("tags", values=["open"]), Filter("amount", low=Decimal(1))], "12"),
        ([Filter("record.state", values=[RecordState.ENDED.value])], ""),
    ],
)
def test_filters_hold_together(filled: Session, filters: list[Filter], found: str) -> None:
    assert _numbers(filled, filters=tuple(filters), sort=("no",)) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        (("amount",), "25413"),
        (("-amount",), "14523"),
        (("amount", "-no"), "52413"),
        (("-signed", "no"), "51324"),
    ],
)
def test_empty_values_come_last_in_either_order(filled: Session, sort: tuple[str, ...], found: str) -> None:
    assert _numbers(filled, sort=sort) == found


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sort=st.lists(
        st.sampled_from(["amount", "-amount", "signed", "-signed", "name", "-no"]),
        max_size=2,
        unique_by=lambda s: s[-3:],
    ),
    limit=st.integers(1, 6),
)
def test_pages_follow_each_other_without_gaps_in_both_directions(
    filled: Session, sort: list[str], limit: int
) -> None:
    whole = _numbers(filled, sort=tuple(sort))
    there, back = [], []

    page = _list(filled, sort=tuple(sort), limit=limit).page()
    assert page.before is None
    there.append(page)
    while page.after:
        page = _list(filled, sort=tuple(sort), limit=limit, after=page.after).page()
        there.append(page)
    while page.before:
        page = _list(filled, sort=tuple(sort), limit=limit, before=page.before).page()
        back.append(page)

    assert "".join(line.values["no"] for one in there for line in one.lines) == whole
    assert [one.lines for one in reversed(there[:-1])] == [one.lines for one in back]


def test_a_page_costs_one_statement(filled: Session) -> None:
    listed = _list(filled, sort=("no",))

    with watched(filled) as sent:
        listed.page()

    assert len(sent) == 1


def test_counting_stops_in_time(filled: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = _list(filled).count()
    assert (counted.number, counted.at_least) == (5, False)

    monkeypatch.setattr(record_list, "COUNTED", 3)

    counted = _list(filled).count()
    assert (counted.number, counted.at_least) == (3, True)


def test_an_export_reads_everything_in_batches(filled: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_list, "BATCH", 2)

    lines = _list(
        filled, sort=("amount",), columns=("no", "amount", "record.owner_dept"), verb="export"
    ).lines()

    found = [(line.values["no"], line.values["amount"], line.values["record.owner_dept"]) for line in lines]
    assert found[0] == ("2", Decimal("100.00"), "north")
    assert [one[0] for one in found] == list("25413")


def test_a_lookup_comes_with_the_record_it_means(filled: Session) -> None:
    line = _list(filled, columns=("customer",), sort=("no",)).page().lines[0]

    assert line.values == {"customer": "甲", "customer_ref": 1}


def test_a_cursor_that_is_none_is_refused(filled: Session) -> None:
    for wrong in ("x", "bm8", "W10"):
        with pytest.raises(Refused):
            _list(filled, after=wrong).page()


def test_each_row_shows_what_its_own_grants_give(session: Session) -> None:
    own = app(
        CONTRACT,
        permissions=(grant("all_staff", mask=("phone",), hide=("amount",)), grant("sales_rep", "own")),
    )
    install(session, own)
    for owner in ("sam", "lara"):
        add(session, "contract", owner, no=owner, phone="13800001234", amount=Decimal(5))

    lines = _list(session, own, columns=("no", "phone", "amount"), sort=("no",)).page().lines
    theirs, mine = lines[0].values, lines[1].values

    assert mine == {"no": "sam", "phone": "13800001234", "amount": Decimal(5)}
    assert set(theirs) == {"no", "phone"}
    assert isinstance(theirs["phone"], Masked)


def test_what_is_not_seen_everywhere_cannot_be_searched_filtered_or_sorted_by(session: Session) -> None:
    own = app(CONTRACT, permissions=(grant("all_staff", mask=("phone",), hide=("amount",)),))
    install(session, own)
    add(session, "contract", "lara", no="1", phone="13800001234", amount=Decimal(5))

    assert _list(session, own, words="1380", search=("phone", "no")).page().lines == []
    with pytest.raises(Forbidden):
        _list(session, own, sort=("-amount",))
    with pytest.raises(Forbidden):
        _list(session, own, filters=(Filter("phone", values=["13800001234"]),))
