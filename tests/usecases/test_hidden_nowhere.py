"""A value that somebody may not see appears in nothing that leaves for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from runtime.language.refusal import Forbidden, NotFound
from runtime.running.form_place import AtCase, AtRecord, AtStart
from runtime.running.record_listing import ListAsked
from runtime.usecases.calculate_form import calculate_form
from runtime.usecases.edit_record import edit_record
from runtime.usecases.export_records import export_records
from runtime.usecases.list_records import list_records
from runtime.usecases.list_tasks import list_tasks
from runtime.usecases.open_case import open_case
from runtime.usecases.open_record import open_record
from runtime.usecases.pick_records import pick_records
from runtime.usecases.save_record import save_record
from tests.usecases.house import House

#: What the director wrote into the request, the administrator into the supplier.
SECRET, FLOOR, BONUS = "98,765.43", "87,654.32", "76,543.21"


@pytest.fixture
def case(house: House) -> int:
    """Return a case in which secrets have been written, before its initiator once more."""
    contacts = [{"person": "甲", "bonus": BONUS}]
    given = {"name": "星澜", "level": "gold", "credit": "99999", "floor": FLOOR, "contacts": contacts}
    supplier = house.supplier("root", keeper="sam", **given)
    change = {"entity": "trade/supplier", "record_id": supplier, "rev": 1, "token": house.token()}
    house.run(save_record, "root", posted={"phone": "13800001111"}, **change)
    case = house.submit(supplier="G001")
    house.act("lead", case, "approve", posted={"secret": SECRET})
    house.act("lara", case, "approve")
    return case


def _outputs(house: House, who: str, case: int) -> Iterator[object]:
    """Yield everything a person can ask for; what is refused says nothing either."""
    asked: list[tuple[Callable[..., object], dict[str, Any]]] = [
        (open_case, {"case_id": case}),
        (calculate_form, {"place": AtCase(case), "posted": {}}),
        (
            calculate_form,
            {"place": AtStart("trade", "buy"), "posted": {"supplier": "G001"}, "picked": ["$.supplier"]},
        ),
        (calculate_form, {"place": AtRecord("trade/supplier", 1), "posted": {"credit": "1"}}),
        (pick_records, {"place": AtStart("trade", "buy"), "path": "$.supplier", "posted": {}}),
        (edit_record, {"entity": "trade/supplier", "record_id": 1}),
        (open_record, {"entity": "trade/supplier", "record_id": 1}),
        (open_record, {"entity": "trade/request", "record_id": 1}),
        (list_records, {"asked": ListAsked("trade/supplier")}),
        (list_records, {"asked": ListAsked("trade/request")}),
        (list_tasks, {"kind": "started"}),
    ]
    for use_case, given in asked:
        try:
            yield house.run(use_case, who, **given)
        except (Forbidden, NotFound) as refused:
            yield refused.message
    for entity in ("trade/supplier", "trade/request"):
        try:
            export = house.run(export_records, who, asked=ListAsked(entity), form="csv")
        except (Forbidden, NotFound):
            continue
        yield b"".join(export.chunks).decode()


@pytest.mark.parametrize(
    ("who", "hidden"),
    [
        ("sam", (SECRET, FLOOR, BONUS)),
        ("nora", (SECRET, FLOOR, BONUS)),
        ("lara", (SECRET, BONUS)),
        ("boss", (SECRET, FLOOR, BONUS)),
    ],
)
def test_what_is_hidden_leaves_by_no_way(house: House, case: int, who: str, hidden: tuple[str, ...]) -> None:
    told = [str(one) for one in _outputs(house, who, case)]

    for value in hidden:
        assert [text for text in told if value in text or value.replace(",", "") in text] == []


def test_the_secrets_are_there_for_those_who_may_see_them(house: House, case: int) -> None:
    told = "".join(str(one) for one in _outputs(house, "root", case))

    assert [value in told for value in (SECRET, FLOOR, BONUS)] == [True, True, True]
