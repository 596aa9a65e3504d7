"""Reasons are kept with what they are made of, and said in the language of who reads them."""

from __future__ import annotations

import json

import pytest

from runtime.assignees.reason import again, kept, reason, said, said_all
from runtime.language import speech
from runtime.store.json_text import dump_json

_ENGLISH = {
    "角色“%(role)s”的成员": 'Members of role "%(role)s"',
    "流程发起人": "Initiator of the flow",
    "%(tried)s：找不到处理人": "%(tried)s: no assignee found",
    "；": "; ",
}


@pytest.fixture
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_translated", lambda text: _ENGLISH.get(text, text))


_LEGAL, _INITIATOR = reason("角色“%(role)s”的成员", role="法务"), reason("流程发起人")
_NOBODY = reason("%(tried)s：找不到处理人", tried=[_LEGAL, _INITIATOR])


@pytest.mark.usefixtures("_english")
def test_a_reason_is_a_text_as_it_is_written() -> None:
    assert _NOBODY == "角色“法务”的成员；流程发起人：找不到处理人"
    assert dump_json([_NOBODY]) == '["角色“法务”的成员；流程发起人：找不到处理人"]'


@pytest.mark.usefixtures("_english")
def test_a_reason_from_the_history_is_said_as_well() -> None:
    assert kept("转流程管理员") == "转流程管理员"
    assert again(json.loads(json.dumps(kept(_NOBODY)))) == _NOBODY
    assert said(again(json.loads(json.dumps(kept(_NOBODY))))) == said(_NOBODY)
    assert again(["a", kept(_LEGAL)]) == ("a", _LEGAL)
    assert again([["amount > 3", False]]) == (("amount > 3", False),)


@pytest.mark.usefixtures("_english")
def test_a_reason_is_said_with_all_that_it_is_made_of() -> None:
    assert said(_NOBODY) == 'Members of role "法务"; Initiator of the flow: no assignee found'


@pytest.mark.usefixtures("_english")
def test_a_text_of_an_older_history_stays_as_it_is() -> None:
    assert said_all(["流程发起人", _INITIATOR]) == "流程发起人; Initiator of the flow"
