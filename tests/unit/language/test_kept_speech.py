"""Reasons are kept with what they are made of, and said in the language of who reads them."""

from __future__ import annotations

import json

import pytest

from runtime.language import speech
from runtime.language.kept_speech import Sentence, again, glued, kept, remembering, said, said_all, sentence
from runtime.language.refusal import Refused
from runtime.language.speech import _, listed
from runtime.store.json_text import dump_json

_ENGLISH = {
    "角色“%(role)s”的成员": 'Members of role "%(role)s"',
    "流程发起人": "Initiator of the flow",
    "%(tried)s：找不到处理人": "%(tried)s: no assignee found",
    "；": "; ",
    "、": ", ",
    "无": "none",
    "第 %(row)s 行：%(what)s": "Row %(row)s: %(what)s",
}


@pytest.fixture
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_translated", lambda text: _ENGLISH.get(text, text))


_LEGAL, _INITIATOR = sentence("角色“%(role)s”的成员", role="法务"), sentence("流程发起人")
_NOBODY = sentence("%(tried)s：找不到处理人", tried=[_LEGAL, _INITIATOR])


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


@pytest.mark.usefixtures("_english")
def test_all_that_is_said_meanwhile_is_remembered() -> None:
    with remembering():
        with pytest.raises(Refused) as caught:
            raise Refused("nobody", _("第 %(row)s 行：%(what)s", row=2, what=_("流程发起人")))
        refused = caught.value.message
        several = _("；").join([refused, "a", listed([_("无"), 7])])
        line = glued("1. ", _("无"), " [x]")
    assert (several, line) == ("第 2 行：流程发起人；a；无、7", "1. 无 [x]")
    assert json.loads(json.dumps(kept(refused))) == {
        "why": "第 %(row)s 行：%(what)s",
        "of": {"row": "2", "what": {"why": "流程发起人"}},
    }
    found = again(json.loads(json.dumps(kept(several))))
    assert found == several
    assert said(found) == "Row 2: Initiator of the flow; a; none, 7"
    assert said(again(json.loads(json.dumps(kept(line))))) == "1. none [x]"


@pytest.mark.usefixtures("_english")
def test_nothing_is_remembered_otherwise() -> None:
    with pytest.raises(Refused, match="无"), remembering():
        raise Refused("nobody", _(_("无")))
    assert _("无") == "none"
    assert not isinstance(_("无"), Sentence)
    assert not isinstance(glued("1. ", _("无")), Sentence)


def test_a_hole_may_be_called_like_the_template() -> None:
    assert sentence("%(template)s", template="a") == "a"
