"""The desk: what waits, what was done, told and started; drafts that are thrown away."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from runtime.language.refusal import Conflict, NotFound, Refused
from runtime.store import entity_tables, tables
from runtime.usecases.delete_draft import delete_draft
from runtime.usecases.list_notices import list_notices
from runtime.usecases.list_tasks import DeskPage, list_tasks
from runtime.usecases.mark_case_read import mark_case_read
from runtime.usecases.mark_notices_read import mark_notices_read
from runtime.usecases.save_draft import save_draft
from tests.store.databases import watched
from tests.usecases.house import House


@pytest.fixture
def gold(house: House) -> House:
    """Return the house with a supplier to buy from."""
    house.supplier(name="星澜", level="gold")
    return house


def _desk(house: House, who: str, kind: str, **asked: Any) -> DeskPage:
    return house.run(list_tasks, who, kind=kind, **asked)


def test_each_list_has_its_lines(gold: House) -> None:
    case = gold.submit(supplier="G001")
    gold.act("lead", case, "approve")

    [started] = _desk(gold, "sam", "started").lines
    [waiting] = _desk(gold, "lara", "waiting").lines
    [done] = _desk(gold, "lead", "done").lines

    assert (started.title, started.no, started.state) == ("采购-星澜", "CG20260001", "running")
    assert (started.node, started.holders, started.flow_name) == ("法务复核", ("法务",), "采购审批")
    assert (waiting.node, waiting.initiator, waiting.unread) == ("法务复核", "销售甲", True)
    assert waiting.app_name == "采购"
    assert (done.verdict, done.unread) == ("approved", False)
    assert _desk(gold, "lead", "waiting").lines == ()


def test_lists_are_paged_and_searched(gold: House) -> None:
    for _ in range(5):
        gold.submit(supplier="G001")

    first = _desk(gold, "sam", "started", limit=2)
    rest = _desk(gold, "sam", "started", limit=9, after=first.after)
    found = [len(_desk(gold, "lead", "waiting", words=words).lines) for words in ("星澜", "云海")]

    assert (len(first.lines), len(rest.lines), rest.after) == (2, 3, None)
    assert found == [5, 0]


def test_finished_work_is_paged_by_when_it_was_finished(gold: House) -> None:
    cases = [gold.submit(supplier="G001") for _ in range(3)]
    for case in reversed(cases):
        gold.act("lead", case, "approve")

    first = _desk(gold, "lead", "done", limit=2)
    second = _desk(gold, "lead", "done", limit=2, after=first.after)

    assert [one.case_id for one in (*first.lines, *second.lines)] == cases


@pytest.mark.parametrize("after", ["x", "soon~1", "9" * 40, "2026-01-01~1"])
def test_a_wrong_place_is_refused(gold: House, after: str) -> None:
    with pytest.raises(Refused, match="翻页位置无效"):
        _desk(gold, "lead", "done", after=after)


def test_a_list_takes_as_many_statements_however_long_it_is(gold: House) -> None:
    gold.submit(supplier="G001")
    _desk(gold, "sam", "started")
    with watched(gold.session) as few:
        _desk(gold, "sam", "started")
    for _ in range(5):
        gold.submit(supplier="G001")
    with watched(gold.session) as many:
        _desk(gold, "sam", "started")

    assert len(few) == len(many)


def test_a_notice_is_finished_by_reading_it(gold: House) -> None:
    case = gold.submit(supplier="G001")
    gold.act("lead", case, "approve")
    gold.act("lara", case, "approve")
    [told] = _desk(gold, "root", "told").lines

    for _ in range(2):
        gold.run(mark_case_read, "root", case_id=case)

    assert told.unread
    assert not _desk(gold, "root", "told").lines[0].unread


def test_opened_work_stays_to_be_done(gold: House) -> None:
    case = gold.submit(supplier="G001")

    gold.run(mark_case_read, "lead", case_id=case)

    [line] = _desk(gold, "lead", "waiting").lines
    assert not line.unread


def test_notices_are_read_one_by_one_or_all(house: House) -> None:
    sam = house.person("sam")
    for number in range(3):
        row = {"person": sam, "kind": "x", "title": f"通知{number}", "created_at": house.moment}
        house.session.execute(tables.notice.insert().values(**row))
    house.session.commit()

    first = house.run(list_notices, "sam", limit=2)
    house.run(mark_notices_read, "sam", notice_ids=[first.notices[0].id])
    after = house.run(list_notices, "sam", after=first.after)
    house.run(mark_notices_read, "sam")

    assert ([one.title for one in first.notices], first.unread) == (["通知2", "通知1"], 3)
    assert ([one.title for one in after.notices], after.unread) == (["通知0"], 2)
    assert house.run(list_notices, "sam").unread == 0
    assert house.run(list_notices, "nora").notices == ()


def _draft(house: House, **posted: Any) -> int:
    asked = {"app": "trade", "flow": "buy", "posted": {"reason": "一", **posted}, "token": house.token()}
    return house.run(save_draft, "sam", **asked).case_id


def _delete(house: House, who: str, case: int, token: str | None = None) -> None:
    house.run(delete_draft, who, case_id=case, token=token or house.token())


def test_a_deleted_draft_leaves_nothing(house: House) -> None:
    case = _draft(house, items=[{"thing": "纸"}])
    request = entity_tables.today(house.session).get("trade/request")

    for _ in range(2):
        _delete(house, "sam", case, "once")

    left = [request.table, request.rows["items"].table, tables.flow_case, tables.event, tables.revision]
    counts = [house.session.scalar(select(func.count()).select_from(table)) for table in left]
    house.session.rollback()
    assert counts == [0, 0, 0, 0, 0]


def test_only_ones_own_draft_is_deleted_and_never_what_was_sent(gold: House) -> None:
    draft, sent = _draft(gold), gold.submit(supplier="G001")

    with pytest.raises(NotFound):
        _delete(gold, "root", draft)
    with pytest.raises(Conflict):
        _delete(gold, "sam", sent)
