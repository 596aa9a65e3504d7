"""What edits of any place and of whole objects do, and what no edit may make of a document."""

from __future__ import annotations

from typing import Any

import pytest

from builder.edits.anywhere import CopyItem, InsertItem, MoveItem, RemoveItem, SetValue, SetValues
from builder.edits.documents import with_file
from builder.edits.kinds import ALL, KINDS
from builder.edits.objects import AddObject, CopyObject, RemoveObject
from builder.edits.problems import problems_of
from builder.edits.shape import check_shape, wrong_in
from runtime.language.refusal import Conflict, InvalidAnswers, Refused
from tests.unit.builder.documents import FLOW, FORM, documents


def test_values_are_set_and_taken_out() -> None:
    before = documents()

    named = SetValue(FORM, ("fields", "amount", "label"), "总额").apply(before)
    plain = SetValue(FORM, ("fields", "subject", "required"), None).apply(before)

    assert named[FORM]["fields"][1]["label"] == "总额"
    assert "required" not in plain[FORM]["fields"][0]
    assert before == documents()


def test_setting_what_is_there_already_changes_nothing() -> None:
    before = documents()

    assert SetValue(FORM, ("name",), "申请单").apply(before) is before
    assert SetValue(FORM, ("fields", "amount", "required"), None).apply(before) is before


def test_several_values_are_one_edit() -> None:
    found = SetValues(FORM, ("fields", "amount"), {"label": "总额", "required": True}).apply(documents())

    assert found[FORM]["fields"][1] == {"code": "amount", "type": "money", "label": "总额", "required": True}


def test_items_are_put_in_moved_copied_and_taken_out() -> None:
    put = InsertItem(FORM, ("fields",), {"code": "x", "type": "text", "label": "X"}, 0).apply(documents())
    moved = MoveItem(FORM, ("fields", "x"), 2).apply(put)
    copied = CopyItem(FORM, ("fields", "x"), "y").apply(moved)
    removed = RemoveItem(FORM, ("fields", "x")).apply(copied)

    assert [one["code"] for one in moved[FORM]["fields"]][:3] == ["subject", "amount", "x"]
    assert [one["code"] for one in copied[FORM]["fields"]][2:4] == ["x", "y"]
    assert [one["code"] for one in removed[FORM]["fields"]][:3] == ["subject", "amount", "y"]


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(FORM, ("fields", "gone", "label"), "x"),
        SetValue("forms/gone.yaml", ("name",), "x"),
        SetValue(FORM, ("name", "deeper", "still"), "x"),
        RemoveItem(FORM, ("fields", "gone")),
        MoveItem(FORM, ("fields", "gone"), 0),
        CopyItem(FORM, ("fields", 99)),
    ],
)
def test_what_has_gone_is_a_conflict(edit: Any) -> None:
    with pytest.raises(Conflict):
        edit.apply(documents())


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("fields", "amount", "label"), 5, "文字"),
        (("fields", "amount", "label"), "长" * 300, "200"),
        (("fields", "amount", "code"), "1st", "小写字母"),
        (("fields", "amount", "code"), "day", "重复"),
        (("fields", "amount", "type"), "spaceship", "没有字段类型"),
        (("fields", "amount", "width"), 99, "24"),
        (("fields", "amount", "colour"), "red", "没有 colour"),
        (("fields",), "nothing", "列表"),
        ((), "nothing", "键值"),
    ],
)
def test_an_edit_never_makes_a_document_wrong_in_shape(place: Any, value: Any, told: str) -> None:
    with pytest.raises(InvalidAnswers) as error:
        check_shape(SetValue(FORM, place, value).apply(documents()), [FORM])

    assert told in error.value.problems[0].message


def test_what_is_only_missing_may_stay_open() -> None:
    left = SetValue(FORM, ("fields", "amount", "label"), None).apply(documents())
    lookup = InsertItem(FORM, ("fields",), {"code": "room", "type": "lookup", "label": "会议室"}).apply(left)

    check_shape(lookup, [FORM])


