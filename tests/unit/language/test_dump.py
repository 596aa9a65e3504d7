from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.app import Change, Dictionary, Item, Manifest, MenuEntry, Permission, Slot
from runtime.language.dump import from_json, to_json
from runtime.language.entity import Entity, Quota, Section, View
from runtime.language.field import Check, Expr, Field, SubTable
from runtime.language.flow import Decide, Due, Edge, Flow, Lane, Node, Source, Start
from runtime.language.parts import PARTS
from runtime.language.rule import Rule, TimeTrigger
from runtime.language.schemas.access import RIGHTS, SCOPES
from runtime.language.schemas.document import reading_with, shared
from runtime.language.schemas.rule import CHANNELS
from runtime.language.yaml_dump import dump_yaml
from runtime.language.yaml_text import read_yaml
from tests.unit.language.words import WORDS

codes = st.from_regex(r"x_[a-z0-9_]{0,10}", fullmatch=True)
words = st.text(min_size=1, max_size=12)
notes = st.text(max_size=12)
formulas = st.sampled_from(["a + 1", "1", "0.50", "true", "null", "'x' == y", "a in ('b', 'c')", "sum(r.a)"])
maybe = st.none() | formulas
flags = st.booleans()
lists = st.lists(codes, max_size=3).map(tuple)
constants = st.none() | flags | st.integers(-9, 9) | st.just(Decimal("0.10")) | words
sources = st.sampled_from(
    [Source("initiator"), Source("role", "boss", {"within": "company"}), Source("field", "a")]
)


def some(strategy: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=3).map(tuple)


