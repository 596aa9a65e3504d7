"""What administrators did stays on the record, and is read newest first."""

from __future__ import annotations

from datetime import UTC, datetime

from runtime.store import audit
from runtime.store.session import Session
from runtime.store.transaction import transaction

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def write(session: Session, object: str, kind: str = "person.deactivated", **detail: object) -> None:
    with transaction(session) as tx:
        audit.write(tx, at=NOW, actor=6, kind=kind, object=object, detail=detail, ip="10.0.0.7")


def test_a_line_is_read_as_it_was_written(session: Session) -> None:
    write(session, "person/sam", why="离职")

    (line,) = audit.entries(session)

    assert (line.at, line.actor, line.kind, line.object) == (NOW, 6, "person.deactivated", "person/sam")
    assert (line.detail, line.ip) == ({"why": "离职"}, "10.0.0.7")


def test_lines_come_newest_first_page_by_page_and_by_object(session: Session) -> None:
    for name in ("a", "b", "a", "c"):
        write(session, name)

    first = audit.entries(session, limit=3)
    second = audit.entries(session, limit=3, before=first[-1].id)

    assert [line.object for line in first + second] == ["c", "a", "b", "a"]
    assert [line.object for line in audit.entries(session, object="a")] == ["a", "a"]


def test_a_line_of_something_that_was_not_done_is_not_there(session: Session) -> None:
    try:
        with transaction(session) as tx:
            audit.write(tx, at=NOW, actor=6, kind="pack.installed", object="pack/x")
            raise PermissionError
    except PermissionError:
        pass

    assert audit.entries(session) == []
