"""What steps do, told on a small pack."""

from __future__ import annotations

import pytest

from runtime.running.context import Clock
from runtime.walkthroughs.play import play
from runtime.walkthroughs.stage import Stages
from tests.packs.packs import LEND, loaded
from tests.packs.playing import played, wrong


@pytest.mark.parametrize(
    "text",
    [
        "{ASK, expect: {case: running, path: [start, n_head], task: {n_head: [u018]}}}",
        "{ASK, expect: {loan_no: JY20260001, price: 80, qty: 1, days: []}}",
        "{ASK}, {as: initiator, do: withdraw, expect: {case: withdrawn, task: {}}}",
        "{ASK}, {as: initiator, do: withdraw}, "
        "{as: u052, submit: loan_flow, expect: {case: running, loan_no: JY20260001}}",
        "{ASK}, {as: u018, do: comment, opinion: 请尽快, expect: {case: running}}",
        "{ASK}, {as: u018, do: approve, at: n_head}, "
        "{as: u018, do: approve, at: n_head, refused: already_handled}, "
        "{as: u018, do: approve, at: n_head, refused: conflict}",
        "{ASK}, {as: u016, do: approve, at: n_head, refused: not_found}",
        "{ASK}, {as: u052, do: approve, at: n_head, refused: forbidden}",
        "{as: u052, save: loan_flow, data: {item: A}, expect: {case: draft}}, "
        "{as: u052, submit: loan_flow, data: {qty: 1}, expect: {case: running, qty: 1, price: 80}}",
        "{as: u052, submit: loan_flow, data: {item: A}, refused: required, message: 数量}",
        "{as: u052, submit: loan_flow, data: {item: B, qty: 1}, refused: no_such_row}",
        "{as: u059, submit: loan_flow, data: {item: A, qty: 1}, refused: forbidden}",
        "{as: u052, submit: loan_flow, data: {item: A, qty: 1, checked: 2026-01-01}, "
        "expect: {checked: null}}",
    ],
    ids=range(13),
)
def test_steps_on_cases_do_what_the_reference_says(text: str, stages: Stages) -> None:
    assert wrong(played(text, stages)) == []


def test_a_role_acts_for_each_whom_the_visit_still_asks(stages: Stages) -> None:
    story = played(
        "{ASK}, {as: u018, do: approve, at: n_head}, "
        "{as: u061, do: approve, at: n_legal, data: {checked: 2026-11-20}, "
        "expect: {task: {n_legal: [u025]}}}, "
        "{as: legal, do: approve, at: n_legal, data: {checked: 2026-11-21}, "
        "expect: {case: approved, checked: 2026-11-21, item: [{item_no: A, qty: 1}], "
        "notices: [{rule: tell_keeper, to: u052}]}}",
        stages,
    )
    assert wrong(story) == []


def test_rows_merge_by_position_and_a_shorter_list_leaves_the_rest(stages: Stages) -> None:
    story = played(
        "{as: u052, submit: loan_flow, data: {item: A, qty: 1, days: "
        "[{day: 2026-12-01, place: 东}, {day: 2026-12-02, place: 西, paper: manual.txt}]}}, "
        "{as: u018, do: return, at: n_head, to: start, opinion: 改一下}, "
        "{as: initiator, submit: loan_flow, data: {days: [{place: 南}]}, "
        "expect: {days: [{day: 2026-12-01, place: 南}, {day: 2026-12-02, place: 西, paper: manual.txt}]}}, "
        "{as: u018, do: return, at: n_head, to: start, opinion: 再改}, "
        "{as: initiator, submit: loan_flow, data: {days: [{}, {place: 北}, {day: 2026-12-03}]}, "
        "expect: {days: [{place: 南}, {place: 北, paper: manual.txt}, {day: 2026-12-03}], "
        "path: [start, n_head, start, n_head, start, n_head]}}",
        stages,
    )
    assert wrong(story) == []


def test_files_are_uploaded_as_the_person_may(stages: Stages) -> None:
    story = played(
        "{as: u052, submit: loan_flow, data: {item: A, qty: 1, proof: manual.txt}, refused: file_type}, "
        "{ASK}, {as: u018, do: approve, at: n_head, files: {proof: manual.txt}, expect: {proof: null}}, "
        "{as: u018, do: approve, at: n_head, files: {proof: manual.txt}, refused: conflict}",
        stages,
    )
    assert wrong(story) == []


def test_cases_are_told_apart_by_their_names(stages: Stages) -> None:
    story = played(
        "{ASK, case: a}, {ASK, case: b, expect: {loan_no: JY20260002}}, "
        "{as: u018, do: approve, at: n_head, case: a, expect: {task: {n_legal: [u025, u061]}}}, "
        "{as: u018, do: return, at: n_head, opinion: 缺凭证, case: b, expect: {task: {start: [u052]}}}, "
        "{as: u052, submit: loan_flow, case: b, data: {qty: 2}, expect: {loan_no: JY20260002, qty: 2}}",
        stages,
    )
    assert wrong(story) == []


def test_what_nobody_refuses_moves_the_clock_and_the_numbers(stages: Stages) -> None:
    story = played("{clock: 2027-01-01T08:00}, {ASK, expect: {loan_no: JY20270001}}", stages)
    assert wrong(story) == []


def test_steps_on_tables_go_through_rights_and_history(stages: Stages) -> None:
    story = played(
        "{as: u052, create: item, data: {item_no: B, qty: 3, parts: [{part_name: 踏板, pieces: 4}]}, "
        "files: {manual: manual.txt}, expect: {keeper: u052, pieces: 4, manual: manual.txt}}, "
        "{as: u052, edit: item, match: {item_no: B}, data: {qty: 5, parts: [{pieces: 6}]}, "
        "expect: {changes: {qty: [3, 5]}, pieces: 6, parts: [{part_name: 踏板, pieces: 6}]}}, "
        "{as: u052, edit: item, match: {item_no: B}, data: {qty: -1}, refused: not_negative, "
        "expect: {unchanged: [item], changes: {}}}, "
        "{as: u053, open: item, match: {item_no: B}, refused: not_found}, "
        "{as: u025, open: item, match: {item_no: B}, "
        "expect: {hidden: {legal: [keeper]}, masked: {u025: [price]}, "
        "sees: {u025: [qty, parts.pieces], u052: [price]}}}, "
        "{as: u025, delete: item, match: {item_no: B}, refused: forbidden, expect: {unchanged: [item]}}, "
        "{as: u052, delete: item, match: {item_no: B}}, "
        "{as: u052, open: item, match: {item_no: B}, refused: not_found}",
        stages,
    )
    # The last step looks for a record that is gone: that is the walk-through's own mistake.
    assert wrong(story) == ["match 应找到恰好一条“物品”，找到 0 条：{'item_no': 'B'}"]
    assert len(story.told) == 9


def test_each_walkthrough_starts_from_the_empty_installation(stages: Stages) -> None:
    for _ in range(2):
        story = played("{ASK, expect: {loan_no: JY20260001}}", stages)
        assert wrong(story) == []


def test_a_walkthrough_of_timed_rules_waits_for_the_timer(stages: Stages) -> None:
    app, _ = loaded(LEND)
    (timed,) = [one for one in app.walkthroughs if one.name == "每天早上提醒"]
    story = play(app, timed, stages, now=Clock.now())
    assert (story.skipped, story.told, story.failed) == ("待定时任务", [], False)