def distinct(strategy: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    by_code = st.lists(strategy, min_size=least, max_size=3, unique_by=lambda one: one.code)
    return by_code.map(tuple)


checks = st.builds(
    Check, codes, formulas, words, level=st.sampled_from(["error", "warn"]), at=lists, note=notes
)
typed = st.sampled_from(
    [("text", {}), ("select", {"dict": "p/d"}), ("lookup", {"from": "t", "key": "k", "fill": {"a": "b"}})]
)


def of_type(field: Field, chosen: tuple[str, dict[str, Any]]) -> Field:
    return replace(field, type=chosen[0], options=chosen[1])


fields = st.builds(
    of_type,
    st.builds(
        Field, codes, st.just("text"), words, help=notes, note=notes,
        required=flags, readonly=flags, hidden=flags, unique=flags, index=flags, multiple=flags, track=flags,
        default=constants | st.builds(Expr, formulas), formula=maybe, visible_if=maybe, readonly_if=maybe,
        validate=some(checks), min=constants, max=constants,
        precision=st.none() | st.integers(0, 10), width=st.none() | st.integers(1, 24),
    ),
    typed,
)  # fmt: skip
subtables = st.builds(
    SubTable, codes, words, distinct(fields, least=1), note=notes,
    min_rows=st.integers(0, 3), visible_if=maybe, validate=some(checks),
)  # fmt: skip
views = st.builds(
    View, codes, words, some(codes, least=1),
    sort=some(codes.map("-".__add__)), filters=lists, search=lists, where=maybe,
)  # fmt: skip
entities = st.builds(
    Entity, st.sampled_from(["form", "table"]), codes, words, distinct(fields | subtables, least=1),
    note=notes, title=notes, key=some(codes, least=1), owner=st.none() | codes,
    validations=distinct(checks), views=distinct(views), unique=some(some(codes, least=1)),
    layout=some(st.builds(Section, words, some(some(codes, least=1)), note=notes)),
    quota=st.none() | st.builds(Quota, formulas, codes, codes),
)  # fmt: skip
decisions = st.sampled_from([Decide("any"), Decide("all"), Decide("count", 2), Decide("percent", 60)])
dues = st.builds(Due, workdays=st.integers(0, 9), start=st.none() | codes, remind=some(st.integers(-9, 9)))
nodes = st.builds(
    Node, codes, st.just("approve"), words, note=notes, assignees=some(sources, least=1), decide=decisions,
    reject=st.sampled_from([None, "veto"]), self_policy=st.sampled_from(["superior", "pass"]),
    edit=lists, return_to=st.none() | lists, on_reject=st.sampled_from([None, "end"]), due=st.none() | dues,
)  # fmt: skip
edges = st.builds(Edge, codes, codes, when=maybe, label=notes, outcome=st.sampled_from([None, "rejected"]))
flows = st.builds(
    Flow, codes, words, codes, st.builds(Start, words, some(sources), st.none() | lists, lists),
    distinct(nodes, least=1), some(edges, least=1),
    withdraw=st.sampled_from(["untouched", "until_end"]),
    lanes=distinct(st.builds(Lane, codes, words, st.integers(60, 400))),
    picture=st.dictionaries(codes, st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=2),
)  # fmt: skip
assignments = st.dictionaries(codes, formulas, min_size=1, max_size=3)
triggers = st.sampled_from(
    ["approved", "node.a.done", TimeTrigger(daily="08:30"), TimeTrigger(before="a", days=(7, 1))]
)
rules = st.builds(
    Rule, codes, triggers, st.just("update"), name=notes, flow=codes, when=maybe, table=codes,
    match=assignments, where=maybe, each=st.none() | codes, set=assignments | st.just({}), add=assignments,
    guard=maybe, rows=st.sampled_from([None, "any"]), message=notes,
) | st.builds(
    Rule, codes, triggers, st.just("reserve"), source=codes, table=codes, match=assignments,
    options=st.fixed_dictionaries({"amount": formulas}),
) | st.builds(
    Rule, codes, triggers, st.just("notify"), flow=codes, to=some(sources, least=1),
    channels=some(st.sampled_from(CHANNELS)),
)  # fmt: skip
items = st.recursive(
    st.builds(Item, words, words, colour=notes, disabled=flags),
    lambda inner: st.builds(Item, words, words, children=some(inner)),
    max_leaves=4,
)


def values_of(value: Dictionary) -> list[str]:
    waiting, found = list(value.items), []
    while waiting:
        item = waiting.pop()
        found.append(item.value)
        waiting.extend(item.children)
    return found


dictionaries = st.builds(Dictionary, codes, words, some(items, least=1), note=notes).filter(
    lambda one: len(values_of(one)) == len(set(values_of(one)))
)
manifests = st.builds(
    Manifest, st.just(1), codes, words, st.just("1.0.0"), requires=lists, note=notes,
    slots=distinct(st.builds(Slot, codes, st.sampled_from(["role", "user"]), words, required=flags)),
    changelog=some(st.builds(Change, st.just("1.0.1"), words, st.just("2026-01-01"))),
)  # fmt: skip
permissions = st.builds(
    Permission, codes, some(codes, least=1), st.sampled_from(SCOPES), some(st.sampled_from(RIGHTS), least=1),
    hide=lists, where=maybe,
)  # fmt: skip
menu = st.builds(MenuEntry, words, table=codes, view=st.none() | codes, roles=lists)

SCHEMAS = {part.kind: part.schema for part in PARTS}


@given(
    st.tuples(st.just("manifest"), manifests)
    | st.tuples(st.just("dictionary"), dictionaries)
    | entities.map(lambda one: (one.kind, one))
    | st.tuples(st.just("flow"), flows)
    | st.tuples(st.just("rule"), rules)
    | st.tuples(st.just("permission"), permissions)
    | st.tuples(st.just("menu"), menu)
)
@settings(max_examples=150, deadline=None)
def test_every_definition_comes_back_as_it_was_dumped(sample: tuple[str, Any]) -> None:
    kind, value = sample
    schema = shared(SCHEMAS[kind])
    text = dump_yaml(schema.dump(value))
    with reading_with(WORDS):
        again = schema.load(read_yaml(text).value)
    assert again == value
    assert dump_yaml(schema.dump(again)) == text


@pytest.mark.parametrize("held", [{"$number": "两"}, {"$number": 5}, {"$number": "5", "a": 1}])
def test_a_mapping_that_looks_like_a_number_is_read_as_it_is(held: Any) -> None:
    assert from_json(to_json([held, Decimal("-0.50")])) == [held, Decimal("-0.50")]
