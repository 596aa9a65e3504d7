"""Each source of people, asked directly."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.assignees import SOURCES
from runtime.assignees.source import Asking
from runtime.language.directory import Directory
from runtime.language.flow import Source
from tests.unit.engine.people import HOUSE

FACTS: dict[str, Any] = {
    "signer": "bob",
    "team": ["amy", "ghost", "leo", "amy"],
    "items.buyer": ["cal", None, "una"],
    "unit": "legal",
    "empty": None,
}


def found(
    kind: str,
    of: Any = None,
    *,
    initiator: str = "ivy",
    previous: tuple[str, ...] = ("cal",),
    house: Directory = HOUSE,
    **options: str,
) -> tuple[list[str], str]:
    """Return whom a source finds, and why they."""
    asking = Asking(house, "shop", initiator, previous, FACTS.get)
    answer = SOURCES.require(kind).people(Source(kind, of, options), asking)
    return list(answer.people), answer.because


def test_the_initiator_and_the_previous_handlers() -> None:
    assert found("initiator") == (["ivy"], "流程发起人")
    assert found("previous", previous=("amy", "bob")) == (["amy", "bob"], "上一节点处理人")


@pytest.mark.parametrize(
    ("field", "people"),
    [("signer", ["bob"]), ("team", ["amy", "leo"]), ("items.buyer", ["cal", "una"]), ("empty", [])],
)
def test_a_field_or_a_column_names_people_who_exist_each_once(field: str, people: list[str]) -> None:
    assert found("field", field) == (people, f"单据字段“{field}”的人员")


@pytest.mark.parametrize(("slot", "people"), [("duty", ["bob"]), ("amy", ["amy"]), ("ghost", [])])
def test_a_person_is_named_by_a_slot_or_directly(slot: str, people: list[str]) -> None:
    assert found("user", slot) == (people, "指定人员")


def test_a_departments_own_active_members() -> None:
    assert found("department", "law") == (["leo", "amy", "bob"], "部门“法务部”的成员")
    assert found("department", "sales")[0] == ["sue", "una"]
    assert found("department", "gone") == ([], "部门“gone”的成员")


def test_everybody_on_a_post() -> None:
    assert found("post", "counsel") == (["leo", "amy"], "岗位“法律顾问”的人员")


def test_the_members_of_a_role_in_the_order_entered() -> None:
    assert found("role", "buyer") == (["una", "cal", "gus"], "角色“采购员”的成员")
    assert found("role", "unknown") == ([], "角色“unknown”的成员")


@pytest.mark.parametrize(
    ("initiator", "people", "because"),
    [
        ("ivy", ["cal"], "角色“采购员”中“东区”（离发起人最近的一级部门）的成员"),
        ("sue", ["una"], "角色“采购员”中“销售部”（离发起人最近的一级部门）的成员"),
        ("amy", [], "角色“采购员”在发起人部门及其上级部门没有成员"),
        ("nora", [], "角色“采购员”在发起人部门及其上级部门没有成员"),
    ],
)
def test_the_members_of_a_role_nearest_to_the_initiators_department(
    initiator: str, people: list[str], because: str
) -> None:
    assert found("role", "buyer", initiator=initiator, within="department") == (people, because)


@pytest.mark.parametrize(
    ("role", "people", "because"),
    [
        ("buyer", ["una", "cal"], "角色“采购员”中“北方公司”的成员"),
        ("process_admin", ["ada"], "角色“流程管理员”中“集团”的成员"),
        ("nobody", [], "角色“空角色”在发起人单位及其上级单位没有成员"),
    ],
)
def test_the_members_of_a_role_in_the_initiators_company_or_the_one_above(
    role: str, people: list[str], because: str
) -> None:
    assert found("role", role, within="company") == (people, because)


@pytest.mark.parametrize(
    ("of", "initiator", "people"),
    [
        ("initiator", "ivy", ["eva"]),
        ("initiator", "eva", ["sue"]),  # the head's own head is one up
        ("initiator", "dan", []),  # no department
        ("previous", "ivy", ["eva"]),
        ("signer", "ivy", ["leo"]),
        ("unit", "ivy", ["leo"]),
        ("team", "ivy", ["leo", "nora"]),
    ],
)
def test_the_head_of_a_department(of: str, initiator: str, people: list[str]) -> None:
    assert found("dept_head", of, initiator=initiator)[0] == people


@pytest.mark.parametrize(
    ("initiator", "people"),
    [("ivy", ["eva"]), ("una", ["sue"]), ("sue", ["nora"]), ("nora", ["gus"]), ("gus", []), ("ghost", [])],
)
def test_the_direct_superior_else_the_nearest_head(initiator: str, people: list[str]) -> None:
    assert found("superior", "initiator", initiator=initiator) == (people, "发起人的直属上级")


def test_the_division_leader_of_the_nearest_department_that_has_one() -> None:
    assert found("division_leader", "initiator") == (["dan"], "发起人部门的分管领导")
    assert found("division_leader", "signer")[0] == []


def test_the_head_of_the_company_of_the_people_meant() -> None:
    assert found("company_head", "previous") == (["nora"], "上一节点处理人所在单位的负责人")
    assert found("company_head", "signer", previous=()) == (["nora"], "字段“signer”所在单位的负责人")


@pytest.mark.parametrize("source", list(SOURCES), ids=lambda source: source.code)
def test_every_source_may_find_nobody_and_then_still_says_why(source: Any) -> None:
    of = {"person": "initiator", "field": "empty"}.get(next(iter(source.of)), "nothing")
    people, because = found(source.code, of, initiator="ghost", previous=(), house=Directory(0))

    assert people == (["ghost"] if source.code == "initiator" else [])
    assert because
