"""Administrators look after accounts; nobody else does, and somebody always can."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from runtime.language.refusal import Forbidden, NotFound, Refused
from runtime.running.context import Clock, open_context
from runtime.store import accounts, audit, directory, organisation
from runtime.store.passwords import fits
from runtime.store.session import Session, Sessions
from runtime.store.transaction import transaction
from runtime.usecases.list_audit import list_audit
from runtime.usecases.list_people import list_people
from runtime.usecases.open_person import open_person
from runtime.usecases.reset_password import reset_password
from runtime.usecases.set_person_active import set_person_active
from runtime.usecases.set_roles import set_roles
from tests.store.organisation import ORGANISATION
from tests.usecases.house import House


@pytest.fixture
def house(session: Session) -> House:
    """A house with people and no packs."""
    with transaction(session) as tx:
        organisation.load_organisation(tx, ORGANISATION)
    return House(session)


def may_work(house: House, who: str) -> bool:
    clock = Clock(house.moment)
    try:
        open_context(house.session, clock=clock, actor=house.person(who))
    except Forbidden:
        return False
    finally:
        house.session.rollback()
    return True


def noted(house: House) -> list[tuple[str, str]]:
    """Return what stands on the record, newest first."""
    found = [(line.kind, line.object) for line in audit.entries(house.session)]
    house.session.rollback()
    return found


def roles_of(house: House, who: str) -> set[str]:
    found = set(directory.today(house.session).roles_of(who))
    house.session.rollback()
    return found


def test_people_are_listed_with_their_organisation(house: House) -> None:
    found = list_people(session=house.session, actor=house.person("root"), search="销售", limit=1)

    assert [(one.code, one.login) for one in found.people] == [("lead", "lead")]
    assert (found.total, found.earlier, found.later) == (2, False, True)
    assert found.directory.roles_of("lead") == {"sales_director"}


def test_somebody_deactivated_cannot_act_and_comes_back(house: House) -> None:
    sam = house.person("sam")

    house.run(set_person_active, "root", person=sam, active=False)
    assert not may_work(house, "sam")
    house.run(set_person_active, "root", person=sam, active=True)

    assert may_work(house, "sam")
    assert noted(house) == [("person.activated", "person/sam"), ("person.deactivated", "person/sam")]


def test_what_is_so_already_leaves_no_trace(house: House) -> None:
    house.run(set_person_active, "root", person=house.person("sam"), active=True)
    house.run(set_roles, "root", person=house.person("sam"), roles=["sales_rep"])

    assert noted(house) == []


def test_nobody_deactivates_themselves(house: House) -> None:
    root = house.person("root")

    with pytest.raises(Refused, match="不能停用自己的账号"):
        house.run(set_person_active, "root", person=root, active=False)

    assert directory.today(house.session).people["root"].active
    assert noted(house) == []


def test_the_last_administrator_keeps_the_role(house: House) -> None:
    root, sam = house.person("root"), house.person("sam")
    house.run(set_roles, "root", person=sam, roles=["sales_rep", "system_admin"])
    house.run(set_person_active, "root", person=sam, active=False)  # there are two, but only one can log in

    with pytest.raises(Refused, match="至少要保留一名"):
        house.run(set_roles, "root", person=root, roles=[])

    house.run(set_person_active, "root", person=sam, active=True)
    house.run(set_roles, "root", person=root, roles=[])
    with pytest.raises(Forbidden):
        house.run(set_roles, "root", person=root, roles=["system_admin"])


def test_roles_are_given_and_taken_as_asked(house: House) -> None:
    house.run(set_roles, "root", person=house.person("nora"), roles=["legal", "sales_director"])

    assert roles_of(house, "nora") == {"legal", "sales_director"}
    assert directory.today(house.session).members("legal") == ("lara", "nora")
    [line] = audit.entries(house.session)
    assert line.detail == {"given": ["legal", "sales_director"], "taken": ["sales_rep"]}


def test_a_role_that_does_not_exist_is_refused_as_a_whole(house: House) -> None:
    with pytest.raises(NotFound, match="没有角色“king”"):
        house.run(set_roles, "root", person=house.person("nora"), roles=["legal", "king"])

    assert roles_of(house, "nora") == {"sales_rep"}


def test_a_new_password_opens_the_account_and_is_nowhere_to_be_read(house: House) -> None:
    sam = house.person("sam")
    with transaction(house.session) as tx:
        accounts.note_failure(tx, login="sam.s", ip="x", at=house.moment)

    made = house.run(reset_password, "root", person=sam, address="10.0.0.7")

    account = accounts.by_id(house.session, sam)
    assert account is not None
    assert fits(made.password, account.password_hash)
    assert (made.login, made.name) == ("sam.s", "销售甲")
    assert made.password not in repr(made)
    assert accounts.failures(house.session, login="sam.s", ip="x", since=house.moment).of_login == 0
    [line] = audit.entries(house.session)
    assert (line.kind, line.ip, line.detail) == ("person.password_reset", "10.0.0.7", {})
    assert line.actor == house.person("root")


def test_two_new_passwords_differ(house: House) -> None:
    first, second = (house.run(reset_password, "root", person=house.person("sam")) for _ in range(2))

    assert first.password != second.password
    assert len(first.password) == 16


def test_ones_own_password_is_not_reset(house: House) -> None:
    with pytest.raises(Refused, match="个人设置"):
        house.run(reset_password, "root", person=house.person("root"))


ACTS: list[tuple[Any, dict[str, Any]]] = [
    (set_person_active, {"active": False}),
    (reset_password, {}),
    (set_roles, {"roles": []}),
]


@pytest.mark.parametrize(("act", "given"), ACTS, ids=lambda one: getattr(one, "__name__", ""))
def test_only_administrators_act_and_only_on_people_that_exist(
    house: House, act: Any, given: dict[str, Any]
) -> None:
    with pytest.raises(Forbidden, match="只有系统管理员"):
        house.run(act, "sam", person=house.person("lara"), **given)
    with pytest.raises(NotFound, match="没有这个用户"):
        house.run(act, "root", person=999, **given)

    assert noted(house) == []


def test_only_administrators_look(house: House) -> None:
    sam, session = house.person("sam"), house.session

    with pytest.raises(Forbidden):
        list_people(session=session, actor=sam)
    with pytest.raises(Forbidden):
        list_audit(session=session, actor=sam)
    with pytest.raises(Forbidden):
        open_person(session=session, actor=sam, person=sam)
    with pytest.raises(Forbidden):
        open_person(session=session, actor=0, person=sam)


def test_an_administrator_who_was_deactivated_is_none(house: House) -> None:
    with transaction(house.session) as tx:
        organisation.set_active(tx, house.person("root"), active=False)

    with pytest.raises(Forbidden):
        list_people(session=house.session, actor=house.person("root"))


def test_an_account_is_opened_with_what_was_done_to_it(house: House) -> None:
    sam, root = house.person("sam"), house.person("root")
    house.run(set_person_active, "root", person=sam, active=False)
    house.run(set_person_active, "root", person=house.person("lara"), active=False)

    opened = open_person(session=house.session, actor=root, person=sam)

    assert (opened.login, opened.person.active) == ("sam.s", False)
    assert [line.object for line in opened.entries] == ["person/sam"]
    with pytest.raises(NotFound):
        open_person(session=house.session, actor=root, person=999)


def test_the_record_is_read_page_by_page(house: House) -> None:
    root, sam = house.person("root"), house.person("sam")
    for active in (False, True, False):
        house.run(set_person_active, "root", person=sam, active=active)

    first = list_audit(session=house.session, actor=root, limit=2)
    rest = list_audit(session=house.session, actor=root, limit=2, before=first.entries[-1].id)

    assert (len(first.entries), first.more) == (2, True)
    assert (len(rest.entries), rest.more) == (1, False)


def test_two_administrators_who_deactivate_each_other_leave_one(house: House) -> None:
    root, sam = house.person("root"), house.person("sam")
    house.run(set_roles, "root", person=sam, roles=["system_admin"])
    opened = Sessions(house.session.engine)
    house.session.rollback()
    together = Barrier(2, timeout=30)

    def deactivate(actor: int, person: int) -> bool:
        with opened() as session:
            together.wait()
            try:
                clock = Clock(house.moment)
                set_person_active(session=session, clock=clock, actor=actor, person=person, active=False)
            except Forbidden:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(deactivate, *pair) for pair in ((root, sam), (sam, root))]

    assert sorted(one.result() for one in asked) == [False, True]
