"""A half-finished draft is read as far as it goes."""

from __future__ import annotations

from typing import Any

import pytest

from builder.edits.loadable import entities_of, loadable
from builder.edits.problems import problems_of
from builder.edits.prune import CUT, MOST_ROUNDS, Pruned
from runtime.language.problem import Problem

MANIFEST = {"schema": 1, "code": "trips", "name": "出差", "version": "1.0.0"}


def form(*fields: Any, **more: Any) -> dict[str, Any]:
    return {"code": "trip", "name": "出差单", "fields": list(fields), **more}


def field(code: str, type: str = "text", **more: Any) -> dict[str, Any]:
    return {"code": code, "type": type, "label": code.title(), **more}


def read(*fields: Any, **more: Any) -> list[str]:
    app, problems = loadable({"pack.yaml": MANIFEST, "forms/trip.yaml": form(*fields, **more)})
    assert app is not None
    assert problems
    entity = app.entity("trip")
    assert entity is not None
    return [f"{one.code}:{getattr(one, 'type', 'subtable')}" for one in entity.fields]


def test_a_whole_draft_has_no_problems() -> None:
    app, problems = loadable({"pack.yaml": MANIFEST, "forms/trip.yaml": form(field("city"))})

    assert problems == ()
    assert app is not None
    assert app.entity("trip") is not None


def test_a_lookup_without_its_table_is_a_text_meanwhile() -> None:
    assert read(field("days", "integer"), field("project", "lookup")) == ["days:integer", "project:text"]


def test_a_field_without_a_label_keeps_its_type() -> None:
    assert read({"code": "days", "type": "integer"}, field("city")) == ["days:integer", "city:text"]


def test_a_field_of_no_type_is_a_text_and_one_without_code_is_left_out() -> None:
    broken = {"type": "text", "label": "无编码"}

    assert read(field("days", "nonsense"), broken, field("city")) == ["days:text", "city:text"]


def test_what_is_optional_goes_alone() -> None:
    assert read(field("days", "integer", formula=""), width=4) == ["days:integer"]


def test_a_code_twice_stays_once() -> None:
    assert read(field("days"), field("days", "integer"), field("city")) == ["days:text", "city:text"]


def test_what_is_wrong_with_one_item_twice_leaves_its_neighbours_alone() -> None:
    broken = {"help": 5, "colour": "red"}
    assert read(broken, field("days", "integer"), field("city")) == ["days:integer", "city:text"]

    items = [{"colour": "red"}, None, {"value": "b", "label": "乙"}, {"value": "c", "label": "丙"}]
    documents = {"pack.yaml": MANIFEST, "dictionaries/x.yaml": {"code": "x", "name": "X", "items": items}}
    app, told = loadable(documents)
    assert app is not None
    assert [one.value for one in app.dictionaries[0].items] == ["b", "c"]
    assert {one.path.partition("]")[0] for one in told} == {
        "dictionaries/x.yaml $.items[0",
        "dictionaries/x.yaml $.items[1",
    }


def test_what_a_later_round_finds_is_told_at_its_place_in_the_draft() -> None:
    key = {"code": "t", "name": "T", "fields": [{"help": "h"}, field("a"), field("b")], "key": ["b", 3]}
    documents = {"pack.yaml": MANIFEST, "tables/t.yaml": {**key, "views": [{}, {"code": "v", "name": 3}]}}

    app, _ = loadable(documents)
    found = {one.path for one in problems_of(documents, {})}

    assert app is not None
    assert [one.code for one in app.entities[0].fields] == ["a", "b"]
    assert {"tables/t.yaml $.views[1].name", "tables/t.yaml $.key[1]"} <= found


def test_a_stand_in_is_written_where_it_belongs_and_keeps_numbers_as_they_are() -> None:
    whole = {"f": {"a": [1, 2, {"x": [0]}], "b": 2}}
    pruned = Pruned(whole).having(
        [(("f", ("a", 0)), CUT), (("f", ("a", 2, "y")), "新"), (("f", ("b",)), CUT), (("g", ()), {})]
    )

    assert pruned.documents == {"f": {"a": [2, {"x": [0], "y": "新"}]}, "g": {}}
    assert pruned.led_back(Problem("c", "f $.a[1].x[0]", "")).path == "f $.a[2].x[0]"
    assert whole == {"f": {"a": [1, 2, {"x": [0]}], "b": 2}}


def test_a_table_without_key_and_a_broken_neighbour() -> None:
    documents = {
        "pack.yaml": MANIFEST,
        "tables/city.yaml": {"code": "city", "name": "城市", "fields": [field("name")]},
        "tables/empty.yaml": {"code": "empty", "name": "空", "fields": []},
        "flows/f.yaml": {"code": "f", "name": "流程", "form": "trip"},
        "rules/trip.yaml": [{"code": "r"}],
    }

    app, problems = loadable(documents)

    assert app is not None
    assert [one.code for one in app.entities] == ["city"]
    assert app.entities[0].key == ("name",)
    assert {one.path.split(" ")[0] for one in problems} >= {"tables/city.yaml", "tables/empty.yaml"}


@pytest.mark.parametrize(
    "documents",
    [
        {},
        {"pack.yaml": None},
        {"pack.yaml": []},
        {"pack.yaml": {"schema": "x", "code": "Böse", "requires": [1]}},
        {"pack.yaml": {"schema": 99, "code": "trips", "name": "x", "version": "1.0.0"}},
        {"pack.yaml": MANIFEST, "forms/trip.yaml": "text"},
        {"pack.yaml": MANIFEST, "forms/trip.yaml": [[]], "nowhere.yaml": 3},
        {"pack.yaml": MANIFEST, "rules/r.yaml": [None, 3, {"code": "x", "on": {"daily": 5}}]},
    ],
)
def test_nothing_is_too_broken(documents: dict[str, Any]) -> None:
    app, problems = loadable(documents)

    assert app is not None
    assert problems
    assert MOST_ROUNDS < 20


def test_names_need_entities_and_dictionaries_only() -> None:
    files = ["pack.yaml", "forms/a.yaml", "tables/b.yaml", "dictionaries/c.yaml", "flows/d.yaml", "menu.yaml"]

    assert list(entities_of(dict.fromkeys(files))) == files[:4]
