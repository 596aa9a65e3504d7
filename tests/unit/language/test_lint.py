from collections.abc import Mapping

import pytest

from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.load import load_app
from runtime.language.problem import Problem
from tests.unit.language.samples import FILES, changed, files_of
from tests.unit.language.words import WORDS

FORM, TABLE = "forms/issue.yaml", "tables/goods.yaml"
FLOW, RULES = "flows/issue_flow.yaml", "rules/issue_flow.yaml"
STORY = "tests/issue_flow.yaml"
UNKNOWN, NO_NAME = "unknown_reference", "expression.unknown_name"
NO_FIT = "expression.wrong_type"


def problems(files: Mapping[str, str], *others: App) -> tuple[Problem, ...]:
    return lint(load_app(files, WORDS), {one.code: one for one in others}, WORDS)


@pytest.fixture
def depot() -> App:
    return load_app(files_of("depot"), WORDS)


def test_a_right_pack_has_no_problems() -> None:
    assert problems(FILES) == ()


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "place", "hint"),
    [
        # fields
        (FORM, "of: total", "of: totl", UNKNOWN, "$.fields[5].of", "total"),
        (FORM, "of: total", "of: reason", "not_a_number", "$.fields[5].of", "reason"),
        (FORM, "from: goods", "from: good", UNKNOWN, "$L[0].from", "goods"),
        (FORM, "from: goods", "from: depot/unit", UNKNOWN, "$L[0].from", "depot"),
        (FORM, "key: goods_no", "key: good_no", UNKNOWN, "$L[0].key", "goods_no"),
        (FORM, "{price: price}", "{price: pric}", UNKNOWN, "$L[0].fill.price", "price"),
        (FORM, "{price: price}", "{cost: price}", "fill_of_formula", "$L[0].fill.cost", "公式"),
        (FORM, "{price: price}", "{price: keeper}", "wrong_type", "$L[0].fill.price", "人员"),
        (FORM, "state == 'open'", "form.x == 1", NO_NAME, "$L[0].filter", "x"),
        (FORM, "state == 'open'", "len(goods_no) > 1", "expression.", "$L[0].filter", ""),
        (FORM, "row.qty * row.price", "row.qt * row.price", NO_NAME, "$L[3].formula", "qty"),
        (FORM, "sum(lines.cost)", "reason", NO_FIT, "$.fields[4].formula", "数字"),
        (FORM, "default: false", "default: 0", "wrong_default", "$.fields[2].default", "是/否"),
        (FORM, "default: false", "default: today", "wrong_default", "$.fields[2].default", "日期"),
        (FORM, "default: false", "visible_if: total", NO_FIT, "$.fields[2].visible_if", "是/否"),
        (FORM, "min: 1}", "min: x}", "wrong_limit", "$L[1].min", "min"),
        (FORM, "node: approve_it", "node: aprove_it", UNKNOWN, "$.fields[6].node", "approve_it"),
        (TABLE, "dict: state", "dict: stat", UNKNOWN, "$.fields[5].dict", "state"),
        (TABLE, ", dict: state, default: open", "", "no_choices", "$.fields[5]", "dict"),
        (TABLE, "default: open", "default: opn", UNKNOWN, "$.fields[5].default", "open"),
        (TABLE, "price * qty", "worth + 1", "expression.cycle", "$.fields[4].formula", "worth"),
        # the whole entity
        (TABLE, "key: [goods_no]", "key: [good_no]", UNKNOWN, "$.key[0]", "goods_no"),
        (TABLE, "{goods_name}", "{good_name}", NO_NAME, "$.title", "goods_name"),
        (TABLE, "owner: keeper", "owner: qty", "wrong_type", "$.owner", "数字"),
        (TABLE, "sort: [-goods_no]", "sort: [-goods]", UNKNOWN, "$.views[0].sort[0]", "goods"),
        (TABLE, "== 'open'", "== 'opn'", "expression.no_such_choice", "$.views[0].where", "open"),
        (TABLE, "state == 'open'", "len(state) > 1", "expression.", "$.views[0].where", ""),
        (FORM, "total > 0", "totl > 0", NO_NAME, "$.validations[0].check", "total"),
        (FORM, "[urgent, total]", "[urgent]", "not_in_layout", "$.layout", "total"),
        (FORM, "[urgent, total]", "[urgent, total, total]", "duplicate", "$.layout[0].rows[1][2]", "total"),
        (FORM, "[urgent, total]", "[urgent, total, tot]", UNKNOWN, "$.layout[0].rows[1][2]", "total"),
        # flows
        (FLOW, "form: issue", "form: goods", UNKNOWN, "$.form", "表单"),
        (FLOW, "{role: boss}", "{role: bos}", UNKNOWN, "$.nodes[1].assignees[0].role", "boss"),
        (FLOW, "{role: boss}", "{field: total}", "not_a_person", "$.nodes[1].assignees[0].field", "total"),
        (FLOW, "assignees: [{role: boss}], ", "", "no_assignees", "$.nodes[1]", "主管审批"),
        (FLOW, "decide: any", "edit: [resn]", UNKNOWN, "$.nodes[1].edit[0]", "reason"),
        (FLOW, "decide: any", "edit: [total]", "computed", "$.nodes[1].edit[0]", "公式"),
        (FLOW, "decide: any", "require: [reason]", "not_editable", "$.nodes[1].require[0]", "edit"),
        (FLOW, "decide: any", "edit: [lines.price]", "readonly", "$.nodes[1].edit[0]", "只读"),
        (FLOW, "return_to: [start]", "return_to: [big]", UNKNOWN, "$.nodes[1].return_to[0]", "big"),
        (FLOW, "workdays: 2", "workdays: 2, from: total", "not_a_date", "$.nodes[1].due.from", "日期"),
        (FLOW, "total >= 100", "total >= '100'", "expression.not_comparable", "$.edges[1].when", ""),
        (FLOW, "default: true", "when: total < 99", "flow.not_covered", "$.nodes[0]", "total = 99"),
        (FLOW, "picture: {start", "picture: {strt", UNKNOWN, "$.picture.strt", "start"),
        (FLOW, "to: big}", "to: bg}", "flow.unknown_node", "$.edges[0].to", "big"),
        # rules
        (RULES, "flow: issue_flow", "flow: issue", UNKNOWN, "$[0].flow", "issue_flow"),
        (RULES, "on: approved", "on: node.aprove.done", UNKNOWN, "$[0].on", "approve_it"),
        (RULES, "on: approved", "on: created", "trigger", "$[0].on", "source"),
        (RULES, "table: goods", "table: gods", UNKNOWN, "$[0].table", "goods"),
        (RULES, "each: lines", "each: line", UNKNOWN, "$[0].each", "lines"),
        (RULES, "{goods_no: row.goods}", "{good_no: row.goods}", UNKNOWN, "$[0].match.good_no", "goods_no"),
        (RULES, "no: row.goods}", "no: row.qty}", NO_FIT, "$[0].match.goods_no", "文字"),
        (RULES, "act: {qty", "act: {goods_name", "not_a_number", "$[0].subtract.goods_name", "文字"),
        (RULES, "subtract: {qty", "subtract: {worth", "computed", "$[0].subtract.worth", "公式"),
        (RULES, "subtract: {qty", "set: {state", NO_FIT, "$[0].set.state", ""),
        (RULES, "subtract: {qty: row.qty}, ", "", "writes_nothing", "$[0]", "set"),
        (RULES, "old.qty >= row.qty", "old.qt >= row.qty", NO_NAME, "$[0].guard", "qty"),
        (RULES, "只有 {old.qty}", "只有 {old.qt}", NO_NAME, "$[0].message", "qty"),
        (RULES, "source: goods", "source: issue", NO_NAME, "$[1].when", "qty"),
        (RULES, '{daily: "08:30"}', "{before: qty, days: [1]}", "not_a_date", "$[1].on.before", "qty"),
        (RULES, "{superior: keeper}", "{superior: qty}", "not_a_person", "$[1].to[1].superior", "qty"),
        # the rest of the pack
        ("permissions.yaml", "who: keeper", "who: keper", UNKNOWN, "$[0].who", "keeper"),
        ("permissions.yaml", "hide: [price]", "hide: [prise]", UNKNOWN, "$[1].hide[0]", "price"),
        ("permissions.yaml", "scope:", "where: keepr == null, scope:", NO_NAME, "$[0].where", "keeper"),
        ("menu.yaml", "view: all", "view: al", UNKNOWN, "$[1].view", "all"),
        ("menu.yaml", "flow: issue_flow", "flow: issue_flw", UNKNOWN, "$[0].flow", "issue_flow"),
        (STORY, "submit: issue_flow", "submit: issue_flw", UNKNOWN, "$S.submit", "issue_flow"),
        (STORY, "{reason: 用", "{resn: 用", UNKNOWN, "$S.data.resn", "reason"),
        (STORY, "goods: A, qty", "goods: A, qt", UNKNOWN, "$S.data.lines[0].qt", "qty"),
        (STORY, "state: open", "state: opn", UNKNOWN, "$[0].given.goods[0].state", "open"),
        (STORY, "case: approved", "case: aproved", UNKNOWN, "$S.expect.case", "approved"),
        (STORY, "case: approved", "path: [strt]", UNKNOWN, "$S.expect.path[0]", "start"),
        (STORY, "case: approved", "task: {aprove_it: []}", UNKNOWN, "$S.expect.task.aprove_it", "approve_it"),
        (STORY, "case: approved", "hidden: {u1: [totl]}", UNKNOWN, "$S.expect.hidden.u1[0]", "total"),
        (STORY, "case: approved", "unchanged: [gods]", UNKNOWN, "$S.expect.unchanged[0]", "goods"),
        (STORY, "case: approved", "lines: [{qt: 1}]", UNKNOWN, "$S.expect.lines[0].qt", "qty"),
        (STORY, "given: {goods", "given: {gods", UNKNOWN, "$[0].given.gods", "goods"),
        (STORY, "approved, goods:", "approved, gods:", UNKNOWN, "$S.expect.gods", "goods"),
    ],
)
def test_a_mistake_is_found_where_it_is(
    file: str, before: str, after: str, code: str, place: str, hint: str
) -> None:
    # `$L[1]` is the second column of the form's sub-table, `$S` the story's only step.
    found = problems(changed(file, before, after))
    path = f"{file} {place.replace('$L', '$.fields[3].fields').replace('$S', '$[0].steps[0]')}"
    fitting = [one for one in found if one.code.startswith(code) and one.path == path]
    assert fitting, [str(one) for one in found]
    assert hint in fitting[0].message


