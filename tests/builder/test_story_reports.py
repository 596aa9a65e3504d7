"""How walk-throughs went is told in the reader's language, whatever the process that played them sends."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from builder.packs import trial
from builder.packs.heard import heard
from builder.packs.trial import Line, Played, play_trial
from runtime.language.kept_speech import Sentence, kept, said, sentence
from runtime.language.refusal import Refused
from tests.builder.test_english import chinese, english
from tests.builder.test_rule_pages import edit
from tests.builder.test_story_runs import APP, first_file
from tests.web.site import Browser, Site, texts

__all__ = ["english"]


def report(browser: Browser, *steps: dict[str, Any], **more: Any) -> str:
    """Return the report on a new walk-through as text; it says nothing in Chinese."""
    file = first_file(browser)
    story = {"name": "Mine", "steps": list(steps), **more}
    change = {"do": "insert", "place": [], "value": story, "at": 0}
    assert edit(browser, APP, file, 0, change).status_code == 200
    answer = browser.post(f"/design/{APP}/tests/run", file=file, at=0)
    assert answer.status_code == 200, answer.text
    html = str(answer.get_json()["html"])
    assert chinese(html) == []
    said = texts(html)
    assert not re.search("[；，、：]", said), said
    return said


def test_what_went_wrong_is_told_in_english(english: Browser) -> None:
    lost = {"as": "u052", "open": "customer", "match": {"customer_no": "X"}}
    assert "found 0: {&#39;customer_no&#39;: &#39;X&#39;}" in report(english, lost)


def test_what_was_refused_is_told_in_english(english: Browser) -> None:
    said = report(english, {"as": "u052", "create": "customer", "data": {"customer_name": "Y"}})
    assert said.count("is required") > 1
    assert "[required]" in said


def test_data_that_cannot_be_given_is_told_in_english(english: Browser) -> None:
    said = report(english, {"note": "n"}, given={"customer": [{"customer_name": "Y"}]})
    assert re.search(r"customer \$\[0\]\.\w+: “.*” is required\. \[required\]", said)


def test_why_it_is_skipped_is_told_in_english(english: Browser) -> None:
    said = report(english, {"note": "n"}, expect={"notices": [{"rule": "al_stale", "to": "u052"}]})
    assert "Mine waits for scheduled jobs" in said


def test_in_chinese_it_is_told_as_it_was_played(site: Site) -> None:
    admin = site.browser("admin")
    file = first_file(admin)
    lost = {"as": "u052", "open": "customer", "match": {"customer_no": "X"}}
    story = {"name": "Mine", "steps": [lost]}
    timed = {**story, "name": "Timed", "expect": {"notices": [{"rule": "al_stale", "to": "u052"}]}}
    for at, one in enumerate((story, timed)):
        change = {"do": "insert", "place": [], "value": one, "at": 0}
        assert edit(admin, APP, file, at, change).status_code == 200
    said = [
        texts(admin.post(f"/design/{APP}/tests/run", file=file, at=at).get_json()["html"]) for at in (0, 1)
    ]
    assert "跳过 Timed 待定时任务" in said[0]
    assert "准备数据：无" in said[1]
    assert "match 应找到恰好一条“客户档案”，找到 0 条：{&#39;customer_no&#39;: &#39;X&#39;}" in said[1]


def sent(monkeypatch: pytest.MonkeyPatch, out: str) -> Sequence[Played]:
    """Return what is made of `out`, sent by the other process."""
    monkeypatch.setattr(trial, "_START", f"print({out!r})")
    return play_trial({}, "nothing")


def story(line: Any = None, **more: Any) -> str:
    told = [] if line is None else [line]
    return json.dumps([{"name": "a", "result": "failed", "skipped": None, "told": told, **more}])


@pytest.mark.parametrize(
    "out",
    [
        "3",
        "{}",
        '["a"]',
        "[[]]",
        "[{}]",
        "[" * 100_000,
        "9" * 10_000,
        story(name=1),
        story(told={"a": 1}),
        story(skipped=[]),
        story("a"),
        story({"line": 1, "wrong": []}),
        story({"line": "a", "wrong": "b"}),
        story({"line": "a", "wrong": [None]}),
    ],
    ids=range(14),
)
def test_what_is_no_report_is_told_as_a_failure(out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="没有运行起来"):
        sent(monkeypatch, out)


@pytest.mark.parametrize(
    "beside", [None, 1, [], {"line": 1, "wrong": 2}, {"wrong": ["a", "b"]}, {"wrong": [1]}]
)
def test_what_is_kept_wrongly_leaves_the_texts(beside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = sent(monkeypatch, story({"line": "1. x", "wrong": ["y \ud800"], "kept": beside}, kept=beside))
    assert one == Played("a", "failed", "", (Line("1. x", ("y ?",)),))


WHY = sentence("%(a)s：%(b)s 100%%", a=sentence("流程发起人"), b=["c", sentence("无")])


def test_a_sentence_is_heard_with_what_it_is_made_of() -> None:
    found = heard(json.loads(json.dumps(kept(WHY))), "流程发起人：c；无 100%")
    assert isinstance(found, Sentence)
    assert said(found) == "流程发起人：c；无 100%"
    assert not isinstance(heard(kept(WHY), "other"), Sentence)


def deep(levels: int) -> Any:
    """Return a sentence in a sentence and so on, each with the next one twice."""
    found: Any = "a"
    for _level in range(levels):
        found = {"why": "%(x)s%(x)s", "of": {"x": found}}
    return found


@pytest.mark.parametrize(
    "found",
    [
        None,
        7,
        [],
        ["a"],
        {},
        {"why": 1},
        {"why": "a", "of": 1},
        {"why": "%(x)s", "of": {"y": "a"}},
        {"why": "a", "of": {"x": "a"}},
        {"why": "%(x)s %(y)s", "of": {"x": "a"}},
        {"why": "%(x)s", "of": {"x": 1}},
        {"why": "%(x)s", "of": {"x": [["a"]]}},
        {"why": "%(x)s", "of": {"x": None}},
        {"why": "、", "of": [1]},
        {"why": "%(x)999999999s", "of": {"x": "a"}},
        {"why": "%(x)s%", "of": {"x": "a"}},
        {"why": "%s", "of": {"x": "a"}},
        {"why": "%(x)d", "of": {"x": "1"}},
        {"why": "a\ud800"},
        deep(15),
        deep(900),
    ],
    ids=range(21),
)
def test_what_is_no_sentence_is_not_heard(found: Any) -> None:
    assert type(heard(found, "a")) is str
    assert heard(found, "a") == "a"
