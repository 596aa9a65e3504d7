"""The inbox: newest first, counted while unread, each person's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from runtime.store import notices
from runtime.store.session import Session
from runtime.store.transaction import transaction

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def send(session: Session, title: str, *people: int) -> None:
    made = notices.delivery(key=title, people=people, kind="rule", title=title, body="正文", due_at=NOW)
    with transaction(session) as tx:
        notices.write(tx, made.payload, now=NOW)


def test_people_see_their_own_notices_newest_first(session: Session) -> None:
    send(session, "一", 1, 2)
    send(session, "二", 1)
    send(session, "三", 2)

    first, second = notices.inbox(session, person=1)

    assert (first.title, second.title) == ("二", "一")
    assert (first.body, first.kind, first.case_id, first.created_at, first.read_at) == (
        "正文",
        "rule",
        None,
        NOW,
        None,
    )
    assert [one.title for one in notices.inbox(session, person=1, before=first.id)] == ["一"]
    assert len(notices.inbox(session, person=1, limit=1)) == 1


def test_reading_lowers_the_count_of_the_reader_only(session: Session) -> None:
    send(session, "一", 1, 2)
    send(session, "二", 1, 2)
    assert notices.unread(session, person=1) == 2
    theirs = [one.id for one in notices.inbox(session, person=2)]

    with transaction(session) as tx:
        notices.mark_read(tx, person=1, now=NOW, notices=[notices.inbox(tx, person=1)[0].id, *theirs])
    assert (notices.unread(session, person=1), notices.unread(session, person=2)) == (1, 2)

    with transaction(session) as tx:
        notices.mark_read(tx, person=1, now=NOW)
    assert (notices.unread(session, person=1), notices.unread(session, person=2)) == (0, 2)
    assert {one.read_at for one in notices.inbox(session, person=1)} == {NOW}


def test_counting_stops_where_the_page_stops_showing(session: Session) -> None:
    for number in range(notices.MOST_COUNTED + 3):
        send(session, str(number), 1)

    assert notices.unread(session, person=1) == notices.MOST_COUNTED


def test_a_notice_to_nobody_writes_nothing(session: Session) -> None:
    send(session, "一")

    assert notices.inbox(session, person=1) == []


def test_a_payload_of_another_making_is_refused(session: Session) -> None:
    with pytest.raises(KeyError), transaction(session) as tx:
        notices.write(tx, {"people": [1]}, now=NOW)
