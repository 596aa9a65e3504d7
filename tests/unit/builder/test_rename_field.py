# ruff: noqa: E501 - samples read best on a line

"""A renamed field is renamed wherever the documents of an app mean it, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from builder.edits.documents import changed_files
from builder.edits.rename_field import RenameField
from runtime.language.refusal import Conflict, Refused
from runtime.language.schemas.field import SUBTABLE


def app(**files: Any) -> dict[str, Any]:
    manifest = {"schema": 1, "code": "app", "name": "应用", "version": "1.0.0"}
    table = {
        "code": "goods",
        "name": "货物",
        "key": ["amount"],
        "fields": [{"code": "amount", "type": "text", "label": "数量"}],
    }
    form = {
        "code": "bill",
        "name": "单据",
        "fields": [
            {"code": "amount", "type": "text", "label": "金额", "validate": [{"check": "amount != ''", "message": "空"}]},
            {"code": "goods", "type": "lookup", "label": "货", "from": "goods", "key": "amount", "columns": ["amount"],
             "fill": {"amount": "amount"}, "filter": "amount != form.amount"},
        ],
    }  # fmt: skip
    return {"pack.yaml": manifest, "tables/goods.yaml": table, "forms/bill.yaml": form, **files}


def test_a_lookup_fills_ours_from_theirs() -> None:
    ours = RenameField("forms/bill.yaml", ("fields", "amount"), "mine").apply(app())["forms/bill.yaml"][
        "fields"
    ][1]
    theirs = RenameField("tables/goods.yaml", ("fields", "amount"), "mine").apply(app())["forms/bill.yaml"][
        "fields"
    ][1]
    assert (ours["key"], ours["columns"], ours["fill"], ours["filter"]) == (
        "amount", ["amount"], {"mine": "amount"}, "amount != form.mine")  # fmt: skip
    assert (theirs["key"], theirs["columns"], theirs["fill"], theirs["filter"]) == (
        "mine", ["mine"], {"amount": "mine"}, "mine != form.amount")  # fmt: skip


def test_what_several_objects_hide_stays_hidden_for_the_others() -> None:
    grant = {"who": "all_staff", "on": ["goods", "bill"], "scope": "all", "can": ["view"], "hide": ["amount"]}
    documents = app(**{"permissions.yaml": [grant]})
    renamed = RenameField("forms/bill.yaml", ("fields", "amount"), "mine").apply(documents)
    assert renamed["permissions.yaml"] == [{**grant, "hide": ["mine", "amount"]}]


def test_a_condition_over_several_objects_is_divided() -> None:
    grant = {
        "who": "all_staff",
        "on": ["goods", "bill"],
        "scope": "all",
        "can": ["view"],
        "where": "amount > 1",
    }
    documents = app(**{"permissions.yaml": [grant]})
    renamed = RenameField("forms/bill.yaml", ("fields", "amount"), "mine").apply(documents)
    assert renamed["permissions.yaml"] == [
        {**grant, "on": ["bill"], "where": "mine > 1"},
        {**grant, "on": ["goods"]},
    ]


def test_each_half_of_a_divided_grant_hides_its_own() -> None:
    grant = {
        "who": "x",
        "on": ["goods", "bill"],
        "can": ["view"],
        "hide": ["goods", "amount"],
        "mask": ["goods"],
    }
    documents = app(**{"permissions.yaml": [{**grant, "where": "amount > 1"}]})
    renamed = RenameField("forms/bill.yaml", ("fields", "amount"), "mine").apply(documents)
    half = {key: grant[key] for key in ("who", "can")}
    assert renamed["permissions.yaml"] == [
        {**half, "on": ["bill"], "hide": ["goods", "mine"], "mask": ["goods"], "where": "mine > 1"},
        {**half, "on": ["goods"], "hide": ["amount"], "where": "amount > 1"},
    ]


def test_people_of_a_flow_and_what_a_rule_writes() -> None:
    flow = {
        "code": "bill_flow",
        "name": "流程",
        "form": "bill",
        "start": {"who": [{"role": "amount"}], "edit": ["amount", "goods"]},
        "nodes": [
            {"code": "a", "kind": "approve", "assignees": [{"field": "amount"}, {"superior": {"field": "amount"}}],
             "due": {"days": 1, "from": "amount"}, "require": ["amount"]},
            {"code": "amount", "kind": "end"},
        ],
        "edges": [{"from": "start", "to": "a", "when": "amount == 'amount'", "label": "amount"}],
    }  # fmt: skip
    rule = {
        "code": "amount", "on": "approved", "flow": "bill_flow", "do": "update", "table": "goods",
        "match": {"amount": "amount"}, "set": {"amount": "old.amount + amount"}, "message": "{amount} {old.amount}",
    }  # fmt: skip
    documents = app(**{"flows/bill_flow.yaml": flow, "rules/bill_flow.yaml": [rule]})
    ours = RenameField("forms/bill.yaml", ("fields", "amount"), "mine").apply(documents)
    theirs = RenameField("tables/goods.yaml", ("fields", "amount"), "mine").apply(documents)
    made = ours["flows/bill_flow.yaml"]
    assert made["start"] == {"who": [{"role": "amount"}], "edit": ["mine", "goods"]}
    assert made["nodes"][0]["assignees"] == [{"field": "mine"}, {"superior": {"field": "mine"}}]
    assert made["nodes"][0]["due"]["from"] == made["nodes"][0]["require"][0] == "mine"
    assert made["nodes"][1]["code"] == "amount"
    assert made["edges"] == [{"from": "start", "to": "a", "when": "mine == 'amount'", "label": "amount"}]
    assert ours["rules/bill_flow.yaml"][0] == {
        **rule, "match": {"amount": "mine"}, "set": {"amount": "old.amount + mine"}, "message": "{mine} {old.amount}",
    }  # fmt: skip
    assert theirs["flows/bill_flow.yaml"] is flow
    assert theirs["rules/bill_flow.yaml"][0] == {
        **rule, "match": {"mine": "amount"}, "set": {"mine": "old.mine + amount"}, "message": "{amount} {old.mine}",
    }  # fmt: skip


def test_a_story_is_retold() -> None:
    story: dict[str, Any] = {
        "name": "amount",
        "given": {"goods": [{"amount": 1}], "app/bill": [{"amount": 2}]},
        "steps": [
            {"as": "initiator", "submit": "bill_flow", "data": {"amount": "amount"}, "refused": "amount"},
            {"as": "u1", "do": "approve", "at": "a", "data": {"amount": 1}, "expect": {"amount": 1, "sees": {"u1": ["amount"]}}},
            {"as": "u1", "edit": "goods", "match": {"amount": 1}, "data": {"amount": 2}, "expect": {"amount": 2}},
        ],
        "expect": {"case": "approved", "goods": [{"amount": 2}], "bill": [{"amount": 3}]},
    }  # fmt: skip
    flow = {"code": "bill_flow", "name": "流程", "form": "bill"}
    documents = app(**{"tests/a.yaml": [story], "flows/bill_flow.yaml": flow})
    ours = RenameField("forms/bill.yaml", ("fields", "amount"), "mine").apply(documents)["tests/a.yaml"][0]
    assert ours["name"] == "amount"
    assert ours["given"] == {"goods": [{"amount": 1}], "app/bill": [{"mine": 2}]}
    assert ours["steps"][0]["data"] == {"mine": "amount"}
    assert ours["steps"][0]["refused"] == "mine"
    assert ours["steps"][1]["data"] == {"mine": 1}
    assert ours["steps"][1]["expect"] == {"mine": 1, "sees": {"u1": ["mine"]}}
    assert ours["steps"][2] == story["steps"][2]
    assert ours["expect"] == {"case": "approved", "goods": [{"amount": 2}], "bill": [{"mine": 3}]}


def test_an_expected_table_called_like_the_field_keeps_its_name() -> None:
    steps = [{"as": "u1", "submit": "bill_flow", "data": {"goods": "1"}}]
    story = {"name": "a", "steps": steps, "expect": {"goods": [{"amount": "1"}], "changes": {"goods": ["1"]}}}
    flow = {"code": "bill_flow", "name": "流程", "form": "bill"}
    documents = app(**{"tests/a.yaml": [story], "flows/bill_flow.yaml": flow})
    told = RenameField("forms/bill.yaml", ("fields", "goods"), "mine").apply(documents)["tests/a.yaml"][0]
    assert told["steps"][0]["data"] == {"mine": "1"}
    assert told["expect"] == {"goods": [{"amount": "1"}], "changes": {"mine": ["1"]}}


@pytest.mark.parametrize(
    ("code", "told_code"),
    [("Amount", "bad_code"), ("", "bad_code"), ("s_x", "bad_code"), ("row", "bad_code"), ("a" * 41, "bad_code"),
     ("id", "bad_code"), ("goods", "code_taken"), ("金额", "bad_code")],
)  # fmt: skip
def test_a_code_that_cannot_be(code: str, told_code: str) -> None:
    with pytest.raises(Refused) as refused:
        RenameField("forms/bill.yaml", ("fields", "amount"), code).apply(app())
    assert refused.value.code == told_code


def test_what_is_no_field() -> None:
    with pytest.raises(Conflict):
        RenameField("forms/bill.yaml", ("fields", "nothing"), "x").apply(app())
    with pytest.raises(Refused):
        RenameField("pack.yaml", ("fields", "nothing"), "x").apply(app())
    with pytest.raises(Refused):
        RenameField("forms/bill.yaml", (), "x").apply(app())


def test_a_published_code_stays() -> None:
    edit = RenameField("forms/bill.yaml", ("fields", "amount"), "mine")
    with pytest.raises(Refused, match="已经发布"):
        edit.refuse(app())
    edit.refuse({})


def test_only_what_names_it_changes() -> None:
    documents = app()
    changed = RenameField("tables/goods.yaml", ("fields", "amount"), "mine").apply(documents)
    assert changed_files(documents, changed) == ("forms/bill.yaml", "tables/goods.yaml")
    assert RenameField("tables/goods.yaml", ("fields", "amount"), "amount").apply(documents) is documents


@pytest.mark.parametrize(
    "half",
    [
        {"code": "bill", "fields": [{"code": "amount"}, "x", {"code": 3}, {"type": SUBTABLE, "code": "i", "fields": "x"}],
         "views": ["x", {"columns": "amount"}, {"columns": [3, None]}], "layout": "x", "key": "amount", "quota": 3},
        {"code": "bill", "fields": [{"code": "amount", "fill": 3, "from": "goods", "validate": 3, "default": 3}]},
    ],
)  # fmt: skip
def test_half_finished_documents_are_no_obstacle(half: dict[str, Any]) -> None:
    more = {
        "flows/f.yaml": {"form": "bill", "start": [], "nodes": "x", "edges": [1, {"when": 3}]},
        "rules/r.yaml": {"on": 3, "set": [1], "match": {3: 4}},
        "permissions.yaml": ["x", {"on": "bill"}, {"on": ["bill", 3], "hide": 3, "where": 1}],
        "tests/t.yaml": [{"steps": [3, {"data": 3, "do": 3, "case": 3}], "given": 3, "expect": [1]}],
        "queries/q.yaml": {"source": 3, "measures": [3]},
        "menu.yaml": 3,
    }
    documents = app(**{"forms/bill.yaml": half, **more})
    renamed = RenameField("forms/bill.yaml", ("fields", "amount"), "mine").apply(documents)
    assert renamed["forms/bill.yaml"]["fields"][0]["code"] == "mine"
