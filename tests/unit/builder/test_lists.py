"""Edits of what is edited as a list: fields of tables, views, items, grants, slots, menu entries."""

from __future__ import annotations

from typing import Any

import pytest

from builder.edits.access import AddEntry, AddSlot, Toggle
from builder.edits.form import CopyField
from builder.edits.items import AddItem, PasteItems, values_of
from builder.edits.kinds import KINDS
from builder.edits.rename_slot import RenameSlot
from builder.edits.shape import wrong_in
from builder.edits.table import AddListed, AddView, CopyListed, RemoveListed, RenameView
from runtime.language.refusal import Conflict, Refused

TABLE = "tables/t.yaml"
DICTIONARY = "dictionaries/d.yaml"


def app(**changed: Any) -> dict[str, Any]:
    table = {
        "code": "t",
        "name": "表",
        "key": ["no"],
        "unique": [["no", "name"], ["name"]],
        "indexes": [["no", "name"], ["name"]],
        "fields": [
            {"code": "no", "type": "text", "label": "编号"},
            {"code": "name", "type": "text", "label": "名称"},
            {
                "code": "items",
                "type": "subtable",
                "label": "明细",
                "fields": [
                    {"code": "qty", "type": "integer", "label": "数量"},
                    {"code": "memo", "type": "text", "label": "说明"},
                ],
            },
        ],
        "layout": [{"section": "一", "rows": [["no", "name"], ["items"]]}],
        "views": [
            {"code": "all", "name": "全部", "columns": ["no", "name"], "sort": ["-name"], "search": ["name"]}
        ],
    }
    items = [{"value": "a", "label": "甲", "children": [{"value": "b", "label": "乙"}]}]
    manifest = {
        "schema": 1,
        "code": "app",
        "name": "应用",
        "version": "1.0.0",
        "slots": [{"code": "buyer", "kind": "role", "name": "采购"}],
    }
    made = {
        "pack.yaml": manifest,
        TABLE: {**table, **changed},
        DICTIONARY: {"code": "d", "name": "字典", "items": items},
        "menu.yaml": [{"table": "t", "view": "all", "name": "表", "roles": ["buyer"]}],
        "permissions.yaml": [{"who": "buyer", "on": ["t"], "scope": "own", "can": ["view"]}],
    }
    for file in made:
        assert list(wrong_in(made, file)) == []
    return made


def codes(listed: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in listed]


def right(documents: Any) -> Any:
    for file in documents:
        assert list(wrong_in(documents, file)) == []
    return documents


def test_a_new_field_stands_behind_another_and_in_the_layout() -> None:
    made = right(AddListed(TABLE, ("fields",), "money", "no").apply(app()))[TABLE]
    assert codes(made["fields"]) == ["no", "money", "name", "items"]
    assert made["layout"] == [{"section": "一", "rows": [["no", "name"], ["money"], ["items"]]}]
    last = right(AddListed(TABLE, ("fields",), "select").apply(app(layout=[])))[TABLE]
    assert codes(last["fields"]) == ["no", "name", "items", "select"]
    assert last["layout"] == []


def test_a_new_column_stands_in_its_subtable() -> None:
    made = right(AddListed(TABLE, ("fields", "items", "fields"), "date", "qty").apply(app()))[TABLE]
    assert codes(made["fields"][2]["fields"]) == ["qty", "date", "memo"]
    with pytest.raises(Refused):
        AddListed(TABLE, ("fields", "items", "fields"), "subtable").apply(app())
    with pytest.raises(Conflict):
        AddListed(TABLE, ("fields", "gone", "fields"), "date").apply(app())


def test_a_copy_has_a_code_of_its_own() -> None:
    made = right(CopyListed(TABLE, ("fields", "name")).apply(app()))[TABLE]
    assert codes(made["fields"]) == ["no", "name", "name_2", "items"]
    assert made["layout"][0]["rows"] == [["no", "name"], ["name_2"], ["items"]]
    inner = right(CopyListed(TABLE, ("fields", "items", "fields", "qty")).apply(app()))[TABLE]
    assert codes(inner["fields"][2]["fields"]) == ["qty", "qty_2", "memo"]


