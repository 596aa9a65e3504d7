"""A small flow with a branch, a form and a rule, as documents of a draft."""

from __future__ import annotations

from typing import Any

FILE = "flows/f.yaml"


def documents() -> dict[str, Any]:
    """Documents of an app with one flow: start → check → big → leader or end."""
    return {
        "pack.yaml": {"schema": 1, "code": "app", "name": "应用", "version": "0.1.0"},
        "forms/paper.yaml": {
            "code": "paper",
            "name": "单据",
            "title": "{subject}",
            "fields": [
                {"code": "subject", "type": "text", "label": "标题"},
                {"code": "amount", "type": "money", "label": "金额"},
                {"code": "sum", "type": "money", "label": "合计", "formula": "amount"},
                {
                    "code": "rows",
                    "type": "subtable",
                    "label": "明细",
                    "fields": [
                        {"code": "item", "type": "text", "label": "事项"},
                        {"code": "price", "type": "money", "label": "单价"},
                    ],
                },
                {"code": "said", "type": "opinion", "label": "意见", "node": "check"},
            ],
            "validations": [{"code": "v", "check": "amount > 0", "message": "太少", "at": ["check"]}],
        },
        FILE: {
            "code": "f",
            "name": "流程",
            "form": "paper",
            "start": {"who": [{"role": "all_staff"}]},
            "nodes": [
                {
                    "code": "check",
                    "kind": "approve",
                    "name": "审核",
                    "assignees": [{"dept_head": "initiator"}],
                },
                {"code": "big", "kind": "exclusive", "name": "金额"},
                {
                    "code": "leader",
                    "kind": "approve",
                    "name": "领导",
                    "assignees": ["initiator"],
                    "return_to": ["start", "check"],
                    "on_reject": "check",
                },
                {"code": "end", "kind": "end"},
            ],
            "edges": [
                {"from": "start", "to": "check"},
                {"from": "check", "to": "big"},
                {"from": "big", "to": "leader", "when": "amount > 100", "label": "大额"},
                {"from": "big", "to": "end", "default": True},
                {"from": "leader", "to": "end"},
            ],
            "picture": {
                "start": [80, 120],
                "check": [260, 120],
                "big": [440, 120],
                "leader": [620, 120],
                "end": [800, 120],
            },
        },
        "rules/f.yaml": [
            {
                "code": "r",
                "on": "node.check.done",
                "flow": "f",
                "do": "notify",
                "to": ["initiator"],
                "message": "x",
            }
        ],
        "tests/f.yaml": [
            {
                "name": "走查",
                "steps": [
                    {"as": "all_staff", "submit": "f"},
                    {"as": "dept_head", "do": "approve", "at": "check"},
                ],
                "expect": {"path": ["start", "check", "end"]},
            }
        ],
    }
