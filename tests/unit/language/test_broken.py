"""Whatever stands in a pack, loading and linting say what is wrong; they never fail themselves."""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.dump import documents_of, dump_app
from runtime.language.lint import lint
from runtime.language.load import load_app, load_documents
from runtime.language.place import Place
from runtime.language.problem import Problems
from tests.unit.language.samples import FILES
from tests.unit.language.words import WORDS

DOCUMENTS = documents_of(load_app(FILES, WORDS))


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*place, key))


WORDS_OF_PACKS = st.sampled_from(
    [
        *("", "x", "start", "end", "initiator", "row.qty", "1 +", "{a}", "a/b", "a/b/c", "subtable"),
        *("lookup", "join", "parallel", "delete", "create", "submitted", "node.big.done", "within", "where"),
        *("total", "goods", "issue", "lines", "中文"),
    ]
)
PLAIN = st.none() | st.booleans() | st.integers(-3, 3) | st.just(Decimal("0.5")) | WORDS_OF_PACKS
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS_OF_PACKS, inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.tuples(st.sampled_from(list(places(DOCUMENTS))), ANYTHING), min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_anything_anywhere_gives_an_app_or_problems(changes: list[tuple[Place, Any]]) -> None:
    documents = deepcopy(DOCUMENTS)
    for place, value in changes:
        put(documents, place, value)
    try:
        app = load_documents(documents, WORDS)
    except Problems:
        return
    assert load_app(dump_app(app), WORDS) == app
    assert all(one.path and one.message for one in lint(app, {}, WORDS))


def put(documents: Any, place: Place, value: Any) -> None:
    """Replace what stands at a place, if the place is still there."""
    *way, last = place
    with suppress(LookupError, TypeError):
        for step in way:
            documents = documents[step]
        if not isinstance(documents, str):
            documents[last] = value
