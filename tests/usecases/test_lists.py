"""Lists, pickers and exports give each person what they may see, in a fixed number of statements."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from runtime.language.refusal import Forbidden, InvalidAnswers, NotFound, Refused
from runtime.running.form_place import AtCase, AtStart, FormPlace
from runtime.running.list_filters import Given
from runtime.running.record_listing import ListAsked
from runtime.usecases.export_records import Form, export_records
from runtime.usecases.list_records import RecordsPage, list_records
from runtime.usecases.pick_records import PickPage, pick_records
from tests.store.databases import watched
from tests.usecases.house import House

SUPPLIER = "trade/supplier"
START = AtStart("trade", "buy")


@pytest.fixture
def filled(house: House) -> House:
    """Fill three suppliers of different people."""
    house.supplier(name="星澜", level="gold", phone="13800001111", credit="3000", since="2026-01-02")
    house.supplier("nora", name="云海", credit="1000", since="2026-02-03")
    house.supplier("root", name="山河", level="lost", credit="500", floor="400", keeper="sam")
    return house


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


def _pick(house: House, who: str = "sam", place: FormPlace = START, **asked: Any) -> PickPage:
    given = {"path": "$.supplier", "posted": {}, **asked}
    return house.run(pick_records, who, place=place, **given)


def test_a_picker_shows_what_may_be_chosen_now(filled: House) -> None:
    page = _pick(filled)

    assert [one.label for one in page.columns] == ["编号", "名称", "等级"]
    assert [(one.key, one.ref, one.cells) for one in page.rows] == [
        ("G001", 1, ("G001", "星澜", "金牌")),
        ("G002", 2, ("G002", "云海", "普通")),
    ]
    assert page.after is None


def test_the_filter_reads_the_answers_so_far(filled: House) -> None:
    assert [one.key for one in _pick(filled, posted={"least": "2000"}).rows] == ["G001"]


def test_a_picker_is_searched_and_paged(filled: House) -> None:
    assert [one.key for one in _pick(filled, words="云").rows] == ["G002"]
    first = _pick(filled, limit=1)
    assert [one.key for one in _pick(filled, limit=1, after=first.after).rows] == ["G002"]


def test_only_lookups_that_one_may_fill_in_are_picked_for(filled: House) -> None:
    case = filled.submit(supplier="G001")

    with pytest.raises(NotFound):
        _pick(filled, path="$.reason")
    with pytest.raises(Forbidden):
        _pick(filled, path="$.carrier")
    with pytest.raises(Forbidden):
        _pick(filled, "lara")
    with pytest.raises(NotFound):
        _pick(filled, "nora", AtCase(case))


def test_at_a_node_a_lookup_is_chosen_by_its_own_filter(filled: House) -> None:
    case = filled.submit(supplier="G001")
    filled.act("lead", case, "approve")
    filled.act("lara", case, "approve")

    page = _pick(filled, "sam", AtCase(case), path="$.carrier")

    assert [one.key for one in page.rows] == ["G001"]
    with pytest.raises(InvalidAnswers, match="不符合可选条件"):
        filled.act("sam", case, "complete", posted={"signed": "2026-03-05", "carrier": "G002"})


def _export(house: House, who: str, form: Form = "xlsx", **asked: Any) -> bytes:
    export = house.run(export_records, who, asked=ListAsked(SUPPLIER, **asked), form=form)
    return b"".join(export.chunks)


def test_an_export_holds_figures_days_and_labels(filled: House) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(_export(filled, "root"))).get_sheet_by_index(0)

    head, first, *_ = sheet.to_python()
    assert head == ["编号", "名称", "等级", "电话", "信用额度", "底价", "合作日期", "负责人"]
    assert first == ["G001", "星澜", "金牌", "138****1111", 3000.0, "", datetime(2026, 1, 2).date(), "销售甲"]


def test_an_export_leaves_out_what_one_may_not_see(filled: House) -> None:
    rows = list(csv.reader(io.StringIO(_export(filled, "sam", "csv").decode("utf-8-sig"))))
    masked = _export(filled, "lead", "csv").decode()

    assert rows[0] == ["编号", "名称", "等级", "电话", "信用额度", "合作日期", "负责人"]
    assert [row[1] for row in rows[1:]] == ["星澜", "山河"]
    assert "3000" not in masked
    assert "400" in masked


def test_an_export_follows_the_list(filled: House) -> None:
    asked = {"filters": (Given("level", ("lost",)),), "words": "山"}

    rows = list(csv.reader(io.StringIO(_export(filled, "root", "csv", **asked).decode("utf-8-sig"))))

    assert [row[1] for row in rows[1:]] == ["山河"]


def test_who_may_not_export_is_told_so(filled: House) -> None:
    with pytest.raises(Forbidden, match="没有导出“供应商”的权限"):
        _export(filled, "lara")


def test_an_export_says_what_it_is(filled: House) -> None:
    export = filled.run(export_records, "root", asked=ListAsked(SUPPLIER), form="csv")

    assert export.file_name.startswith("供应商-20260302-")
    assert export.file_name.endswith(".csv")
    assert export.content_type == "text/csv; charset=utf-8"
    export.chunks.close()  # type: ignore[attr-defined]  # a generator: nobody took it
