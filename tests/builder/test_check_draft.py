"""The check of a draft tells everything at once, also where part of it cannot be loaded."""

from __future__ import annotations

from typing import Any

import pytest

from builder.edits.problems import problems_of
from builder.store import drafts
from builder.usecases.edit_draft import held
from runtime.language import speech
from runtime.language.problem import Problems
from runtime.running.context import Clock
from runtime.store.transaction import transaction
from scripts.catalogs import WINGS, translations
from tests.builder.drafting import current, opened, publish
from tests.unit.builder.flows.sample import FILE, documents
from tests.usecases.house import House


def paths(found: Any) -> set[str]:
    """Where the problems are."""
    return {one.path for one in problems_of(found, {})}


def test_a_sound_draft_has_no_problems() -> None:
    sound = documents()
    del sound["tests/f.yaml"]

    assert problems_of(sound, {}) == ()


def test_places_are_those_of_the_whole_draft_though_broken_items_are_left_out() -> None:
    broken = documents()
    del broken["tests/f.yaml"]
    broken[FILE]["nodes"].insert(0, {"code": "half", "name": "没有类型"})
    broken[FILE]["nodes"][3]["assignees"] = [{"role": "nobody"}]
    broken["forms/paper.yaml"]["fields"][2]["formula"] = "amount + nothing"

    found = paths(broken)

    assert f"{FILE} $.nodes[0].kind" in found
    assert f"{FILE} $.nodes[3].assignees[0].role" in found
    assert any(one.startswith("forms/paper.yaml $.fields[2].formula") for one in found)


def test_what_is_only_missing_because_it_was_left_out_is_not_told() -> None:
    broken = documents()
    del broken["tests/f.yaml"]
    broken[FILE]["nodes"][0]["decide"] = "perhaps"

    assert paths(broken) == {f"{FILE} $.nodes[0].decide"}


@pytest.mark.parametrize("english", [False, True])
def test_no_word_of_a_message_is_taken_for_the_name_of_what_was_left_out(
    monkeypatch: pytest.MonkeyPatch, english: bool
) -> None:
    if english:
        words = translations(WINGS[0], "en")
        monkeypatch.setattr(speech, "_translated", lambda text: words.get(text, text))
    broken = documents()
    del broken["tests/f.yaml"]
    fields = broken["forms/paper.yaml"]["fields"]
    # 没有表或表单 nowhere: There is no table or form nowhere.
    fields.append({"code": "table", "type": "nonsense", "label": "表"})
    fields.append({"code": "source", "type": "lookup", "label": "来源", "from": "nowhere", "key": "no"})

    assert {one.split(" ")[1] for one in paths(broken)} == {
        f"$.fields[{len(fields) - 2}].type",
        f"$.fields[{len(fields) - 1}].from",
    }


def test_without_a_manifest_what_can_be_said_is_said() -> None:
    broken = documents()
    broken["pack.yaml"] = {"code": "app"}

    assert any(one.startswith("pack.yaml") for one in paths(broken))


def test_a_draft_that_says_it_is_another_app_is_never_published(house: House) -> None:
    with transaction(house.session) as tx:
        before = held(tx, clock=Clock(house.moment), actor=1, app="trade")
        after = {**before.documents, "pack.yaml": {**before.documents["pack.yaml"], "code": "other"}}
        drafts.keep(tx, before, after, label="", by=1, at=house.moment)

    assert [(one.code, one.path) for one in opened(house).problems] == [("other_app", "pack.yaml $.code")]
    with pytest.raises(Problems):
        publish(house, version="2.0.0")
    assert current(house)[0] == 1
