"""Pickers show what may be chosen now, to whom may choose."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.language.refusal import Forbidden, InvalidAnswers, NotFound
from runtime.running.form_place import AtCase, AtStart, FormPlace
from runtime.usecases.pick_records import PickPage, pick_records
from tests.usecases.house import House

START = AtStart("trade", "buy")


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
