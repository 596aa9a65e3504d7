"""Edits of rules: each leaves alone what it is not about, and never makes a shape that no page can show."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from builder.edits.documents import changed_files
from builder.edits.edit import Edit
from builder.edits.rules.inside import RemoveColumn, SetAction, SetColumn, SetTrigger
from builder.edits.rules.tests import AddTest, CopyTest
from builder.edits.rules.whole import AddRule, CopyRule, RemoveFromFile, RenameRule
from builder.edits.shape import check_shape
from runtime.language.refusal import Conflict, Refused

FILE = "rules/leave.yaml"
MANIFEST = {"schema": 1, "code": "trips", "name": "出差", "version": "1.0.0"}


def rule(code: str = "back", **more: Any) -> dict[str, Any]:
    found = {"code": code, "on": "approved", "flow": "leave", "do": "update", "table": "balance"}
    return {**found, "match": {"person": "initiator"}, "subtract": {"left": "days"}, **more}


def documents(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"pack.yaml": MANIFEST, FILE: list(rules or (rule(),)), **more}


def done(edit: Edit, before: Mapping[str, Any]) -> Mapping[str, Any]:
    after = edit.apply(before)
    check_shape(after, changed_files(before, after))
    return after


def test_a_new_rule_is_the_last_of_its_file_with_a_code_of_its_own() -> None:
    after = done(AddRule(FILE, "通知", "flow", "leave", "approved", "notify"), documents(rule("rule")))

    made = after[FILE][1]
    assert made == {
        "code": "rule_2",
        "name": "通知",
        "on": "approved",
        "flow": "leave",
        "do": "notify",
    }
    assert after[FILE][0] is not made


@pytest.mark.parametrize(
    ("by", "trigger", "action", "code"),
    [
        ("flow", "", "update", "no_trigger"),
        ("x", "leave", "update", "no_trigger"),
        ("flow", "leave", "explode", "no_action"),
    ],
)
def test_a_rule_without_trigger_or_action_is_not_made(by: str, trigger: str, action: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        AddRule(FILE, "a", by, trigger, "approved", action).apply(documents())

    assert refused.value.code == code


def test_a_copy_stands_behind_with_another_code() -> None:
    after = done(CopyRule(FILE, ("back",)), documents(rule(name="扣减"), rule("other")))

    assert [one["code"] for one in after[FILE]] == ["back", "back_2", "other"]
    assert after[FILE][1]["name"] == "扣减（副本）"


def test_the_file_goes_with_its_last_rule() -> None:
    assert FILE not in done(RemoveFromFile(FILE, ("back",)), documents())
    with pytest.raises(Conflict):
        RemoveFromFile(FILE, ("back",)).apply(documents(rule("other")))


def test_a_rule_of_another_flow_moves_to_its_file() -> None:
    after = done(SetTrigger(FILE, ("back",), "flow", "trip", "approved"), documents(rule(), rule("b")))

    assert [one["code"] for one in after[FILE]] == ["b"]
    assert after["rules/trip.yaml"] == [rule(flow="trip")]


def test_a_rule_of_a_table_of_another_app_has_a_file_without_a_folder() -> None:
    on = {"daily": "09:00"}
    after = done(SetTrigger(FILE, ("back",), "source", "hr/staff", on), documents())

    assert FILE not in after
    (moved,) = after["rules/hr_staff.yaml"]
    assert (moved["source"], moved["on"], "flow" in moved) == ("hr/staff", on, False)
    assert list(moved)[:3] == ["code", "on", "source"]


def test_another_moment_leaves_the_rule_where_it_is() -> None:
    after = done(SetTrigger(FILE, ("back",), "flow", "leave", "submitted"), documents(rule(), rule("b")))

    assert [one["on"] for one in after[FILE]] == ["submitted", "approved"]


def test_another_action_drops_what_it_does_not_know() -> None:
    after = done(SetAction(FILE, ("back",), "delete"), documents(rule(message="x", note="n")))

    assert after[FILE] == [
        {
            "code": "back",
            "on": "approved",
            "flow": "leave",
            "do": "delete",
            "table": "balance",
            "match": {"person": "initiator"},
            "message": "x",
            "note": "n",
        }
    ]


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        ({"grid": "set", "column": "state", "source": "'done'"}, "set", {"state": "'done'"}),
        ({"grid": "set", "column": "n", "source": "12"}, "set", {"n": 12}),
        ({"grid": "set", "column": "n", "source": "1.50"}, "set", {"n": Decimal("1.50")}),
        ({"grid": "set", "column": "ok", "source": "true"}, "set", {"ok": True}),
        ({"grid": "set", "column": "t", "constant": "it's"}, "set", {"t": '"it\'s"'}),
        ({"grid": "match", "column": "year", "source": ""}, "match", {"person": "initiator", "year": ""}),
        ({"grid": "subtract", "column": "left", "to_column": "used"}, "subtract", {"used": "days"}),
    ],
)
def test_a_row_of_columns_is_written(change: dict[str, Any], key: str, value: Any) -> None:
    after = done(SetColumn(FILE, ("back",), **change), documents())

    assert after[FILE][0][key] == value


def test_a_column_that_is_added_instead_of_taken_off_leaves_no_empty_rest() -> None:
    after = done(SetColumn(FILE, ("back",), "subtract", "left", to_grid="add"), documents())

    assert after[FILE][0]["add"] == {"left": "days"}
    assert "subtract" not in after[FILE][0]


def test_a_column_is_written_once() -> None:
    with pytest.raises(Refused):
        SetColumn(FILE, ("back",), "set", "left", source="1").apply(documents())
    with pytest.raises(Refused):
        SetColumn(FILE, ("back",), "set", "a", to_column="left").apply(documents(rule(set={"a": "1"})))


def test_a_row_is_taken_out_once() -> None:
    after = done(RemoveColumn(FILE, ("back",), "match", "person"), documents())

    assert "match" not in after[FILE][0]
    with pytest.raises(Conflict):
        RemoveColumn(FILE, ("back",), "match", "person").apply(after)


def test_a_new_code_is_written_where_tests_and_nodes_name_the_rule() -> None:
    story: dict[str, Any] = {
        "name": "a",
        "steps": [
            {"as": "x", "do": "approve", "refused": "back"},
            {"as": "x", "do": "approve", "opinion": "back"},
            {"as": "x", "edit": "balance", "data": {"rule": "back", "refused": "back"}},
        ],
        "expect": {"notices": [{"rule": "back"}]},
    }
    auto: dict[str, Any] = {"code": "auto", "kind": "service", "actions": ["other", "back"]}
    nodes = [auto, {"code": "back", "kind": "end"}]
    flow = {"code": "leave", "name": "请假", "form": "leave", "start": {}, "nodes": nodes, "edges": []}
    tests = {"tests/a.yaml": [story], "tests/b.yaml": [{"name": "b", "steps": [{}]}]}
    before = documents(**tests, **{"flows/leave.yaml": flow})
    after = done(RenameRule(FILE, ("back",), "forth"), before)

    told = after["tests/a.yaml"][0]
    assert after[FILE][0]["code"] == "forth"
    assert told["steps"][0]["refused"] == "forth"
    assert told["steps"][1:] == story["steps"][1:]
    assert told["expect"]["notices"] == [{"rule": "forth"}]
    assert after["tests/b.yaml"] is before["tests/b.yaml"]
    assert after["flows/leave.yaml"]["nodes"] == [{**auto, "actions": ["other", "forth"]}, nodes[1]]


def test_two_rules_have_two_codes() -> None:
    with pytest.raises(Refused):
        RenameRule(FILE, ("back",), "b").apply(documents(rule(), rule("b")))


def test_a_walk_through_begins_with_its_flow_and_has_a_name_of_its_own() -> None:
    after = done(AddTest("tests/leave.yaml", "请假", "leave"), documents())

    assert after["tests/leave.yaml"] == [
        {"name": "请假", "steps": [{"as": "initiator", "submit": "leave", "data": {}}]}
    ]
    with pytest.raises(Refused):
        AddTest("tests/leave.yaml", "请假", "leave").apply(after)
    copied = done(CopyTest("tests/leave.yaml", ("请假",)), after)
    assert [one["name"] for one in copied["tests/leave.yaml"]] == ["请假", "请假（副本）"]


@pytest.mark.parametrize("place", [(), (0, "match"), ("back", "on"), (7,)])
def test_what_stands_inside_a_rule_is_none(place: tuple[str | int, ...]) -> None:
    with pytest.raises(Conflict):
        CopyRule(FILE, place).apply(documents())
