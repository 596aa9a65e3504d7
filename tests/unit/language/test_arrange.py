"""Where nodes stand that nobody has placed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runtime.language.arrange import COLUMN_GAP, arranged, lane_heights

CODES = st.sampled_from([f"n{at}" for at in range(9)])
EDGES = st.lists(st.tuples(CODES, CODES), max_size=20)


def test_a_chain_stands_in_one_row() -> None:
    places = arranged({"a": 44, "b": 156, "c": 44}, [("a", "b"), ("b", "c")])

    assert len({y for _, y in places.values()}) == 1
    # Places are whole tens.
    assert abs(places["b"][0] - places["a"][0] - (22 + COLUMN_GAP + 78)) <= 10


def test_branches_stand_below_each_other_and_meet_again() -> None:
    places = arranged(dict.fromkeys("abcd", 100), [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")])

    assert places["b"][0] == places["c"][0]
    assert abs(places["b"][1] - places["c"][1]) >= 100
    assert places["a"][1] == places["d"][1]


def test_a_long_way_round_leaves_room_for_what_it_passes() -> None:
    places = arranged(dict.fromkeys("abc", 100), [("a", "b"), ("b", "c"), ("a", "c")])

    assert places["b"][1] != places["a"][1]


def test_lanes_are_as_high_as_what_stands_in_them() -> None:
    widths = dict.fromkeys("abcd", 100)
    edges = [("a", "b"), ("a", "c"), ("a", "d")]

    assert lane_heights(widths, edges, {"b": 1, "c": 1, "d": 1}, [160, 160])[1] >= 3 * 64


@given(EDGES)
def test_no_two_nodes_ever_stand_in_the_same_place(edges: list[tuple[str, str]]) -> None:
    widths = {f"n{at}": 156 for at in range(9)}

    places = arranged(widths, edges)

    assert len(set(places.values())) == len(widths)
    assert places == arranged(widths, edges)
