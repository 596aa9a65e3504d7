"""What told somebody of a case is read once they have opened it."""

from __future__ import annotations

from runtime.store import notices
from runtime.store.transaction import transaction
from runtime.usecases.list_notices import list_notices
from runtime.usecases.list_tasks import list_tasks
from runtime.usecases.mark_case_read import mark_case_read
from tests.store.databases import watched
from tests.usecases.house import House


def _told(house: House) -> int:
    """Return a case of which the director has a task and a notice in the inbox."""
    house.supplier(name="星澜", level="gold")
    case = house.submit(supplier="G001")
    told = {"people": [house.person("lead")], "kind": "rule", "title": "请看", "case_id": case}
    with transaction(house.session) as tx:
        notices.write(tx, told, now=house.moment)
        notices.write(tx, {**told, "case_id": None}, now=house.moment)
    return case


def test_task_and_notices_of_the_case_are_read_and_no_others(house: House) -> None:
    case = _told(house)
    house.run(mark_case_read, "lead", case_id=case)

    [line] = house.run(list_tasks, "lead", kind="waiting").lines
    read = {one.case_id: one.read_at is not None for one in house.run(list_notices, "lead").notices}

    assert (line.unread, read) == (False, {case: True, None: False})


def test_what_others_were_told_stays_unread(house: House) -> None:
    case = _told(house)
    house.run(mark_case_read, "sam", case_id=case)

    [line] = house.run(list_tasks, "lead", kind="waiting").lines
    assert line.unread


def test_opening_it_again_writes_nothing(house: House) -> None:
    case = _told(house)
    house.run(mark_case_read, "lead", case_id=case)

    with watched(house.session) as statements:
        house.run(mark_case_read, "lead", case_id=case)

    assert not [one for one in statements if one.lstrip().upper().startswith("UPDATE")]
