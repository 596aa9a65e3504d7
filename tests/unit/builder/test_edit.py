"""What a page may post as an edit, and what edits of any place do."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.edits.anywhere import CopyItem, InsertItem, MoveItem, RemoveItem, SetValue, SetValues
from builder.edits.documents import with_file
from builder.edits.edit import LONGEST_TEXT, MOST_ENTRIES, read_edit
from builder.edits.kinds import ALL, KINDS
from builder.edits.objects import AddObject, CopyObject, RemoveObject
from builder.edits.problems import problems_of
from builder.edits.shape import check_shape, wrong_in
from runtime.language.refusal import Conflict, InvalidAnswers, Refused
from tests.unit.builder.documents import FLOW, FORM, documents


def posted(**given: Any) -> dict[str, Any]:
    return {"do": "set", "file": FORM, "place": ["name"], "value": "新名称", **given}


def test_an_edit_is_read_with_exact_numbers() -> None:
    edit = read_edit(posted(place=["fields", "amount", "min"], value=0.1), KINDS)

    assert edit == SetValue(FORM, ("fields", "amount", "min"), Decimal("0.1"))


@pytest.mark.parametrize(
    ("given", "at"),
    [
        (posted(do="explode"), "$.do"),
        (posted(do=None), "$.do"),
        (posted(more=1), "$.more"),
        (posted(place="name"), "$.place"),
        (posted(place=[1.5]), "$.place"),
        (posted(place=[None]), "$.place"),
        (posted(value="长" * (LONGEST_TEXT + 1)), "$.value"),
        (posted(value=float("nan")), "$.value"),
        (posted(value="half \ud800"), "$.value"),
        (posted(value="nul \0"), "$.value"),
        (posted(file="forms/a\r.yaml"), "$.file"),
        (posted(value={"$number": "5"}), "$.value"),
        (posted(value=10**34), "$.value"),
        (posted(value=-(10**33)), "$.value"),
        (posted(value=1e35), "$.value"),
        (posted(value=[0] * (MOST_ENTRIES + 1)), "$.value"),
        (posted(value={"a": [object()]}), "$.value"),
        ({"do": "set", "file": FORM, "place": ["name"]}, "$.value"),
        ({"do": "move", "file": FORM, "place": ["fields", "day"], "to": "1"}, "$.to"),
        ({"do": "move", "file": FORM, "place": ["fields", "day"], "to": True}, "$.to"),
    ],
)
def test_what_is_no_edit_is_told_at_its_place(given: dict[str, Any], at: str) -> None:
    with pytest.raises(InvalidAnswers) as error:
        read_edit(given, KINDS)

    assert error.value.problems[0].path == at


def test_lines_end_in_one_way() -> None:
    edit = read_edit(posted(value="一\r\n\t二"), KINDS)

    assert edit == SetValue(FORM, ("name",), "一\n\t二")


def test_a_value_is_not_followed_for_ever() -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]

    with pytest.raises(InvalidAnswers, match="层次太深"):
        read_edit(posted(value=deep), KINDS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "given",
    [
        {"do": "add_field", "file": "permissions.yaml", "type": "text"},
        {"do": "add_section", "file": "rules/apply.yaml"},
        {"do": "copy_rule", "file": FORM, "place": ["fields", "amount"]},
        {"do": "copy_test", "file": "rules/apply.yaml", "place": [0]},
        {"do": "layout", "file": FORM},
        {"do": "add_item", "file": "nowhere.yaml", "place": ["items"]},
    ],
)
def test_an_edit_is_for_its_kind_of_document(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidAnswers) as error:
        read_edit(given, KINDS)

    assert error.value.problems[0].path == "$.file"


STEPS = st.integers(-1, 2) | st.sampled_from(["fields", "amount", "items", "steps", "x"])
#: What most edits ask for, each sometimes as it should be.
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "place": st.lists(STEPS, max_size=4),
        "code": st.sampled_from(["amount", "items", "x"]),
        "name": st.just("名"),
        "kind": st.sampled_from(["form", "approve", "role", "zzz"]),
        "like": st.just("apply"),
        "section": st.integers(-2, 3),
        "line": st.integers(-2, 3),
        "at": st.none() | st.integers(-2, 3),
        "type": st.sampled_from(["text", "subtable", "zzz"]),
        "way": st.sampled_from(["up", "down", "left"]),
        "subtable": st.sampled_from(["items", "amount"]),
        "text": st.just("a\tb\nc"),
        "title": st.just("分组"),
        "to": st.integers(-2, 3) | st.just("boss"),
        "node": st.sampled_from(["boss", "start"]),
        "value": JSON,
    },
)
OTHERS: dict[str, Any] = {
    "permissions.yaml": [{"who": "all_staff", "on": ["apply"], "scope": "own", "can": ["view"]}],
    "rules/apply.yaml": [{"code": "r", "on": "approved", "flow": "apply", "do": "notify", "set": {"a": "1"}}],
    "tests/apply.yaml": [{"name": "走查", "steps": [{"note": "无"}], "expect": {"case": "running"}}],
    "dictionaries/one.yaml": {"code": "one", "name": "一", "items": [{"value": "x", "label": "甲"}]},
    "dictionaries/more.yaml": [{"code": "two", "name": "二", "items": [{"value": "y", "label": "乙"}]}],
}


@given(
    do=st.sampled_from(sorted(KINDS)),
    file=st.sampled_from([FORM, FLOW, "pack.yaml", *OTHERS]),
    likely=LIKELY,
    more=st.dictionaries(st.text(max_size=8), JSON, max_size=2),
)
@settings(max_examples=400, deadline=None)
def test_nothing_that_is_posted_breaks_anything(
    do: str, file: str, likely: dict[str, Any], more: dict[str, Any]
) -> None:
    given_ = {"file": file, "place": ["fields", "amount"], "code": "amount", "value": 1, **likely}
    names = {one.name for one in fields(KINDS[do])}
    given_ = {key: one for key, one in given_.items() if key in names} | more | {"do": do}
    try:
        edit = read_edit(given_, KINDS)
        after = edit.apply({**documents(), **OTHERS})
        check_shape(after, after)
    except Refused:
        return  # every objection is one of ours, with words


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