def test_a_new_row_must_get_what_it_requires() -> None:
    rule = "{code: add, on: approved, flow: issue_flow, do: create, table: goods, set: {goods_name: reason}}"
    found = problems({**FILES, "rules/more.yaml": f"- {rule}"})
    assert [(one.code, one.path) for one in found] == [("incomplete", "rules/more.yaml $[0].set")]
    assert "goods_no" in found[0].message


MIRROR = """\
- {code: hold, on: submitted, flow: issue_flow, do: update, table: goods, each: lines,
   match: {goods_no: row.goods}, subtract: {qty: row.qty}}
- {code: back, on: withdrawn, flow: issue_flow, do: update, table: stock/goods, each: lines,
   match: {goods_no: row.goods}, add: {qty: row.qty}}
"""


def test_a_rule_that_undoes_another_is_refused() -> None:
    found = problems({**FILES, "rules/more.yaml": MIRROR})
    assert [(one.code, one.path) for one in found] == [("mirrored_undo", "rules/more.yaml $[1]")]
    assert "hold" in found[0].message


def test_a_rule_that_says_something_new_on_rejection_is_fine() -> None:
    more = MIRROR.replace("add: {qty: row.qty}", "set: {state: \"'gone'\"}")
    assert problems({**FILES, "rules/more.yaml": more}) == ()


