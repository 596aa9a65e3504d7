"""Whatever is done to a flow in whatever order: it stays in shape, and every step can be taken back."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.edits.edit import Edit
from builder.edits.flows.access import Allow
from builder.edits.flows.edges import Connect, OrderEdge, SetEdge, SetReject
from builder.edits.flows.lanes import SetLanes
from builder.edits.flows.nodes import AddNode, LayOut, MoveNodes, RemoveNodes
from builder.edits.flows.paste import PasteNodes
from builder.edits.flows.rename import RenameNode
from builder.edits.patch import difference, patched, reversed_patch
from builder.edits.shape import check_shape
from runtime.language.dump import to_json
from runtime.language.refusal import Refused
from runtime.nodes.picture import points
from tests.unit.builder.flows.sample import FILE, documents

CODES = st.sampled_from(["start", "check", "big", "leader", "end", "approve", "check_1", "x"])
KINDS = st.sampled_from(["fill", "approve", "notify", "exclusive", "parallel", "join", "service", "end"])
PLACES = st.tuples(st.integers(-500, 3000), st.integers(-500, 3000))
REFS = st.fixed_dictionaries({"from": CODES, "to": CODES}, optional={"n": st.integers(0, 2)})
WAYS = st.lists(st.fixed_dictionaries({"from": CODES, "to": CODES}), max_size=2).map(tuple)
FIELDS = st.lists(st.sampled_from(["subject", "amount", "rows", "rows.item", "rows.price"]), max_size=3).map(
    tuple
)
LANES = st.lists(
    st.sampled_from(["a", "b", "c"]).map(lambda code: {"code": code, "name": code, "height": 200}),
    max_size=3,
    unique_by=lambda one: one["code"],
).map(tuple)
PASTED = st.lists(
    st.fixed_dictionaries({"code": CODES.filter(lambda c: c != "start"), "kind": KINDS}), max_size=2
)
VALUES = st.dictionaries(
    st.sampled_from(["when", "default", "label", "to"]),
    st.sampled_from([None, True, "amount > 1", "check"]),
    max_size=2,
).filter(
    lambda one: (
        one.get("default") in (None, True) and True not in (one.get("when"), one.get("label"), one.get("to"))
    )
)

EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(
        AddNode,
        st.just(FILE),
        KINDS,
        CODES.filter(lambda c: c != "start"),
        at=PLACES | st.just(()),
        after=CODES,
    ),
    st.builds(AddNode, st.just(FILE), KINDS, at=PLACES, split=REFS),
    st.builds(MoveNodes, st.just(FILE), st.dictionaries(CODES, PLACES.map(list), max_size=3)),
    st.builds(
        RemoveNodes,
        st.just(FILE),
        st.lists(CODES, max_size=2).map(tuple),
        st.lists(REFS, max_size=2).map(tuple),
    ),
    st.builds(PasteNodes, st.just(FILE), PASTED.map(tuple), WAYS),
    st.builds(LayOut, st.just(FILE)),
    st.builds(Connect, st.just(FILE), CODES, CODES),
    st.builds(SetEdge, st.just(FILE), REFS, VALUES),
    st.builds(OrderEdge, st.just(FILE), REFS, st.integers(-1, 5)),
    st.builds(SetReject, st.just(FILE), CODES, st.none() | CODES),
    st.builds(RenameNode, st.just(FILE), CODES, CODES),
    st.builds(
        Allow, st.just(FILE), CODES, FIELDS, st.sampled_from(["visible", "edit", "require"]), st.booleans()
    ),
    st.builds(SetLanes, st.just(FILE), LANES),
)


@given(st.lists(EDITS, max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_gestures_leave_a_flow_that_can_be_shown_and_be_taken_back(edits: list[Edit]) -> None:
    now: dict[str, Any] = documents()
    for edit in edits:
        before = now
        kept = to_json(before)
        try:
            now = dict(edit.apply(before))
        except Refused:
            continue
        assert to_json(before) == kept, "an edit changed what it was given"
        check_shape(now, now)
        known = {"start", *(one["code"] for one in now[FILE]["nodes"])}
        assert points(now[FILE]).keys() == known
        assert all({one["from"], one["to"]} <= known for one in now[FILE]["edges"])
        for file in now.keys() | before.keys():
            patch = difference(before.get(file), now.get(file))
            assert to_json(patched(before.get(file), patch)) == to_json(now.get(file))
            assert to_json(patched(now.get(file), reversed_patch(patch))) == to_json(before.get(file))
