"""Patterns mean what regular expressions mean, and cannot hang."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.language.expressions.pattern import InvalidPattern, compiled

_ATOMS = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "[a-c1-3]", r"\.", "(?:ab|b)", "(a|bb|)"]
)
_REPEATS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{0,3}", "{1,}"])
_PIECE = st.tuples(_ATOMS, _REPEATS).map("".join)
_PATTERN = st.lists(st.lists(_PIECE, max_size=4).map("".join), min_size=1, max_size=3).map("|".join)


@given(st.one_of(_PATTERN, _PATTERN.map(lambda inner: f"^({inner})+b$")), st.text("ab1.c", max_size=8))
def test_a_pattern_matches_what_python_matches(pattern: str, text: str) -> None:
    assert compiled(pattern).matches(text) == (re.fullmatch(pattern, text, re.ASCII) is not None)


def test_a_pattern_that_makes_backtracking_explode_answers_at_once() -> None:
    assert not compiled("(a+)+(a*)*b").matches("a" * 3000)


@pytest.mark.parametrize(
    "pattern", ["(", "a)", "[a", "*a", "a**", "a{2", "a{3,2}", "(?=a)", r"\q", "[b-a]", "a{9999}", "a^b"]
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidPattern):
        compiled(pattern)


@given(st.text(r"ab\[]()*+?{}|^$-:1,", max_size=20))
def test_any_text_is_a_pattern_or_refused(pattern: str) -> None:
    try:
        machine = compiled(pattern)
    except InvalidPattern:
        return
    assert machine.matches("ab1") in (True, False)
