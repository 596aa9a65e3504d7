"""One use case, one transaction, one place that commits."""

from __future__ import annotations

import ast

from tests.architecture.tree import PRODUCT, name_of, parsed


def test_only_the_transaction_commits() -> None:
    places = {
        name_of(path)
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }

    assert places <= {"runtime/store/transaction.py"}
