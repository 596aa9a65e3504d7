"""Reasons are kept as they are written, and said in the reader's language where they are shown at once."""

from __future__ import annotations

import pytest

from runtime.assignees.reason import reason, said, said_all
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
def test_a_reason_is_kept_as_it_is_written() -> None:
    assert _NOBODY == "角色“法务”的成员；流程发起人：找不到处理人"
    assert dump_json([_NOBODY]) == '["角色“法务”的成员；流程发起人：找不到处理人"]'


@pytest.mark.usefixtures("_english")
def test_a_reason_is_said_with_all_that_it_is_made_of() -> None:
    assert said(_NOBODY) == 'Members of role "法务"; Initiator of the flow: no assignee found'


@pytest.mark.usefixtures("_english")
def test_what_was_read_from_the_history_stays_as_it_is() -> None:
    assert said_all(["流程发起人", _INITIATOR]) == "流程发起人; Initiator of the flow"
