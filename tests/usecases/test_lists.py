"""Lists give each person what they may see, in a fixed number of statements."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.language.refusal import Forbidden, InvalidAnswers, NotFound, Refused
from runtime.running.list_filters import Given
from runtime.running.record_listing import ListAsked
from runtime.usecases.list_records import RecordsPage, list_records
from tests.store.databases import watched
from tests.usecases.house import House

SUPPLIER = "trade/supplier"


def _list(house: House, who: str, entity: str = SUPPLIER, **asked: Any) -> RecordsPage:
    paging = {key: asked.pop(key) for key in ("limit", "after", "before") if key in asked}
    return house.run(list_records, who, asked=ListAsked(entity, **asked), **paging)


def _names(page: RecordsPage) -> list[str]:
    at = [one.column.code for one in page.columns].index("name")
    return [line.cells[at].text for line in page.lines]


def test_a_list_shows_the_first_view_with_what_one_may_see(filled: House) -> None:
    page = _list(filled, "lead")

    assert (page.name, page.kind, page.view) == ("供应商", "table", "all")
    assert page.views == (("all", "全部"), ("mine", "我负责的"))
    codes = ["no", "name", "level", "phone", "credit", "floor", "since", "keeper"]
    assert [one.column.code for one in page.columns] == codes
    first = dict(zip(codes, page.lines[0].cells, strict=True))
    assert (first["level"].text, first["level"].colour) == ("金牌", "yellow")
    assert (first["phone"].text, first["credit"].text) == ("138****1111", "***")
    assert first["keeper"].text == "销售甲"
    assert (page.count, page.at_least, page.verbs) == (3, False, frozenset({"create", "export"}))


def test_rows_and_columns_are_those_of_the_viewer(filled: House) -> None:
    sam, lara = _list(filled, "sam"), _list(filled, "lara")

    assert (_names(sam), _names(lara)) == (["星澜", "山河"], ["星澜"])
    assert "floor" not in [one.column.code for one in sam.columns]
    assert "400" not in str(sam)
    assert lara.verbs == frozenset()


def test_a_list_takes_three_statements_however_long_it_is(filled: House) -> None:
    _list(filled, "sam")
    with watched(filled.session) as few:
        _list(filled, "sam")
    for number in range(30):
        filled.supplier(name=f"批量{number}", level="gold")
    with watched(filled.session) as many:
        page = _list(filled, "sam")

    assert len(page.lines) == 32
    # Revision numbers, the page, the count; and once the number of the actor, which the test asks for.
    assert (len(few), len(many)) == (4, 4)


def test_a_table_nobody_granted_is_not_found(filled: House) -> None:
    with pytest.raises(NotFound):
        _list(filled, "sam", "trade/purchase")
    with pytest.raises(NotFound):
        _list(filled, "sam", "trade/nothing")
    with pytest.raises(NotFound):
        _list(filled, "sam", view="nothing")


def test_a_view_has_a_condition_of_its_own(filled: House) -> None:
    page = _list(filled, "root", view="mine")

    assert _names(page) == []
    assert [one.column.code for one in page.columns] == ["no", "name"]
    assert _names(_list(filled, "nora", view="mine")) == ["云海"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (Given("level", ("gold",)), ["星澜"]),
        (Given("level", ("gold", "plain")), ["星澜", "云海"]),
        (Given("name", ("海",)), ["云海"]),
        (Given("since", low="2026-01-03"), ["云海"]),
        (Given("since", low="2026-01-02", high="2026-01-02"), ["星澜"]),
        (Given("keeper", ("nora",)), ["云海"]),
    ],
)
def test_filters_find(filled: House, given: Given, found: list[str]) -> None:
    assert _names(_list(filled, "root", filters=(given,))) == found


def test_words_search_and_the_view_says_where(filled: House) -> None:
    page = _list(filled, "root", words="G00 星")

    assert (_names(page), page.search) == (["星澜"], ("编号", "名称"))


def test_filters_are_offered_with_what_to_choose_from(filled: House) -> None:
    offered = {one.code: one for one in _list(filled, "sam", filters=(Given("keeper", ("nora",)),)).filters}

    assert {code: one.kind for code, one in offered.items()} == {
        "level": "choice",
        "since": "range",
        "name": "text",
        "keeper": "member",
    }
    assert [one.label for one in offered["level"].options] == ["金牌", "普通", "流失"]
    assert [one.label for one in offered["keeper"].options] == ["北区经理"]


def test_nobody_sorts_or_filters_by_what_they_may_not_see(filled: House) -> None:
    with pytest.raises(Forbidden):
        _list(filled, "sam", filters=(Given("floor", low="1"),))
    with pytest.raises(Forbidden):
        _list(filled, "lead", sort=("-credit",))
    with pytest.raises(Refused):
        _list(filled, "root", sort=("papers",))
    with pytest.raises(InvalidAnswers):
        _list(filled, "root", filters=(Given("since", low="soon"),))


def test_pages_follow_each_other(filled: House) -> None:
    first = _list(filled, "root", sort=("-credit",), limit=2)
    second = _list(filled, "root", sort=("-credit",), limit=2, after=first.after)

    assert (_names(first), _names(second)) == (["星澜", "云海"], ["山河"])
    assert second.after is None


def test_a_list_of_forms_leads_to_their_cases(filled: House) -> None:
    case = filled.submit(supplier="G001")

    [line] = _list(filled, "lara", "trade/request").lines

    assert line.case_id == case
    assert _list(filled, "sam", "trade/request").lines[0].case_id == case
    assert _list(filled, "nora", "trade/request").lines == ()