def test_objects_are_made_copied_and_taken_out() -> None:
    made = AddObject("tables/room.yaml", "table", "room", "会议室").apply(documents())
    copied = CopyObject("tables/hall.yaml", "table", "room", "hall", "大厅").apply(made)
    removed = RemoveObject("tables/room.yaml", "table", "room").apply(copied)

    check_shape(copied, copied)
    assert copied["tables/hall.yaml"]["name"] == "大厅"
    assert "tables/room.yaml" not in removed


def test_an_object_never_takes_the_file_of_another_one() -> None:
    other = {**documents(), "forms/new.yaml": documents()[FORM], "forms/copy.yaml": [], FORM: {"code": "x"}}

    made = AddObject("forms/new.yaml", "form", "new", "新").apply(other)
    copied = CopyObject("forms/copy.yaml", "form", "apply", "copy", "副本").apply(other)

    assert (made["forms/new.yaml"]["code"], made["forms/new_2.yaml"]["code"]) == ("apply", "new")
    assert (copied["forms/copy.yaml"], copied["forms/copy_2.yaml"]["code"]) == ([], "copy")


@pytest.mark.parametrize(
    "edit",
    [AddObject(FORM, "rule", "x", "X"), AddObject(FORM, "", "x", "X"), CopyObject(FORM, "y", "x", "z", "Z")],
)
def test_only_some_kinds_are_made_one_by_one(edit: Any) -> None:
    with pytest.raises(Refused, match="不能新建"):
        edit.apply(documents())


@pytest.mark.parametrize("kind", ["form", "table", "flow", "dictionary"])
def test_a_new_object_has_a_legal_shape(kind: str) -> None:
    made = AddObject("x", kind, "fresh", "新的", "apply").apply(documents())

    check_shape(made, made)
    assert len(made) == 4


@pytest.mark.parametrize(
    ("code", "name"), [("apply", "重名"), ("Bad Code", "坏"), ("form", "保留字"), ("ok", " ")]
)
def test_an_object_needs_a_code_of_its_own_and_a_name(code: str, name: str) -> None:
    with pytest.raises(Refused):
        AddObject(FLOW, "form", code, name).apply(documents())


def test_an_app_keeps_its_manifest() -> None:
    with pytest.raises(Refused, match="基本信息"):
        check_shape(with_file(documents(), "pack.yaml", None), ["pack.yaml"])


@pytest.mark.parametrize(("file", "place"), [(FORM, ()), ("rules/r.yaml", ()), ("rules/r.yaml", (0,))])
def test_nothing_stands_in_the_place_of_an_object(file: str, place: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match="不能为空"):
        SetValue(file, place, None).apply({**documents(), "rules/r.yaml": [{"code": "r"}]})


@pytest.mark.parametrize("name", ["", "走" * 201])
def test_a_walk_through_has_a_name_that_can_be_told(name: str) -> None:
    story = {"name": name, "steps": [{"note": "无"}]}

    found = list(wrong_in({"tests/a.yaml": [story]}, "tests/a.yaml"))
    assert [one.path for one in found] == ["tests/a.yaml $[0].name"] * bool(name)
    assert {one.path for one in problems_of({**documents(), "tests/a.yaml": [story]}, {})} >= {
        "tests/a.yaml $[0].name"
    }


@pytest.mark.parametrize("name", ["a" * 196, "走" * 66, "a\0", "a\n", "a\x85", "a\ud800", "a/b", ""])
def test_some_names_no_file_can_have(name: str) -> None:
    file = f"forms/{name}.yaml"

    assert [one.code for one in wrong_in({file: documents()[FORM]}, file)] == ["unknown_file"]
    assert list(wrong_in({"forms/审批 单.yaml": documents()[FORM]}, "forms/审批 单.yaml")) == []


@pytest.mark.parametrize("code", ["other", None])
def test_an_app_keeps_its_code(code: str | None) -> None:
    after = SetValue("pack.yaml", ("code",), code).apply(documents())

    with pytest.raises(Refused, match="编码 trial 不能修改"):
        check_shape(after, ["pack.yaml"], app="trial")
    check_shape(documents(), ["pack.yaml"], app="trial")
    check_shape(documents(name="另名"), [FORM], app="other")


def test_every_edit_has_a_word_of_its_own() -> None:
    assert len(KINDS) == len(ALL)
