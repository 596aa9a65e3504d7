"""What the runner says where things are not as a walk-through tells them."""

from __future__ import annotations

import re

import pytest

from runtime.language import speech
from runtime.language.kept_speech import again, remembering, said
from runtime.walkthroughs.stage import Stages
from runtime.walkthroughs.tell import as_json, lines
from scripts.catalogs import WINGS, translations
from tests.packs.playing import LADDER, played, wrong


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        ("case: approved", "单据应为 approved，实为 running"),
        ("path: [start]", "应经过 start，实为 start → n_head"),
        ("task: {n_head: [u017]}", "待办应为 n_head：u017，实为 n_head：u018"),
        ("task: {}", "待办应为 无，实为 n_head：u018"),
        ("qty: 2", "qty 应为 2，实为 1"),
        ("proof: manual.txt", "proof 应为 manual.txt，实为 空"),
        ("qty: many", "qty 的期望值 many 不合法：应为数字，如 1234.50，现为“many”。"),
        ("days: [{day: 2026-12-01}]", "days 应有 1 行，实为 0 行"),
        ("nothing: 1", "没有字段 nothing"),
        ("item: A", "item 应为列表，实为 A"),
        ("item: [A]", "item 应为键值，实为 A"),
        ("path: n_head", "path 应为列表，实为 n_head"),
        ("task: [n_head]", "task 应为键值，实为 [n_head]"),
        ("hidden: {u052: [price]}", "u052 应看不到 price，实为看得到"),
        ("sees: {u061: [price]}", "u061 打不开这条记录：没有这张单据，或您无权查看。"),
        ("notices: [{rule: tell_keeper, to: u052}]", "通知应为 tell_keeper → u052，实为 无"),
        ("changes: {qty: [null, 1]}", "履历中没有 qty 的变化"),
        (
            "lend/item: [{item_no: A, qty: 1}]",
            "“物品”中没有 {item_no: A，qty: 1}（最接近的一条：qty 应为 1，实为 2）",
        ),
    ],
)
def test_what_is_not_as_expected_is_told_as_it_is(expect: str, sentence: str, stages: Stages) -> None:
    story = played(f"{{ASK, expect: {{{expect}}}}}", stages)
    assert wrong(story) == [sentence]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("{ASK, refused: required}", "应被拒绝（required），却做成了"),
        (
            "{as: u052, submit: loan_flow, data: {item: A}, refused: not_over}",
            "应因 not_over 被拒绝，实为 required：“数量”必填。",
        ),
        (
            "{as: u052, submit: loan_flow, data: {item: A}, refused: required, message: 凭证}",
            "提示中应有“凭证”，实为““数量”必填。”",
        ),
        ("{as: u052, submit: loan_flow, data: {item: A}}", "被拒绝：“数量”必填。 [required]"),
        ("{as: nobody, submit: loan_flow}", "没有“nobody”这个人员，也没有这个角色的成员"),
        ("{as: initiator, submit: loan_flow}", "还没有单据，不知道发起人是谁"),
        ("{as: u052, submit: other_flow}", "没有“lend/other_flow”这个流程"),
        ("{as: u052, do: approve, at: n_head}", "还没有单据可以办理"),
        ("{ASK}, {as: u018, do: approve, at: n_legal}", "单据没有到过“n_legal”，那里没有待办"),
        ("{as: u052, create: nothing}", "没有“lend/nothing”这张表或表单"),
        ("{as: u052, open: item, match: {colour: red}}", "match：“物品”没有字段 colour"),
        (
            "{as: u052, create: item, data: {item_no: B, manual: other.txt}}",
            "包的 files/ 中没有“other.txt”，现有 manual.txt",
        ),
        ("{as: u052, list: item}", "走查还不能做“list”，可以做 submit、save、do、create、open、edit、delete"),
        ("{clock: tomorrow}", "时间应写作 2026-11-20T09:00，实为 tomorrow"),
        ("{expect: {qty: 1}}", "还没有单据或记录可以核对"),
    ],
)
def test_what_goes_otherwise_than_written_is_told(step: str, sentence: str, stages: Stages) -> None:
    assert wrong(played(step, stages)) == [sentence]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{item: [{name: 梯子}]}", "item $[0].item_no: “编号”必填。 [required]"),
        (
            "{item: [{item_no: A, qty: x}]}",
            "item $[0].qty: “数量”应为数字，如 1234.50，现为“x”。 [not_number]",
        ),
        (
            "{item: [{item_no: A}, {item_no: A}]}",
            "item $.item_no: 与已有的或同时写入的另一条记录相同，不能重复。 [not_unique]",
        ),
        ("{thing: []}", "没有“lend/thing”这张表或表单"),
    ],
)
def test_rows_that_cannot_be_given_are_told(given: str, sentence: str, stages: Stages) -> None:
    story = played(f"given: {given}\nsteps: [{{as: u052, open: item}}]", stages)
    assert wrong(story) == [sentence]
    assert len(story.told) == 1


