"""The table of nodes and fields: what may be seen, filled in and must be filled in."""

from __future__ import annotations

import pytest

from builder.edits.flows.access import Allow
from runtime.language.refusal import Refused
from tests.unit.builder.flows.sample import FILE, documents
from tests.unit.builder.flows.test_nodes import made


def test_what_must_be_filled_in_can_be() -> None:
    node = made(Allow(FILE, "check", ("amount",), "require", True))["nodes"][0]

    assert node["edit"] == ["amount"]
    assert node["require"] == ["amount"]


def test_what_is_not_seen_cannot_be_filled_in() -> None:
    flow = made(Allow(FILE, "check", ("amount",), "require", True))
    node = made(Allow(FILE, "check", ("amount",), "visible", False), {**documents(), FILE: flow})["nodes"][0]

    assert node["hide"] == ["amount"]
    assert "edit" not in node
    assert "require" not in node


def test_at_the_start_everything_is_open_until_something_is_closed() -> None:
    start = made(Allow(FILE, "start", ("amount",), "edit", False))["start"]

    assert start["edit"] == ["subject", "rows"]


def test_at_the_start_everything_may_be_closed() -> None:
    start = made(Allow(FILE, "start", ("subject", "amount", "rows"), "edit", False))["start"]

    assert start["edit"] == []


def test_that_something_is_open_which_was_is_no_change() -> None:
    before = documents()

    assert Allow(FILE, "start", ("amount",), "edit", True).apply(before) is before


def test_a_column_closed_leaves_the_others_open() -> None:
    start = made(Allow(FILE, "start", ("rows.price",), "edit", False))["start"]

    assert start["edit"] == ["subject", "amount", "rows.item"]


def test_a_column_hidden_leaves_the_rows_open() -> None:
    start = made(Allow(FILE, "start", ("rows.price",), "visible", False))["start"]

    assert start == {"who": [{"role": "all_staff"}], "hide": ["rows.price"]}


def test_a_field_hidden_at_the_start_leaves_the_rest_open() -> None:
    start = made(Allow(FILE, "start", ("amount",), "visible", False))["start"]

    assert start == {"who": [{"role": "all_staff"}], "hide": ["amount"]}


def test_what_nobody_fills_in_is_not_listed_as_open() -> None:
    before = documents()
    rows = before["forms/paper.yaml"]["fields"][3]["fields"]
    rows.append({"code": "total", "type": "money", "label": "小计", "formula": "row.price"})

    start = made(Allow(FILE, "start", ("rows.price",), "edit", False), before)["start"]

    assert start["edit"] == ["subject", "amount", "rows.item"]


def test_a_sub_table_stands_for_its_columns() -> None:
    flow = made(Allow(FILE, "check", ("rows.price",), "edit", True))
    node = made(Allow(FILE, "check", ("rows",), "edit", True), {**documents(), FILE: flow})["nodes"][0]

    assert node["edit"] == ["rows"]


def test_a_branch_asks_nobody_for_anything() -> None:
    with pytest.raises(Refused):
        Allow(FILE, "big", ("amount",), "edit", True).apply(documents())
