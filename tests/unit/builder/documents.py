"""A small app as documents, for tests of edits."""

from __future__ import annotations

from typing import Any

FORM = "forms/apply.yaml"
FLOW = "flows/apply.yaml"


def documents(**changed: Any) -> dict[str, Any]:
    """An app with one form of five fields and a sub-table, and a flow that names them."""
    form = {
        "code": "apply",
        "name": "申请单",
        "fields": [
            {"code": "subject", "type": "text", "label": "主题", "required": True},
            {"code": "amount", "type": "money", "label": "金额"},
            {"code": "day", "type": "date", "label": "日期"},
            {
                "code": "items",
                "type": "subtable",
                "label": "明细",
                "fields": [
                    {"code": "thing", "type": "text", "label": "物品"},
                    {"code": "price", "type": "money", "label": "单价"},
                ],
            },
            {"code": "why", "type": "textarea", "label": "理由"},
        ],
        "layout": [
            {"section": "基本", "rows": [["subject", "amount"], ["day"]]},
            {"section": "明细", "rows": [["items"], ["why"]]},
        ],
        **changed,
    }
    flow = {
        "code": "apply",
        "name": "申请",
        "form": "apply",
        "start": {"edit": ["subject", "amount", "items"], "hide": ["items.price"]},
        "nodes": [
            {
                "code": "boss",
                "kind": "approve",
                "assignees": ["initiator"],
                "edit": ["amount", "items.price"],
            },
            {"code": "end", "kind": "end"},
        ],
        "edges": [{"from": "start", "to": "boss"}, {"from": "boss", "to": "end"}],
    }
    manifest = {"schema": 1, "code": "trial", "name": "试用", "version": "0.1.0"}
    return {"pack.yaml": manifest, FORM: form, FLOW: flow}


def lines(found: Any) -> list[tuple[str, list[list[str]]]]:
    """The layout of the form: title and lines of each section."""
    return [(one["section"], one["rows"]) for one in found[FORM]["layout"]]