def test_a_removed_field_leaves_layout_views_and_groups() -> None:
    made = right(RemoveListed(TABLE, ("fields", "name")).apply(app()))[TABLE]
    assert codes(made["fields"]) == ["no", "items"]
    assert made["layout"] == [{"section": "一", "rows": [["no"], ["items"]]}]
    assert made["views"] == [{"code": "all", "name": "全部", "columns": ["no"], "sort": [], "search": []}]
    assert made["unique"] == []
    assert made["indexes"] == [["no"]]
    inner = RemoveListed(TABLE, ("fields", "items", "fields", "qty")).apply(app())[TABLE]
    assert codes(inner["fields"][2]["fields"]) == ["memo"]
    assert inner["layout"] == app()[TABLE]["layout"]
    with pytest.raises(Refused, match="至少"):
        RemoveListed(TABLE, ("fields", "items", "fields", "memo")).apply({TABLE: inner})
    with pytest.raises(Conflict):
        RemoveListed(TABLE, ("fields", "gone")).apply(app())


def test_views_are_made_copied_and_renamed() -> None:
    made = right(AddView(TABLE).apply(app()))
    assert made[TABLE]["views"][1] == {"code": "view", "name": "新视图", "columns": ["no", "name"]}
    copied = right(AddView(TABLE, "all").apply(app()))[TABLE]["views"]
    assert codes(copied) == ["all", "all_2"]
    assert copied[1]["sort"] == ["-name"]
    renamed = right(RenameView(TABLE, ("views", "all"), "every").apply(app()))
    assert renamed["menu.yaml"][0]["view"] == "every"
    assert codes(renamed[TABLE]["views"]) == ["every"]
    other = {**app(), "menu.yaml": [{"table": "u", "view": "all", "name": "别的"}]}
    assert RenameView(TABLE, ("views", "all"), "every").apply(other)["menu.yaml"] is other["menu.yaml"]


def test_items_get_values_that_nobody_has() -> None:
    made = right(AddItem(DICTIONARY, ("items",), "a").apply(app()))
    made = right(AddItem(DICTIONARY, ("items", "a", "children")).apply(made))
    assert list(values_of(made[DICTIONARY]["items"])) == ["a", "b", "v4", "v3"]
    with pytest.raises(Conflict):
        AddItem(DICTIONARY, ("items", "gone", "children")).apply(app())


def test_lines_of_a_sheet_become_items() -> None:
    text = "x\t丙\r\n\r\na\t已有\n丁\ny\t\n\tz"
    made = right(PasteItems(DICTIONARY, ("items",), text).apply(app()))[DICTIONARY]["items"]
    assert [(one["value"], one["label"]) for one in made[1:]] == [
        ("x", "丙"),
        ("v4", "丁"),
        ("y", "y"),
        ("v6", "z"),
    ]
    with pytest.raises(Refused):
        PasteItems(DICTIONARY, ("items",), " \n").apply(app())
    with pytest.raises(Refused):
        PasteItems(DICTIONARY, ("items",), "a\n" * 1001).apply(app())


def test_rights_stay_in_their_order() -> None:
    documents = app()
    for word in ("print", "pick"):
        documents = right(Toggle("permissions.yaml", (0, "can"), word, True).apply(documents))
    assert documents["permissions.yaml"][0]["can"] == ["view", "pick", "print"]
    off = right(Toggle("permissions.yaml", (0, "can"), "view", False).apply(documents))
    assert off["permissions.yaml"][0]["can"] == ["pick", "print"]
    assert Toggle("permissions.yaml", (0, "can"), "view", False).apply(off) is off
    no_role = right(Toggle("menu.yaml", (0, "roles"), "buyer", False).apply(app()))
    assert "roles" not in no_role["menu.yaml"][0]


def test_the_first_entry_begins_the_file() -> None:
    documents = {"pack.yaml": app()["pack.yaml"]}
    grant = app()["permissions.yaml"][0]
    assert AddEntry("permissions.yaml", grant).apply(documents)["permissions.yaml"] == [grant]
    with pytest.raises(Refused):
        AddEntry("pack.yaml", grant).apply(documents)


