"""A rule that writes a row of a table keeps its sub-tables, and formulas that sum them up stay true."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from runtime.packs.read import read_pack
from runtime.running.context import Clock
from runtime.store import entity_tables, organisation, records
from runtime.store.session import Session
from runtime.store.transaction import transaction
from runtime.usecases.install_packs import Options, install_packs
from tests.store.organisation import ORGANISATION
from tests.usecases.house import PACK, House


@pytest.fixture
def house(session: Session) -> House:
    """The house, with suppliers whose room also depends on their contacts."""
    pack = read_pack(PACK)
    supplier = pack.texts["tables/supplier.yaml"]
    summed = supplier.replace('"credit - spent"', '"credit - spent - sum(contacts.bonus)"')
    assert summed != supplier
    changed = replace(pack, texts={**pack.texts, "tables/supplier.yaml": summed})
    with transaction(session) as tx:
        organisation.load_organisation(tx, ORGANISATION)
    house = House(session)
    clock = Clock(house.moment)
    install_packs(session=session, clock=clock, actor=0, packs=[changed], options=Options())
    return house


def test_a_formula_over_a_sub_table_follows_a_rules_write(house: House) -> None:
    contacts = [{"person": "甲", "bonus": "30"}, {"person": "乙", "bonus": "12"}]
    # Only an administrator may fill in the bonus.
    number = house.supplier("root", name="星澜", keeper="sam", contacts=contacts)
    case = house.submit(supplier="G001")
    for who in ("lead", "lara"):
        house.act(who, case, "approve")
    house.act("sam", case, "complete", posted={"signed": "2026-03-02"})

    there = entity_tables.today(house.session).get("trade/supplier")
    found = records.read(house.session, there, number).values

    assert found["spent"] == Decimal("21.00")
    assert found["room"] == Decimal("937.00")
    assert [(row["person"], row["bonus"]) for row in found["contacts"]] == [
        ("甲", Decimal("30.00")),
        ("乙", Decimal("12.00")),
    ]
