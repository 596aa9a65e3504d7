"""The check finds every wrong name and type at once, and says what would be right."""

import pytest

from runtime.language.expressions import Names, check, parse, types
from runtime.language.expressions.types import Type, choice
from tests.unit.language.expressions.world import LINES, NAMES, SOURCE, STATE


def problems(source: str, *, names: Names = NAMES, want: Type | None = None) -> list[str]:
    return [one.message for one in check(parse(source), names=names, want=want).problems]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("amuont + 1", "是否想写 amount"),
        ("lines.pirce == null", "是否想写 price"),
        ("somme(lines.qty)", "没有名为“somme”的函数"),
        ("rond(amount)", "是否想写 round"),
        ("amount == None", "null"),
        ("flag == True", "true"),
        ("name + 'x'", "concat"),
        ("due - start_at", "days_between"),
        ("name > 1", "文字与数字不能比较"),
        ("signer == dept", "人员与部门不能比较"),
        ("start_at > today()", "date_part"),
        ("amount and flag", "条件"),
        ("if(amount, 1, 2)", "条件"),
        ("if(flag, 1, 'a')", "类型应一致"),
        ("'a' in name", "contains"),
        ("state == 'dne'", "是否想写 done"),
        ("'amonut' in tags", "是否想写 amount"),
        ("state in ('done', 'x')", "取值“x”不在选项中"),
        ("row.qty", "row 只能用在"),
        ("form.x", "form 只能用在"),
        ("flow.status", "flow 只能用在"),
        ("sum(amount)", "重复表或重复表的列"),
        ("sum(lines)", "每行的算式"),
        ("sum(lines.kind)", "sum 需要数字"),
        ("all_rows(lines, row.qty)", "条件"),
        ("count(amount)", "多选字段"),
        ("round()", "round(数字, [位数])"),
        ("round(name)", "应是数字"),
        ("matches(name, name)", "直接写成文字"),
        ("matches(name, '(')", "模式没有写完"),
        ("lookup(name, 'x', 1)", "直接写底表编码"),
        ("lookup('projct', 'name', 1)", "没有名为“projct”的底表"),
        ("lookup('project', 'nam', name)", "是否想写 name"),
        ("exists('project', nam=name)", "是否想写 name"),
        ("exists('project', amount=name)", "应是数字"),
        ("sum_of('project', name)", "sum_of 需要数字"),
        ("amount.x", "后面不能再写"),
        ("signer.salary", "人员没有“salary”"),
        ("record.foo", "record 没有“foo”"),
        ("contract.nothing", "contract 没有字段“nothing”"),
        ("lines > 1", "不能比较"),
        ("tags == tags", "不能比较"),
        ("flag > true", "不能比较大小"),
        ("[1, 'a'] == null", "类型应一致"),
        ("name.__class__", "后面不能再写"),
        ("__import__('os')", "没有名为“__import__”的函数"),
        ("sum(lines, sum(others, sum(lines, row.qty)))", "最多套 2 层"),
    ],
)
def test_a_mistake_is_told_with_what_would_be_right(source: str, words: str) -> None:
    (message,) = problems(source)

    assert words in message


def test_all_mistakes_come_at_once_in_the_order_of_the_text() -> None:
    found = check(parse("amuont > 1 and stat == 'x' and rond(2) > 'y'"), names=NAMES).problems

    assert [one.start for one in found] == [0, 15, 31]


def test_the_result_must_fit_its_place() -> None:
    assert problems("amount > 1", want=types.NUMBER) == ["第 1 个字符“amount > 1”：结果应是数字，而不是是/否"]
    (message,) = problems("if(flag, 'done', 'gone')", want=STATE)
    assert message.endswith("取值“gone”不在选项中，是否想写 done；可用 done、draft、partial")
    assert problems("if(flag, 'done', null)", want=STATE) == []
    assert problems("initiator", want=types.TEXT) == []
    assert problems("null", want=types.DATE) == []
    assert problems("date('2026-02-28')", want=types.DATE) == []
    for wrong in (
        "date('2026-02-30')",
        "date('2026-2-28')",
        "datetime('2026-02-28')",
        "datetime('2026-02-28 25:00')",
    ):
        (message,) = problems(wrong)
        assert "应写作 '2026-04-01" in message


def test_types_are_found_through_branches_and_rows() -> None:
    def kind(source: str, names: Names = NAMES) -> str:
        checked = check(parse(source), names=names)
        assert checked.problems == ()
        return checked.type.kind

    assert kind("coalesce(null, day)") == "date"
    assert kind("max(lines.day)") == "date"
    assert kind("max_row(lines, row.day + 3)") == "date"
    assert kind("due - day") == "number"
    assert kind("signer.department") == "department"
    assert kind("contract.balance") == "number"
    assert kind("lines.qty") == "list"
    assert kind("lookup('common/project', 'start', name)") == "date"
    assert kind("row.staff.department", Names(subtables={"lines": LINES}, row="lines")) == "department"


def test_a_lookup_filter_reads_the_source_the_form_and_the_row_being_filled() -> None:
    form = Names(fields={"contract_no": types.TEXT}, subtables={"plans": {"supplier": types.TEXT}})
    names = Names(fields=SOURCE.fields, form=form, row="plans")

    assert problems("contract_no == form.contract_no and contract_no != row.supplier", names=names) == []
    assert problems("form.nothing == 1", names=names) != []
    assert problems("count(form.plans) > 0", names=names) == []


def test_choices_of_both_branches_count() -> None:
    names = Names(fields={"a": choice(values=frozenset("x")), "b": choice(values=frozenset("y"))})

    assert problems("if(true, a, b) == 'y'", names=names) == []
    assert len(problems("if(true, a, b) == 'z'", names=names)) == 1
