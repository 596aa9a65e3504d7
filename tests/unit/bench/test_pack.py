"""The benchmark's pack is a pack like any other."""

from __future__ import annotations

from bench.ours import PACK
from bench.workload import ACTIONS, AMOUNTS, PEOPLE, assignee
from runtime.language.dump import dump_app
from runtime.language.lint import lint
from runtime.language.load import load_app
from runtime.packs.read import read_pack
from runtime.packs.vocabulary import VOCABULARY


def test_it_loads_lints_and_stands_in_canonical_form() -> None:
    texts = read_pack(PACK).texts

    app = load_app(texts, VOCABULARY)

    assert lint(app, {}, VOCABULARY) == ()
    assert dump_app(app) == dict(texts)


def test_nobody_handles_two_nodes_of_one_expense() -> None:
    # Else somebody would be passed over as a duplicate, and an action less would be measured.
    nodes = ("manager", "director", "finance", "hr", "cashier")
    for no in range(PEOPLE):
        assert len({assignee(no, node) for node in nodes}) == len(nodes)
    assert set(ACTIONS) == set(AMOUNTS)