def test_slots_are_made_and_renamed() -> None:
    made = right(AddSlot("pack.yaml").apply(app()))["pack.yaml"]["slots"]
    assert codes(made) == ["buyer", "role"]
    flow = {
        "form": "f",
        "start": {"who": [{"role": "buyer"}]},
        "nodes": [{"code": "buyer", "assignees": [{"role": "buyer"}, {"user": "buyer"}], "name": "buyer"}],
    }
    seen = {"sees": {"buyer": ["buyer"], "u1": []}, "masked": {"buyer": []}, "task": {"buyer": ["u1"]}}
    steps: list[Any] = [{"as": "buyer", "submit": "f"}, {"as": "u1", "expect": seen}]
    story = {"name": "s", "steps": steps, "expect": {"hidden": {"buyer": []}}}
    documents = {**app(), "flows/f.yaml": flow, "tests/t.yaml": [story]}
    renamed = RenameSlot("pack.yaml", ("slots", "buyer"), "clerk").apply(documents)
    assert renamed["permissions.yaml"][0]["who"] == "clerk"
    assert renamed["menu.yaml"][0]["roles"] == ["clerk"]
    assert renamed["flows/f.yaml"]["start"] == {"who": [{"role": "clerk"}]}
    assert renamed["flows/f.yaml"]["nodes"] == [
        {"code": "buyer", "assignees": [{"role": "clerk"}, {"user": "buyer"}], "name": "buyer"}
    ]
    assert [one["as"] for one in renamed["tests/t.yaml"][0]["steps"]] == ["clerk", "u1"]
    told = renamed["tests/t.yaml"][0]
    assert told["expect"] == {"hidden": {"clerk": []}}
    assert told["steps"][1]["expect"] == {
        "sees": {"clerk": ["buyer"], "u1": []},
        "masked": {"clerk": []},
        "task": {"buyer": ["u1"]},
    }
    assert renamed[TABLE] is documents[TABLE]
    with pytest.raises(Refused):
        RenameSlot("pack.yaml", ("slots", "buyer"), "clerk").refuse(app())


def test_a_hole_in_a_list_and_a_field_without_label_are_no_obstacle() -> None:
    documents = app(
        fields=[None, {"code": "no", "type": "text", "label": None}, {"code": "name", "type": "text"}]
    )
    grown = AddListed(TABLE, ("fields",), "date", "no").apply(documents)[TABLE]["fields"]
    copied = CopyListed(TABLE, ("fields", "no")).apply(documents)[TABLE]["fields"]
    assert [one and one["code"] for one in grown] == [None, "no", "date", "name"]
    assert copied[2] == {"code": "no_2", "type": "text", "label": "副本"}
    assert CopyField(TABLE, "no").apply(documents)[TABLE]["fields"][1]["label"] == "副本"


def test_a_view_is_renamed_where_its_own_table_is_opened() -> None:
    entry = {"name": "表", "view": "all"}
    menu = [{**entry, "table": ref} for ref in ("t", "app/t", "other/t")]
    renamed = RenameView(TABLE, ("views", "all"), "every").apply({**app(), "menu.yaml": menu})
    assert [one["view"] for one in renamed["menu.yaml"]] == ["every", "every", "all"]


def test_a_dictionary_among_others_of_its_file_gets_items_as_well() -> None:
    one = {"code": "one", "name": "一", "items": [{"value": "v2", "label": "甲"}]}
    two = {
        "code": "two",
        "name": "二",
        "items": [{"value": "a", "label": "乙"}, {"value": "b", "label": "丙"}],
    }
    documents = {"dictionaries/base.yaml": [one, two]}
    added = AddItem("dictionaries/base.yaml", (0, "items")).apply(documents)["dictionaries/base.yaml"]
    pasted = PasteItems("dictionaries/base.yaml", ("two", "items"), "a\tA\nv2\tB").apply(documents)
    assert [item["value"] for item in added[0]["items"]] == ["v2", "v3"]
    assert [item["value"] for item in pasted["dictionaries/base.yaml"][1]["items"]] == ["a", "b", "v2"]
    with pytest.raises(Conflict):
        PasteItems("dictionaries/base.yaml", ("gone", "items"), "x").apply(documents)


@pytest.mark.parametrize("code", ["all_staff", "dept_head", "participant"])
def test_no_slot_is_called_like_what_stands_for_people(code: str) -> None:
    renamed = RenameSlot("pack.yaml", ("slots", "buyer"), code).apply(app())
    assert [one.code for one in wrong_in(renamed, "pack.yaml")] == ["reserved"]


def test_every_edit_has_a_word_of_its_own() -> None:
    assert len(KINDS) == len(set(KINDS.values()))
    assert {"rename_field", "convert_field", "paste_items", "toggle", "rename_slot"} <= KINDS.keys()
