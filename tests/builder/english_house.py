"""A small app whose labels are English, for tests of English sentences."""

from __future__ import annotations

from builder.edits.documents import Documents

BILL = {
    "code": "bill",
    "name": "Bill",
    "fields": [
        {"code": "number", "type": "text", "label": "Number"},
        {"code": "amount", "type": "money", "label": "Amount"},
        {"code": "day", "type": "date", "label": "Day"},
        {"code": "clerk", "type": "user", "label": "Clerk"},
        {
            "code": "lines",
            "type": "subtable",
            "label": "Lines",
            "fields": [{"code": "price", "type": "money", "label": "Price"}],
        },
    ],
}
LEDGER = {
    "code": "ledger",
    "name": "Ledger",
    "key": ["no"],
    "fields": [
        {"code": "no", "type": "text", "label": "No."},
        {"code": "paid", "type": "money", "label": "Paid"},
        {"code": "due", "type": "date", "label": "Due"},
        {"code": "tags", "type": "checkbox", "label": "Tags", "options": ["big", "small"]},
    ],
}
FLOW = {
    "code": "pay",
    "name": "Contract",
    "form": "bill",
    "start": {"name": "Draft", "who": ["initiator"]},
    "nodes": [
        {"code": "check", "kind": "approve", "name": "Check", "assignees": ["initiator"]},
        {"code": "end", "kind": "end"},
    ],
    "edges": [{"from": "start", "to": "check"}, {"from": "check", "to": "end"}],
}
FOUND: Documents = {
    "pack.yaml": {
        "schema": 1,
        "code": "app",
        "name": "App",
        "version": "1.0.0",
        "slots": [{"code": "finance", "kind": "role", "name": "Finance"}],
    },
    "forms/bill.yaml": BILL,
    "tables/ledger.yaml": LEDGER,
    "flows/pay.yaml": FLOW,
}
