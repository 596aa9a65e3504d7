"""A small pack that is right in every respect; tests break one thing at a time."""

from collections.abc import Mapping

PACK = """\
schema: 1
code: stock
name: 库房
version: 1.0.0
slots:
  - {code: keeper, kind: role, name: 库管}
  - {code: boss, kind: role, name: 主管}
"""

DICTIONARY = """\
code: state
name: 状态
items:
  - {value: open, label: 在库}
  - {value: gone, label: 出库}
"""

TABLE = """\
code: goods
name: 物品台账
key: [goods_no]
title: "{goods_no} {goods_name}"
owner: keeper
fields:
  - {code: goods_no, type: text, label: 编号, required: true, unique: true}
  - {code: goods_name, type: text, label: 名称}
  - {code: price, type: money, label: 单价}
  - {code: qty, type: integer, label: 数量, default: 0}
  - {code: worth, type: money, label: 金额, formula: "price * qty"}
  - {code: state, type: select, label: 状态, dict: state, default: open}
  - {code: keeper, type: user, label: 库管}
views:
  - {code: all, name: 全部, columns: [goods_no, qty], sort: [-goods_no], where: "state == 'open'"}
"""

FORM = """\
code: issue
name: 领用单
title: "领用-{reason}"
fields:
  - {code: issue_no, type: serial, label: 单号, template: "LY{yyyy}{seq4}"}
  - {code: reason, type: text, label: 事由, required: true}
  - {code: urgent, type: boolean, label: 加急, default: false}
  - code: lines
    type: subtable
    label: 明细
    min_rows: 1
    fields:
      - {code: goods, type: lookup, label: 物品, required: true, from: goods, key: goods_no,
         filter: "state == 'open'", fill: {price: price}}
      - {code: qty, type: integer, label: 数量, required: true, min: 1}
      - {code: price, type: money, label: 单价, readonly: true}
      - {code: cost, type: money, label: 金额, formula: "row.qty * row.price"}
  - {code: total, type: money, label: 合计, formula: "sum(lines.cost)"}
  - {code: total_upper, type: money_upper, label: 大写, of: total}
  - {code: op_boss, type: opinion, label: 主管意见, node: approve_it}
validations:
  - {code: not_empty, check: "total > 0", message: "合计应大于 0，现为 {total}"}
layout:
  - {section: 领用, rows: [[issue_no, reason], [urgent, total], [total_upper]]}
  - {section: 明细, rows: [[lines], [op_boss]]}
"""

FLOW = """\
code: issue_flow
name: 领用
form: issue
start: {name: 申请, who: [{role: keeper}]}
nodes:
  - {code: big, kind: exclusive, name: 金额}
  - {code: approve_it, kind: approve, name: 主管审批, assignees: [{role: boss}], decide: any,
     return_to: [start], due: {workdays: 2, remind: [0]}}
  - {code: end, kind: end}
edges:
  - {from: start, to: big}
  - {from: big, to: approve_it, when: "total >= 100"}
  - {from: big, to: end, default: true}
  - {from: approve_it, to: end}
picture: {start: [0, 0], big: [100, 0]}
"""

RULES = """\
- {code: take, on: approved, flow: issue_flow, do: update, table: goods, each: lines,
   match: {goods_no: row.goods}, subtract: {qty: row.qty}, guard: "old.qty >= row.qty",
   message: "{old.goods_no} 只有 {old.qty}"}
- {code: low, on: {daily: "08:30"}, source: goods, when: "qty < 5", do: notify,
   to: [{field: keeper}, {superior: keeper}], channels: [inbox], message: "{goods_no} 不足"}
"""

PERMISSIONS = """\
- {who: keeper, on: [goods], scope: own, can: [view, edit]}
- {who: all_staff, on: [goods], scope: all, can: [pick], hide: [price]}
"""

MENU = """\
- {flow: issue_flow, name: 领用}
- {table: goods, view: all, name: 物品, roles: [keeper]}
"""

TESTS = """\
- name: 小额直接出库
  clock: 2026-11-20T09:00
  given: {goods: [{goods_no: A, qty: 10, price: 1.50, state: open}]}
  steps:
    - {as: u1, submit: issue_flow, data: {reason: 用, lines: [{goods: A, qty: 2}]},
       expect: {case: approved, goods: [{goods_no: A, qty: 8}]}}
"""

FILES: Mapping[str, str] = {
    "pack.yaml": PACK,
    "dictionaries/state.yaml": DICTIONARY,
    "tables/goods.yaml": TABLE,
    "forms/issue.yaml": FORM,
    "flows/issue_flow.yaml": FLOW,
    "rules/issue_flow.yaml": RULES,
    "permissions.yaml": PERMISSIONS,
    "menu.yaml": MENU,
    "tests/issue_flow.yaml": TESTS,
}


def changed(file: str, before: str, after: str) -> dict[str, str]:
    """Return the pack with one piece of one file replaced; the piece must be there."""
    text = FILES[file]
    assert before in text, f"{before} is not in {file}"
    return {**FILES, file: text.replace(before, after, 1)}
