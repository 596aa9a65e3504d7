"""What goes with a field or a column, however it is taken out."""

from __future__ import annotations

import pytest

from builder.edits.anywhere import RemoveItem
from builder.edits.edit import Edit
from builder.edits.form import RemoveField
from builder.edits.table import RemoveListed
from tests.unit.builder.documents import FLOW, FORM, documents, lines

COLUMN = ("fields", "items", "fields", "price")


@pytest.mark.parametrize("edit", [RemoveItem(FORM, COLUMN), RemoveListed(FORM, COLUMN)])
def test_with_a_column_goes_what_the_flow_says_of_it(edit: Edit) -> None:
    before = documents(views=[{"code": "v", "name": "视图", "columns": ["day", "items.price"]}])
    after = edit.apply(before)

    assert [one["code"] for one in after[FORM]["fields"][3]["fields"]] == ["thing"]
    assert after[FORM]["views"][0]["columns"] == ["day"]
    assert after[FORM]["layout"] is before[FORM]["layout"]
    assert (after[FLOW]["start"]["hide"], after[FLOW]["nodes"][0]["edit"]) == ([], ["amount"])


FIELD = ("fields", "amount")


@pytest.mark.parametrize(
    "edit",
    [
        RemoveItem(FORM, FIELD),
        RemoveItem(FORM, ("fields", 1)),
        RemoveListed(FORM, FIELD),
        RemoveField(FORM, "amount"),
    ],
)
def test_with_a_field_goes_what_is_said_of_it(edit: Edit) -> None:
    view = {"code": "v", "name": "视图", "columns": ["day", "amount"], "sort": ["-amount"]}
    before = documents(views=[view], unique=[["amount", "day"], ["day"]], indexes=[["amount", "day"]])
    after = edit.apply(before)

    assert after[FORM]["views"][0] | {"columns": ["day"], "sort": []} == after[FORM]["views"][0]
    assert (after[FORM]["unique"], after[FORM]["indexes"]) == ([["day"]], [["day"]])
    assert lines(after)[0] == ("基本", [["subject"], ["day"]])
    assert after[FLOW]["start"]["edit"] == ["subject", "items"]
