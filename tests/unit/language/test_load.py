from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.app import App
from runtime.language.dump import app_from_json, app_to_json, content_hash, dump_app
from runtime.language.field import Expr, Field, SubTable
from runtime.language.flow import Decide, Due, Source
from runtime.language.load import load_app
from runtime.language.problem import Problem, Problems
from runtime.language.rule import TimeTrigger
from tests.unit.language.samples import FILES, changed
from tests.unit.language.words import WORDS

FORM, TABLE = "forms/issue.yaml", "tables/goods.yaml"
FLOW, RULES = "flows/issue_flow.yaml", "rules/issue_flow.yaml"


def load(files: Mapping[str, str]) -> App:
    return load_app(files, WORDS)


def problems_of(files: Mapping[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as caught:
        load(files)
    return caught.value.problems


def test_a_pack_becomes_one_value() -> None:
    app = load(FILES)
    assert app.code == "stock"
    assert app.ref("goods") == "stock/goods"
    assert [entity.code for entity in app.entities] == ["goods", "issue"]
    issue = app.entity("issue")
    assert issue is not None
    lines = issue.subtable("lines")
    assert lines == SubTable("lines", "明细", lines.fields if lines else (), min_rows=1)
    assert lines is not None
    assert lines.fields[0].options == {
        "from": "goods",
        "key": "goods_no",
        "filter": "state == 'open'",
        "fill": {"price": "price"},
    }
    flow = app.flow("issue_flow")
    assert flow is not None
    node = flow.node("approve_it")
    assert node is not None
    assert node.assignees == (Source("role", "boss"),)
    assert node.decide == Decide("any")
    assert node.due == Due(workdays=2, remind=(0,))
    assert flow.edges[1].origin == "big"
    low = app.rule("low")
    assert low is not None
    assert low.on == TimeTrigger(daily="08:30")
    assert app.files["rule/low"] == "rules/issue_flow.yaml"


def test_dump_and_load_give_the_same_app_and_the_same_text() -> None:
    app = load(FILES)
    files = dump_app(app)
    assert load(files) == app
    assert dump_app(load(files)) == files
    assert app_from_json(app_to_json(app), WORDS) == app


def test_the_hash_is_of_the_meaning_not_of_the_files() -> None:
    app = load(FILES)
    moved = {**FILES, "rules/other.yaml": FILES["rules/issue_flow.yaml"]}
    del moved["rules/issue_flow.yaml"]
    assert content_hash(load(dump_app(app))) == content_hash(app)
    assert content_hash(load(moved)) == content_hash(app)
    assert content_hash(load(changed("tables/goods.yaml", "label: 名称", "label: 品名"))) != content_hash(app)


def test_defaults_are_constants_words_or_expressions() -> None:
    app = load(changed("tables/goods.yaml", "default: 0", "default: {expr: 1 + 1}"))
    goods = app.entity("goods")
    assert goods is not None
    qty = goods.field("qty")
    assert isinstance(qty, Field)
    assert qty.default == Expr("1 + 1")
    assert load(dump_app(app)) == app


def test_numbers_stay_exact() -> None:
    app = load(FILES)
    assert app.walkthroughs[0].given["goods"][0]["price"] == Decimal("1.50")
    assert "price: 1.50" in dump_app(app)["tests/issue_flow.yaml"]


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "place", "hint"),
    [
        (FORM, "default: false", "defalt: false", "unknown_key", "$.fields[2].defalt", "default"),
        (FORM, "label: 事由", "help: 事由", "missing", "$.fields[1].label", "缺少 label"),
        (FORM, "type: boolean", "type: bolean", "unknown_type", "$.fields[2].type", "boolean"),
        (FORM, "required: true", "required: yes", "wrong_type", "$.fields[1].required", "“yes”"),
        (FORM, "min_rows: 1", "min_rows: x", "wrong_type", "$.fields[3].min_rows", "应为整数"),
        (FORM, "filter:", "filer:", "unknown_key", "$.fields[3].fields[0].filer", "filter"),
        (FORM, "code: urgent", "code: reason", "duplicate", "$.fields[2].code", "第 2 项"),
        (FORM, "code: urgent", "code: Urgent", "code", "$.fields[2].code", "“Urgent”"),
        (FORM, "code: urgent", "code: row", "reserved", "$.fields[2].code", "row"),
        (FORM, "code: urgent", "code: s_owner", "reserved", "$.fields[2].code", "s_"),
        (FORM, "code: urgent", "code: " + "a" * 41, "code", "$.fields[2].code", "40"),
        (FORM, ", of: total", "", "missing", "$.fields[5].of", "缺少 of"),
        (FORM, "name: 领用单", "name: 1", "wrong_type", "$.name", "加引号"),
        (TABLE, "key: [goods_no]", "key: goods_no", "wrong_type", "$.key", "应为列表"),
        (TABLE, "default: open", "default: {exp: 1}", "not_allowed", "$.fields[5].default", "expr"),
        ("dictionaries/state.yaml", "value: gone", "value: open", "duplicate", "$.items[1].value", "open"),
        ("pack.yaml", "version: 1.0.0", "version: 1.0", "wrong_type", "$.version", "加引号"),
        ("pack.yaml", "schema: 1", "schema: 9", "schema", "$.schema", "第 9 版"),
        ("pack.yaml", "kind: role", "kind: rol", "not_allowed", "$.slots[0].kind", "role"),
        (FLOW, "kind: exclusive", "kind: exclusiv", "unknown_kind", "$.nodes[0].kind", "exclusive"),
        (FLOW, "name: 金额", "assignees: [initiator]", "key_not_for_kind", "$.nodes[0].assignees", ""),
        (FLOW, "decide: any", "decide: some", "decide", "$.nodes[1].decide", "“some”"),
        (FLOW, "decide: any", "decide: {percent: 101}", "not_allowed", "$.nodes[1].decide", "100"),
        (FLOW, "{role: boss}", "{rol: boss}", "unknown_source", "$.nodes[1].assignees[0]", "role"),
        (FLOW, "{role: boss}", "role", "source", "$.nodes[1].assignees[0]", "写明"),
        (
            FLOW,
            "{role: boss}",
            "{role: boss, within: dept}",
            "not_allowed",
            "$.nodes[1].assignees[0].within",
            "company",
        ),
        (FLOW, "workdays: 2,", "", "due", "$.nodes[1].due", "workdays"),
        (FLOW, "default: true", "default: true, when: x", "not_allowed", "$.edges[2].when", ""),
        (FLOW, "start: [0, 0]", "start: [0]", "wrong_type", "$.picture.start", "两个整数"),
        (RULES, "on: approved", "on: aproved", "unknown_trigger", "$[0].on", "approved"),
        (RULES, "do: update", "do: updat", "unknown_action", "$[0].do", "update"),
        (RULES, "table: goods, ", "", "missing", "$[0].table", "缺少 table"),
        (RULES, "{goods_no: row.goods}", "{}", "empty", "$[0].match", "没有填写"),
        (RULES, "source: goods, ", "", "trigger", "$[1]", "flow"),
        ("rules/issue_flow.yaml", 'daily: "08:30"', 'daily: "8:30"', "time", "$[1].on.daily", "08:30"),
        (RULES, "channels:", "each: x, channels:", "key_not_for_action", "$[1].each", "each"),
        ("permissions.yaml", "can: [pick]", "can: [pik]", "not_allowed", "$[1].can[0]", "pick"),
        ("menu.yaml", "flow: issue_flow, ", "", "menu", "$[0]", "table"),
        (RULES, "[inbox]", "[inbx]", "not_allowed", "$[1].channels[0]", "inbox"),
        ("tests/issue_flow.yaml", "submit: ", "do: ", "not_allowed", "$[0].steps[0].do", "approve"),
        ("tests/issue_flow.yaml", "submit:", "sumbit:", "unknown_key", "$[0].steps[0].sumbit", "submit"),
    ],
)
def test_a_mistake_is_one_problem_at_its_place(
    file: str, before: str, after: str, code: str, place: str, hint: str
) -> None:
    found = problems_of(changed(file, before, after))
    assert [(one.code, one.path) for one in found] == [(code, f"{file} {place}")]
    assert hint in found[0].message
    assert found[0].line is not None


