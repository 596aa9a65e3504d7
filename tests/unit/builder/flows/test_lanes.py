"""Lanes of the picture: nodes stay in theirs."""

from __future__ import annotations

from builder.edits.flows.lanes import SetLanes
from builder.edits.flows.nodes import LayOut
from tests.unit.builder.flows.sample import FILE, documents
from tests.unit.builder.flows.test_nodes import made


def test_the_first_lanes_hold_everything_in_the_first_of_them() -> None:
    flow = made(SetLanes(FILE, ({"code": "a", "name": "甲"}, {"code": "b", "name": "乙"})))

    high = flow["lanes"][0].get("height", 160)
    assert all(0 < y < high for _, y in flow["picture"].values())


def test_lanes_that_change_places_take_their_nodes_along() -> None:
    before = documents()
    before[FILE]["lanes"] = [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙", "height": 200}]
    before[FILE]["picture"]["leader"] = [620, 250]

    flow = made(SetLanes(FILE, tuple(reversed(before[FILE]["lanes"]))), before)

    assert flow["picture"]["leader"] == [620, 90]
    assert flow["picture"]["check"] == [260, 320]


def test_nodes_of_a_lane_that_goes_join_the_one_above() -> None:
    before = documents()
    before[FILE]["lanes"] = [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}]
    before[FILE]["picture"]["leader"] = [620, 250]

    flow = made(SetLanes(FILE, ({"code": "a", "name": "甲"},)), before)

    assert 0 < flow["picture"]["leader"][1] < 160


def test_laid_out_anew_nodes_stay_in_their_lanes() -> None:
    before = documents()
    before[FILE]["lanes"] = [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}]
    before[FILE]["picture"]["leader"] = [620, 250]

    flow = made(LayOut(FILE), before)

    high = flow["lanes"][0].get("height", 160)
    assert flow["picture"]["leader"][1] > high
    assert all(y < high for code, (_, y) in flow["picture"].items() if code != "leader")
