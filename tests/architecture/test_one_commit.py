"""One use case, one transaction, one place that commits."""

from __future__ import annotations

import ast

from tests.architecture.tree import PRODUCT, name_of, parsed

#: Calls of `commit(` by module: the transaction asks its session, and the session its
#: connection, SQLAlchemy's or the driver's.
PLACES = {"runtime/store/transaction.py": 1, "runtime/store/session.py": 2}
#: On PostgreSQL the COMMIT travels in one pipeline with the writes before it, so that an action costs one
#: round trip less: the transaction asks the seam, and the seam the pipeline.
SENDING_ALONG = {"runtime/store/transaction.py", "runtime/store/send.py", "runtime/store/pipeline.py"}


def test_only_the_transaction_commits() -> None:
    places = [name_of(path) for path in PRODUCT for call in _calls(parsed(path)) if call.attr == "commit"]

    assert {place: places.count(place) for place in places} == PLACES


def test_only_the_transaction_sends_the_commit_along() -> None:
    flushed = [
        name_of(path)
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and any(one.arg == "commit" for one in node.keywords)
    ]

    assert set(flushed) == SENDING_ALONG


def _calls(tree: ast.Module) -> list[ast.Attribute]:
    return [
        node.func
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
