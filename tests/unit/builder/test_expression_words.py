"""Expressions in words: labels for names and values, brackets where people need them, nothing made up."""

from __future__ import annotations

import pytest

from builder.edits.scopes import scope_of, standpoint
from builder.words.expression_words import LONGEST, expression_words
from builder.words.name_words import Labels
from tests.builder.pack_expressions import apps, documents

APP = "sales_contract_change"
FORM = "sales_contract_change_form"


def words(source: str, place: str = f"entity:{FORM}") -> str:
    return expression_words(source, Labels(standpoint(scope_of(documents()[APP], apps()), place)))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("(old_amount + 1) * 2 - -copies", "（原合同金额 + 1） × 2 − −合同份数"),
        ("old_amount - (copies - 1)", "原合同金额 − （合同份数 − 1）"),
        ("contract_state in ('effective',)", "状态 属于 “生效”"),
        ("'effective' == contract_state", "“生效” = 状态"),
        ("1 < copies <= 3", "1 < 合同份数 且 合同份数 ≤ 3"),
        ("if(copies > 1, old_amount, 0)", "（若 合同份数 > 1 则 原合同金额，否则 0）"),
        ("add_months(new_end, copies)", "履行截止（变更后）后 合同份数 个月"),
        ("any_row(receipts, row.due_amount > 5)", "收款约定有一行满足（应收金额 > 5）"),
        ("count(need_seal) == count(receipts)", "需用印章的项数 = 收款约定的行数"),
        (
            "sum_of('sales_contract/sales_contract', 'amount', exec_status='effective')",
            "销售合同台账中 执行状态 = “生效” 的合同金额合计",
        ),
        ("old_amount - floor(copies + 1)", "原合同金额 − （合同份数 + 1） 向下取整"),
        ("old_amount * round(copies - 1, 2)", "原合同金额 × （合同份数 − 1） 四舍五入到 2 位小数"),
        (
            "bool(copies > 1 or copies < 0) and need_seal == null",
            "（合同份数 > 1 或 合同份数 < 0） 且 需用印章 为空",
        ),
        (
            "overlap('sales_contract/sales_contract', 'contract_no', contract_no, 'sign_date', 'sign_date',"
            " fill_date, fill_date, exec_status='effective')",
            "销售合同台账中 执行状态 = “生效” 的 合同编号 在 填写日期 至 填写日期 之间已被占用",
        ),
        ("record.created_by == current_user", "本记录的创建人 = 当前人"),
        ("exists(7)", "「exists(7)」"),
        ("nothing(copies)", "「nothing(copies)」"),
        ("old.version", "「old.version」"),
    ],
)
def test_words(source: str, said: str) -> None:
    assert words(source) == said


def test_names_of_other_places_say_where_they_are_from() -> None:
    rule = f"rule:{FORM}:sales_contract/sales_contract:receipts"
    assert words("old.version + row.due_amount", rule) == "目标的版本 + 应收金额"
    lookup = f"lookup:{FORM}.contract_no"
    assert words("customer_no == form.customer_no", lookup) == "客户编码 = 本单的客户编号"


def test_a_code_is_said_by_the_label_of_what_it_is_written_to() -> None:
    at = standpoint(scope_of(documents()[APP], apps()), f"rule:{FORM}:sales_contract/sales_contract")
    assert at.names.old is not None
    kind = at.names.old.fields["exec_status"]

    assert expression_words("'effective'", Labels(at), like=kind) == "“生效”"
    assert expression_words("'effective'", Labels(at)) == "“effective”"


def test_long_words_are_cut_and_nonsense_is_kept() -> None:
    assert len(words(" + ".join(["old_amount"] * 300))) == LONGEST
    assert words("1 +* 2") == "「1 +* 2」"
    assert words("{contract_no", f"template:{FORM}") == "「{contract_no」"
    assert words("amount", "entity:nothing") == "「amount」"