def test_all_mistakes_are_in_one_report_in_the_order_of_the_files() -> None:
    files = changed(FORM, "type: boolean", "type: x")
    files |= {"menu.yaml": "- {a", "extra.txt": "", "flow/a.yaml": ""}
    files["tables/goods.yaml"] = FILES["tables/goods.yaml"].replace("name: 物品台账\n", "")
    found = [(one.path, one.line) for one in problems_of(files)]
    assert found == [
        ("extra.txt $", None),
        ("flow/a.yaml $", None),
        ("forms/issue.yaml $.fields[2].type", 7),
        ("menu.yaml $", 1),
        ("tables/goods.yaml $.name", 1),
    ]


def test_a_file_in_the_wrong_folder_is_told_where_it_belongs() -> None:
    found = problems_of({**FILES, "flow/a.yaml": "code: a"})
    assert "是否想写 flows" in found[0].message


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("forms/empty.yaml", "", "empty"),
        ("forms/list.yaml", "- {code: a}", "wrong_type"),
        ("forms/text.yaml", "hello", "wrong_type"),
        ("rules/text.yaml", "[hello]", "wrong_type"),
        ("forms/again.yaml", FILES["forms/issue.yaml"], "duplicate"),
        ("tables/issue.yaml", FILES[TABLE].replace("code: goods\n", "code: issue\n"), "duplicate"),
        ("rules/again.yaml", FILES["rules/issue_flow.yaml"].split("\n- ")[1].join(["- ", ""]), "duplicate"),
    ],
)
def test_a_file_of_the_wrong_shape_is_a_problem(file: str, text: str, code: str) -> None:
    assert [one.code for one in problems_of({**FILES, file: text})] == [code]


def test_a_pack_needs_its_manifest_and_still_reports_the_rest() -> None:
    files = changed("forms/issue.yaml", "type: boolean", "type: x")
    del files["pack.yaml"]
    assert [one.code for one in problems_of(files)] == ["unknown_type", "missing"]


def test_a_misspelt_key_that_is_required_is_also_missing() -> None:
    found = problems_of(changed(FORM, "label: 事由", "lable: 事由"))
    assert {(one.code, one.path.split("[1]")[1]) for one in found} == {
        ("unknown_key", ".lable"),
        ("missing", ".label"),
    }


FILE_NAMES = st.sampled_from([*FILES, "queries/a.yaml"])
NOISE = st.text(alphabet="abc:{}[]-,\n \"'0123.&*!|>", max_size=30)


@given(file=FILE_NAMES, at=st.integers(0, 2000), cut=st.integers(0, 40), noise=NOISE)
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_to_a_file_gives_an_app_or_problems(
    file: str, at: int, cut: int, noise: str
) -> None:
    text = FILES.get(file, "code: q\nname: 查询\nsource: goods\n")
    at %= len(text)
    files = {**FILES, file: text[:at] + noise + text[at + cut :]}
    try:
        app = load(files)
    except Problems as broken:
        found = broken.problems
    else:
        assert load(dump_app(app)) == app
        found = ()
    assert all(one.path and one.message for one in found)