def test_a_circle_of_formulas_is_told_where_it_is_whatever_other_fields_are_called() -> None:
    fields = "".join(
        f"  - {{code: {code}, type: money, label: 数, formula: {formula}}}\n"
        for code, formula in (("o", "qty + 1"), ("one", "other + 1"), ("other", "one + 1"))
    )
    found = problems(changed(TABLE, "views:\n", f"{fields}views:\n"))
    assert [(one.code, one.path) for one in found] == [("expression.cycle", f"{TABLE} $.fields[8].formula")]


def test_rules_that_fire_each_other_are_refused() -> None:
    writes = "do: update, table: goods, match: {qty: 1}, add: {qty: 1}"
    rule = f"{{code: ping, on: updated, source: goods, {writes}}}"
    found = problems({**FILES, "rules/more.yaml": f"- {rule}"})
    assert [(one.code, one.path) for one in found] == [("endless_rules", "rules/more.yaml $[0]")]
    assert "ping → ping" in found[0].message


def test_another_pack_is_named_only_if_it_is_required(depot: App) -> None:
    field = "  - {code: unit, type: lookup, label: 单位, from: depot/unit, key: unit_no}\nviews:\n"
    files = changed(TABLE, "views:\n", field)
    assert [one.code for one in problems(files)] == [UNKNOWN]
    assert [one.code for one in problems(files, depot)] == ["not_required"]
    required = {**files, "pack.yaml": FILES["pack.yaml"] + "requires: [depot]\n"}
    assert problems(required, depot) == ()
    assert [(one.code, one.path) for one in problems(required)] == [
        ("missing_pack", "pack.yaml $.requires[0]")
    ]


def test_a_formula_that_reads_another_pack_needs_it_required(depot: App) -> None:
    found = problems(changed(TABLE, "price * qty", "price * count_of('depot/unit')"), depot)
    assert [(one.code, one.path) for one in found] == [("not_required", f"{TABLE} $.fields[4].formula")]


def test_the_columns_of_a_live_lookup_are_known_to_formulas(depot: App) -> None:
    field = (
        "  - {code: unit, type: lookup, label: 单位, from: depot/unit, key: unit_no}\n"
        "  - {code: since, type: date, label: 自, formula: unit.opened}\nviews:\n"
    )
    files = changed(TABLE, "views:\n", field) | {"pack.yaml": FILES["pack.yaml"] + "requires: [depot]\n"}
    assert problems(files, depot) == ()
    files[TABLE] = files[TABLE].replace("unit.opened", "unit.opend")
    assert [one.code for one in problems(files, depot)] == [NO_NAME]
