"""A patch leads from one document to another and back, to the letter and to the order of keys."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.edits.patch import (
    difference,
    patch_from_plain,
    patch_to_plain,
    patched,
    reversed_patch,
)
from runtime.language.dump import from_json, to_json

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "b"]), st.just(Decimal("0.10"))
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["code", "a", "b", "c"]), inner, max_size=4)
    ),
    max_leaves=12,
)


def written(document: Any) -> str:
    """A document with the order of its keys, and True apart from 1."""
    return to_json(document)


@given(DOCUMENTS, DOCUMENTS)
def test_a_patch_leads_there_and_back(before: Any, after: Any) -> None:
    patch = patch_from_plain(from_json(to_json(patch_to_plain(difference(before, after)))))

    assert written(patched(before, patch)) == written(after)
    assert written(patched(after, reversed_patch(patch))) == written(before)


@given(DOCUMENTS)
def test_nothing_changed_is_an_empty_patch(document: Any) -> None:
    assert difference(document, from_json(to_json(document))) == ()


@pytest.mark.parametrize("count", [3, 200])
def test_a_patch_of_one_property_is_small_however_large_the_form(count: int) -> None:
    fields = [{"code": f"f{at}", "type": "text", "label": f"字段 {at}"} for at in range(count)]
    renamed = [{**one, "label": "金额"} if one["code"] == "f1" else one for one in fields]

    patch = difference({"fields": fields}, {"fields": renamed})

    assert len(to_json(patch_to_plain(patch))) < 100


def test_the_order_of_keys_comes_back() -> None:
    before = {"fill": {"a": 1, "b": 2, "c": 3}}
    after = {"fill": {"b": 2, "c": 3}}

    patch = difference(before, after)

    assert list(patched(after, reversed_patch(patch))["fill"]) == ["a", "b", "c"]
