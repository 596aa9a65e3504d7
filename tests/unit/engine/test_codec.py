"""Moves survive being stored, and every kind is known either to change the state or to explain it."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, get_args

import pytest

from runtime.engine.codec import decode, encode
from runtime.engine.state import change
from runtime.language.kept_speech import Sentence, sentence
from runtime.nodes import move as m

KINDS: tuple[type[Any], ...] = get_args(m.Move)
#: Moves that change no row: where control went and what the rules did, told to people.
EXPLAIN = {m.TokenMoved, m.TokenEnded, m.RulesFired, m.EffectsInverted, m.Returned}
SAMPLES: dict[str, Any] = {
    "submission": 2,
    "origin": "a",
    "to": "b",
    "path": "/3.0/",
    "visit": 7,
    "because": "自动通过",
    "node": "审批",
    "need": 2,
    "assigned": (m.Assigned("amy", ("角色“法务”的成员", "转流程管理员"), "bob"), m.Assigned("leo", ())),
    "came_from": 6,
    "person": "amy",
    "verdict": "approved",
    "outcome": "rejected",
    "scope": 3,
    "expected": 4,
    "since": 5,
    "on": "submitted",
    "effects": ({"rule": "hold", "rows": [{"id": 1, "delta": "3000.00"}]},),
    "since_visit": 5,
    "state": "approved",
}


def sample(kind: type[Any]) -> Any:
    """Return a move with every field set."""
    values = {one.name: SAMPLES[one.name] for one in fields(kind)}
    if kind is m.TokenMoved:
        values["because"] = (("amount > 3", False), ("dept == 'x'", True))
    return kind(**values)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_move_comes_back_from_the_history_as_it_was(kind: type[Any]) -> None:
    move = sample(kind)

    assert decode(json.loads(json.dumps(encode(move)))) == move


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_move_stored_before_it_had_an_optional_field_can_still_be_read(kind: type[Any]) -> None:
    move = sample(kind)
    needed = len(fields(kind)) - len(kind.__init__.__defaults__ or ())
    stored = dict(list(encode(move).items())[: 1 + needed])

    assert decode(stored) == kind(*[getattr(move, one.name) for one in fields(kind)[:needed]])


def test_an_explanation_comes_back_with_what_it_was_made_of() -> None:
    tried = [sentence("角色“%(role)s”的成员", role="法务"), sentence("流程发起人")]
    why = sentence("%(tried)s：找不到处理人", tried=tried)
    opened = m.VisitOpened(1, "a", "/", 1, 1, (m.Assigned("amy", (why, "转流程管理员")),))
    done = m.TaskDone(1, "amy", "passed", sentence("此前已同意，自动通过"))

    again = decode(json.loads(json.dumps(encode(opened))))
    assert isinstance(again, m.VisitOpened)
    (found, plain) = again.assigned[0].because
    assert (found, plain) == (why, "转流程管理员")
    assert isinstance(found, Sentence)
    assert (found.template, found.values) == (why.template, why.values)
    passed = decode(json.loads(json.dumps(encode(done))))
    assert isinstance(passed, m.TaskDone)
    assert isinstance(passed.because, Sentence)


def test_a_kind_of_move_that_does_not_exist_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        decode({"move": "CaseBlessed"})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_move_either_changes_the_state_or_only_explains_it(kind: type[Any]) -> None:
    has_a_rule = kind in change.kinds

    assert has_a_rule is (kind not in EXPLAIN)
