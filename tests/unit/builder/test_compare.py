"""What differs between two states of an app: as text, in words, and three ways."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.compare.change import Change
from builder.compare.impact import questions
from builder.compare.lines import LONGEST_LINE, MOST_COMPARED, compared
from builder.compare.objects import changes
from builder.compare.three import met
from runtime.language.dump import documents_of
from runtime.language.load import load_app
from runtime.packs.read import read_pack
from runtime.packs.vocabulary import VOCABULARY

PACKS = Path(__file__).parents[3] / "packs"
FORM, FLOW = "forms/sales_contract_form.yaml", "flows/sales_contract_flow.yaml"
FILES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2), max_size=4)


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """The documents of the sales contract."""
    return documents_of(load_app(read_pack(PACKS / "sales_contract").texts, VOCABULARY))


def told(before: Any, after: Any) -> dict[str, set[tuple[str, str, str]]]:
    """What happened to the parts of each object."""
    return {
        one.code: {(detail.part, detail.do, detail.code) for detail in one.details}
        for one in changes(before, after)
    }


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in PACKS.glob("*/pack.yaml")))
def test_a_pack_is_the_same_as_itself(pack: str) -> None:
    documents = documents_of(load_app(read_pack(PACKS / pack).texts, VOCABULARY))

    assert changes(documents, deepcopy(documents)) == ()
    assert {one.do for one in changes({}, documents)} <= {"added", "changed"}
    assert {one.do for one in changes(documents, {})} <= {"removed", "changed"}


def test_fields_are_told_one_by_one(contract: dict[str, Any]) -> None:
    after = deepcopy(contract)
    fields = after[FORM]["fields"]
    by_code = {one["code"]: one for one in fields}
    fields.remove(by_code["contact"])
    by_code["discount"]["type"] = "text"
    by_code["city"] |= {"required": True, "unique": True, "hidden": True}
    by_code["contract_name"]["label"] = "合同全称"
    by_code["products"]["fields"].append({"code": "rebate", "type": "money", "label": "返点"})
    by_code["products"]["fields"].pop(1)
    fields.append({"code": "sign_place", "type": "text", "label": "签订地点"})

    assert told(contract, after) == {
        "sales_contract_form": {
            ("field", "removed", "contact"),
            ("field", "retyped", "discount"),
            ("field", "required", "city"),
            ("field", "unique", "city"),
            ("field", "hidden", "city"),
            ("field", "renamed", "contract_name"),
            ("field", "added", "products.rebate"),
            ("field", "removed", "products.product_name"),
            ("field", "added", "sign_place"),
        }
    }


def test_a_field_that_becomes_rows_goes_and_comes(contract: dict[str, Any]) -> None:
    after = deepcopy(contract)
    city = next(one for one in after[FORM]["fields"] if one["code"] == "city")
    city |= {"type": "subtable", "fields": []}

    assert told(contract, after)["sales_contract_form"] == {
        ("field", "removed", "city"),
        ("rows", "added", "city"),
    }


def test_nodes_connections_and_lines_are_told(contract: dict[str, Any]) -> None:
    after = deepcopy(contract)
    flow = after[FLOW]
    flow["nodes"][0]["name"] = "合规审核"
    flow["nodes"].append({"code": "n_new", "kind": "notify", "name": "知会"})
    flow["edges"][0]["to"] = "n_new"
    flow["start"]["name"] = "起草"
    flow["picture"] = {"start": [1, 1]}
    after["menu.yaml"].pop(0)
    after["permissions.yaml"].reverse()

    found = told(contract, after)

    assert found["sales_contract_flow"] == {
        ("node", "renamed", "n_legal"),
        ("node", "added", "n_new"),
        ("node", "changed", "start"),
        ("edge", "added", "start→n_new"),
        ("edge", "removed", "start→n_legal"),
    }
    assert found["menu.yaml"] == {("line", "removed", "menu.yaml")}
    assert found["permissions.yaml"] == {("property", "changed", "order")}


def test_only_a_moved_picture_is_no_change(contract: dict[str, Any]) -> None:
    after = deepcopy(contract)
    after[FLOW]["picture"]["start"] = [7, 7]

    assert changes(contract, after) == ()


def test_values_of_all_levels_are_told() -> None:
    before: dict[str, Any] = {"dictionaries/area.yaml": {"code": "area", "name": "地区", "items": [
        {"value": "n", "label": "北", "children": [{"value": "n1", "label": "北一"}]},
        {"value": "s", "label": "南"},
    ]}}  # fmt: skip
    after = deepcopy(before)
    after["dictionaries/area.yaml"]["items"][0]["children"] = []
    after["dictionaries/area.yaml"]["items"][1] |= {"label": "南方", "disabled": True}

    assert told(before, after) == {
        "area": {("value", "removed", "n1"), ("value", "renamed", "s"), ("value", "hidden", "s")}
    }


def test_what_is_asked_of_rows_follows_from_the_changes(contract: dict[str, Any]) -> None:
    after = deepcopy(contract)
    by_code = {one["code"]: one for one in after[FORM]["fields"]}
    after[FORM]["fields"].remove(by_code["contact"])
    by_code["city"]["required"] = True
    del after["tables/contract_receipt_plan.yaml"]

    asked = {(one.object, one.part, one.ask) for one in questions(changes(contract, after), app="x", apps=())}

    assert asked == {
        ("sales_contract_form", "contact", "filled"),
        ("sales_contract_form", "city", "empty"),
        ("contract_receipt_plan", "", "all"),
    }


@pytest.mark.parametrize(
    "broken", [None, 7, "x", [], [None, 3], {"fields": 3}, {"fields": [{"label": None}, 4]}]
)
def test_nothing_that_a_draft_may_hold_breaks_the_comparison(broken: Any) -> None:
    files = ("forms/a.yaml", "flows/a.yaml", "dictionaries/a.yaml", "rules/a.yaml", "permissions.yaml")
    whole = {
        file: {"code": "a", "name": "甲", "fields": [{"code": "x"}], "nodes": [{"code": "n"}]}
        for file in files
    }

    found = changes(whole, dict.fromkeys(files, broken)) + changes(dict.fromkeys(files, broken), whole)

    assert all(isinstance(one, Change) for one in found)


def test_texts_are_compared_line_by_line_with_their_numbers() -> None:
    before = "\n".join(f"line {at}" for at in range(1, 21))
    after = before.replace("line 10\n", "line ten\n") + "\nlast"

    [found] = compared({"a": before, "same": "x"}, {"a": after, "same": "x"})

    shown = [(one.sign, one.before, one.after, one.text) for one in found.lines if one.sign != "same"]
    assert shown == [
        ("gap", None, None, ""),
        ("removed", 10, None, "line 10"),
        ("added", None, 10, "line ten"),
        ("gap", None, None, ""),
        ("added", None, 21, "last"),
    ]
    assert (found.state, found.added, found.removed, found.cut) == ("changed", 2, 1, False)


def test_too_many_equal_lines_are_told_as_a_whole() -> None:
    old = ["  do: approve", "  at: n1"] * 4_000
    new = [*old[:1_000], "a: 1", *old[1_000:5_000], "b: 1", *old[5_001:]]

    (change,) = compared({"f": "\n".join(old)}, {"f": "\n".join(new)})

    assert (change.added, change.removed, change.cut) == (4_002, 4_001, True)
    assert change.lines[0].sign == "gap"


def test_what_both_texts_begin_and_end_with_is_no_change() -> None:
    (change,) = compared({"f": "a\na\na"}, {"f": "a\na\na\na"})

    assert (change.added, change.removed, [one.sign for one in change.lines]) == (
        1,
        0,
        ["same"] * 3 + ["added"],
    )


def test_another_order_of_conditions_and_of_rules_is_told() -> None:
    edges = [{"from": "x", "to": to, "when": to} for to in ("a", "b", "c")] + [{"from": "a", "to": "c"}]
    nodes = [{"code": "x", "kind": "exclusive", "name": "金额"}, {"code": "a", "kind": "parallel"}]
    flow = {"code": "f", "name": "F", "nodes": nodes, "edges": edges}
    rules = [{"code": code, "flow": "f", "on": "approved"} for code in ("p", "q", "r")]
    before = {"flows/f.yaml": flow, "rules/f.yaml": rules}
    turned = {**flow, "edges": [edges[3], edges[1], edges[0], edges[2]]}

    assert told(before, {**before, "flows/f.yaml": turned}) == {"f": {("node", "changed", "x")}}
    assert told(before, {**before, "flows/f.yaml": {**flow, "edges": [edges[3], *edges[1:3]]}}) == {
        "f": {("edge", "removed", "x→a")}
    }
    assert told(before, {**before, "rules/f.yaml": [rules[0], rules[2], rules[1]]}) == {
        "r": {("property", "changed", "order")}
    }
    other = [{**rules[2], "on": "rejected"}, *rules[:2]]
    assert told(before, {**before, "rules/f.yaml": other}) == {"r": {("property", "changed", "on")}}


def test_what_is_too_large_is_cut() -> None:
    long, many = "x" * 5_000_000, "\n".join("y" for _ in range(MOST_COMPARED + 1))

    files = {one.file: one for one in compared({}, {"long": long, "many": many})}

    assert len(files["long"].lines[0].text) == LONGEST_LINE + 1
    assert (files["many"].lines, files["many"].cut) == ((), True)


@given(FILES, FILES, FILES)
def test_three_ways_each_change_of_one_side_is_kept(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    found = met(base, mine, theirs)

    for file in base.keys() | mine.keys() | theirs.keys():
        was, own, other = base.get(file), mine.get(file), theirs.get(file)
        result = found.documents.get(file)
        if file in found.conflicts:
            assert len({was, own, other}) == 3
            assert result == own
        elif own == was:
            assert result == other
        else:
            assert result == own
    decided = met(base, mine, theirs, dict.fromkeys(found.conflicts, "theirs"))
    assert decided.conflicts == ()
    assert all(decided.documents.get(file) == theirs.get(file) for file in found.conflicts)
