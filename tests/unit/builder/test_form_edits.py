"""What the gestures on a form do to its document, and that nothing is ever lost by them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.edits.documents import changed_files
from builder.edits.edit import Edit
from builder.edits.form import AddColumn, AddField, CopyField, MoveField, RemoveField, ShiftField
from builder.edits.layout import code_of, fields_of, sections_of
from builder.edits.patch import difference, patched, reversed_patch
from builder.edits.sections import AddCheck, AddSection, MoveSection, NameSection, RemoveSection
from builder.edits.shape import check_shape
from runtime.fields import FIELDS
from runtime.language.dump import to_json
from runtime.language.refusal import Conflict, Refused
from tests.unit.builder.documents import FLOW, FORM, documents, lines


def test_a_field_is_dropped_beside_another_or_on_a_line_of_its_own() -> None:
    beside = AddField(FORM, "date", 0, 1, 0).apply(documents())
    alone = AddField(FORM, "date", 0, 1).apply(documents())

    assert lines(beside)[0] == ("基本", [["subject", "amount"], ["date", "day"]])
    assert lines(alone)[0] == ("基本", [["subject", "amount"], ["date"], ["day"]])
    assert beside[FORM]["fields"][-1] == {"code": "date", "type": "date", "label": "日期 2"}


@pytest.mark.parametrize("type_", [*FIELDS.codes(), "subtable"])
def test_every_type_of_the_palette_can_be_put_on_a_form(type_: str) -> None:
    added = AddField(FORM, type_).apply(documents())

    check_shape(added, [FORM])
    assert len(added[FORM]["fields"]) == 6


@pytest.mark.parametrize("type_", [one for one in FIELDS.codes() if one != "opinion"])
def test_every_type_but_opinions_can_be_a_column(type_: str) -> None:
    added = AddColumn(FORM, "items", type_, 1).apply(documents())

    check_shape(added, [FORM])
    assert [one["type"] for one in added[FORM]["fields"][3]["fields"]] == ["text", type_, "money"]


@pytest.mark.parametrize("type_", ["subtable", "opinion", "spaceship"])
def test_what_is_no_column_is_refused(type_: str) -> None:
    with pytest.raises(Refused):
        AddColumn(FORM, "items", type_).apply(documents())


def test_a_code_is_made_that_nobody_has() -> None:
    twice = AddField(FORM, "text").apply(AddField(FORM, "text").apply(documents()))

    assert [code_of(one) for one in twice[FORM]["fields"]][-2:] == ["text", "text_2"]


@pytest.mark.parametrize(
    ("code", "to", "expected"),
    [
        ("day", (0, 0, 0), [["day", "subject", "amount"]]),
        ("day", (0, 0, None), [["day"], ["subject", "amount"]]),
        ("subject", (0, 0, 1), [["amount", "subject"], ["day"]]),
        ("amount", (0, 2, None), [["subject"], ["day"], ["amount"]]),
    ],
)
def test_a_field_moves(code: str, to: tuple[int, int, int | None], expected: list[list[str]]) -> None:
    section, line, at = to

    moved = MoveField(FORM, code, section, line, at).apply(documents())

    assert lines(moved)[0] == ("基本", expected)


def test_a_field_put_back_where_it_stands_is_no_change() -> None:
    before = documents()

    assert MoveField(FORM, "amount", 0, 0, 1).apply(before) is before


@pytest.mark.parametrize(
    ("code", "way", "expected"),
    [
        ("subject", "right", [("基本", [["amount", "subject"], ["day"]]), ("明细", [["items"], ["why"]])]),
        ("amount", "down", [("基本", [["subject"], ["amount"], ["day"]]), ("明细", [["items"], ["why"]])]),
        ("day", "up", [("基本", [["day"], ["subject", "amount"]]), ("明细", [["items"], ["why"]])]),
        ("day", "down", [("基本", [["subject", "amount"]]), ("明细", [["day"], ["items"], ["why"]])]),
        ("items", "up", [("基本", [["subject", "amount"], ["day"], ["items"]]), ("明细", [["why"]])]),
    ],
)
def test_arrow_keys_move_a_field_step_by_step(code: str, way: str, expected: list[Any]) -> None:
    assert lines(ShiftField(FORM, code, way).apply(documents())) == expected


@pytest.mark.parametrize(("code", "way"), [("subject", "left"), ("amount", "right"), ("why", "down")])
def test_at_the_edge_nothing_moves(code: str, way: str) -> None:
    before = documents()

    assert ShiftField(FORM, code, way).apply(before) is before


def test_a_removed_field_leaves_the_layout_and_the_lists_of_the_flow() -> None:
    left = RemoveField(FORM, "items").apply(documents())

    assert lines(left)[1] == ("明细", [["why"]])
    assert left[FLOW]["start"] == {"edit": ["subject", "amount"], "hide": []}
    assert left[FLOW]["nodes"][0]["edit"] == ["amount"]


def test_a_field_that_no_flow_names_leaves_the_flow_alone() -> None:
    before = documents()

    assert changed_files(before, RemoveField(FORM, "why").apply(before)) == (FORM,)


def test_a_copy_stands_behind_its_original() -> None:
    copied = CopyField(FORM, "amount").apply(documents())

    assert lines(copied)[0] == ("基本", [["subject", "amount"], ["amount_2"], ["day"]])
    assert [code_of(one) for one in copied[FORM]["fields"]][:3] == ["subject", "amount", "amount_2"]


def test_a_form_without_a_layout_gets_one_when_something_moves() -> None:
    before = documents()
    before[FORM] = {key: one for key, one in before[FORM].items() if key != "layout"}

    moved = MoveField(FORM, "day", 0, 0, 0).apply(before)

    assert lines(moved) == [("", [["day", "subject", "amount"], ["items"], ["why"]])]


def test_sections_are_added_named_moved_and_taken_off() -> None:
    split = AddSection(FORM, "日期", 0, 1).apply(documents())
    assert lines(split)[:2] == [("基本", [["subject", "amount"]]), ("日期", [["day"]])]

    named = NameSection(FORM, 1, " 时间 ").apply(split)
    assert lines(named)[1][0] == "时间"

    moved = MoveSection(FORM, 2, 0).apply(named)
    assert [title for title, _ in lines(moved)] == ["明细", "基本", "时间"]

    removed = RemoveSection(FORM, 2).apply(moved)
    assert lines(removed)[1] == ("基本", [["subject", "amount"], ["day"]])


def test_the_only_section_stays_while_it_holds_something() -> None:
    one = RemoveSection(FORM, 1).apply(documents())

    with pytest.raises(Refused, match="唯一的分组"):
        RemoveSection(FORM, 0).apply(one)


def test_a_check_is_added_to_be_filled_in() -> None:
    added = AddCheck(FORM).apply(AddCheck(FORM).apply(documents()))

    assert [one["code"] for one in added[FORM]["validations"]] == ["check", "check_2"]
    check_shape(added, [FORM])


@pytest.mark.parametrize(
    "edit",
    [
        MoveField(FORM, "gone", 0, 0),
        MoveField(FORM, "day", 9, 0),
        RemoveField(FORM, "gone"),
        AddSection(FORM, section=-1),
        CopyField(FORM, "gone"),
        ShiftField(FORM, "gone", "up"),
        AddColumn(FORM, "gone", "text"),
        NameSection(FORM, 5, "x"),
        RemoveField("forms/gone.yaml", "day"),
    ],
)
def test_what_somebody_else_has_taken_away_is_a_conflict(edit: Edit) -> None:
    with pytest.raises(Conflict):
        edit.apply(documents())


@pytest.mark.parametrize(
    "broken",
    [
        {"layout": "nonsense"},
        {"layout": [{"rows": "x"}, "y", {"section": 3, "rows": [["subject", 7], "z"]}]},
        {"layout": [{"section": "基本", "rows": [["gone", "subject"]]}]},
        {"fields": "nonsense"},
        {"fields": [1, {"type": "text"}, {"code": 5}, {"code": "x"}]},
    ],
)
def test_a_half_finished_form_can_be_worked_on(broken: dict[str, Any]) -> None:
    found = documents(**broken)

    sections_of(found[FORM])
    added = AddField(FORM, "text").apply(found)

    assert any(one.get("type") == "text" for one in fields_of(added[FORM]))


CODES = st.sampled_from(["subject", "amount", "day", "items", "why", "text", "gone"])
SMALL = st.integers(0, 4)
EDITS = st.one_of(
    st.builds(
        AddField,
        st.just(FORM),
        st.sampled_from(["text", "subtable", "radio"]),
        SMALL,
        SMALL,
        st.none() | SMALL,
    ),
    st.builds(MoveField, st.just(FORM), CODES, SMALL, SMALL, st.none() | SMALL),
    st.builds(ShiftField, st.just(FORM), CODES, st.sampled_from(["up", "down", "left", "right"])),
    st.builds(CopyField, st.just(FORM), CODES),
    st.builds(RemoveField, st.just(FORM), CODES),
    st.builds(AddSection, st.just(FORM), st.just("分组"), st.none() | SMALL, SMALL),
    st.builds(MoveSection, st.just(FORM), SMALL, SMALL),
    st.builds(RemoveSection, st.just(FORM), SMALL),
)


@given(st.lists(EDITS, max_size=15))
def test_whatever_is_done_every_field_stands_once_and_all_of_it_can_be_undone(edits: list[Edit]) -> None:
    found: Any = documents()
    for edit in edits:
        before = found
        try:
            found = edit.apply(before)
        except Refused:
            continue
        check_shape(found, [FORM])
        codes = sorted(code_of(one) for one in fields_of(found[FORM]))
        placed = sorted(code for one in sections_of(found[FORM]) for line in one.lines for code in line)
        assert placed == codes
        for file in changed_files(before, found):
            patch = difference(before[file], found[file])
            assert to_json(patched(found[file], reversed_patch(patch))) == to_json(before[file])