def test_rows_wanted_stand_for_different_records(stages: Stages) -> None:
    given = "given: {item: [{item_no: A, qty: 2}, {item_no: B, qty: 3}]}\n"
    look = "steps: [{as: u025, open: item, match: {item_no: A}, expect: {item: "
    # The first row would do for both records; only B is left for it.
    assert wrong(played(f"{given}{look}[{{name: null}}, {{item_no: A}}]}}}}]", stages)) == []
    assert wrong(played(f"{given}{look}[{{item_no: A}}, {{qty: 2}}]}}}}]", stages)) == [
        "“物品”中没有 {qty: 2}（最接近的一条：已另有所指）"
    ]


def test_what_is_unchanged_at_the_end_is_as_given(stages: Stages) -> None:
    story = played(
        f"{LADDER}steps: [{{as: u052, edit: item, match: {{item_no: A}}, data: {{qty: 3}}}}]\n"
        "expect: {unchanged: [item]}",
        stages,
    )
    assert [(told.line, told.wrong) for told in story.told][-1] == ("最后核对", ("“item”不应有变化",))


def test_a_story_is_told_up_to_where_it_went_wrong(stages: Stages) -> None:
    story = played("{ASK}, {as: u018, do: approve, at: n_head, expect: {qty: 9}}, {ASK}", stages)
    assert list(lines(story)) == [
        ("✗ 试演", True),
        ("    ✓ 准备数据：item", False),
        ("    ✓ 1. u052 submit loan_flow", False),
        ("    ✗ 2. u018 do approve @n_head", True),
        ("        qty 应为 9，实为 1", True),
    ]
    assert as_json(story)["result"] == "failed"
    assert as_json(story)["told"][-1] == {
        "line": "2. u018 do approve @n_head",
        "wrong": ["qty 应为 9，实为 1"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "{ASK, expect: {case: approved}}",
        "{ASK, expect: {task: {}}}",
        "{ASK, expect: {lend/item: [{item_no: A, name: null}]}}",
        "{ASK, expect: {days: [{day: 2026-12-01}]}}",
        "{ASK, expect: {qty: many}}",
        "{ASK, expect: {hidden: {u052: [price]}}}",
        "{ASK, expect: {sees: {u061: [price]}}}",
        "{ASK, expect: {changes: {qty: [null, 1]}}}",
        "{as: u052, submit: loan_flow, data: {item: A}}",
        "{as: u052, submit: loan_flow, data: {item: A}, refused: required, message: X}",
        "{as: u052, do: approve, at: n_head}",
        "{as: u052, create: item, data: {item_no: B, manual: other.txt}}",
        "given: {item: [{item_no: A, qty: x}]}\nsteps: [{note: n}]",
    ],
)
def test_what_is_remembered_can_be_told_in_english(
    text: str, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    with remembering():
        story = played(text, stages)
    assert wrong(story) == wrong(played(text, stages))
    english = {one: words for wing in WINGS for one, words in translations(wing, "en").items()}
    monkeypatch.setattr(speech, "_translated", lambda one: english.get(one) or one)
    told = as_json(story)["told"][-1]
    (sentence,) = [said(again(one)) for one in told["kept"]["wrong"]]
    # What is left is what the pack calls its things.
    assert not re.search("[\u3001-\u9fff\uff00-\uffef]", re.sub("物品|梯子|数量", "", sentence)), sentence
