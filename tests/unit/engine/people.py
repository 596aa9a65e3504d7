"""A small organisation: ivy starts cases; everybody else is there to approve them."""

from __future__ import annotations

from collections.abc import Iterable

from runtime.language.directory import Company, Department, Directory, Person, Post, Role

#: Who starts cases in tests.
IVY = "ivy"

_COMPANIES = [Company("group", "集团", head="gus"), Company("north", "北方公司", "group", head="nora")]
_DEPARTMENTS = [
    Department("sales", "销售部", "north", None, head="sue", division_leader="dan"),
    Department("east", "东区", "north", "sales", head="eva"),
    Department("legal", "法务部", "north", None, head="leo"),
]
_PEOPLE = [
    Person(1, IVY, "艾薇", "east", "north", superior="eva"),
    Person(2, "eva", "伊娃", "east", "north"),
    Person(3, "sue", "苏", "sales", "north"),
    Person(4, "dan", "丹", None, "north"),
    Person(5, "nora", "诺拉", None, "north"),
    Person(6, "gus", "格斯", None, "group"),
    Person(7, "leo", "利奥", "legal", "north", post="counsel"),
    Person(8, "amy", "艾米", "legal", "north", post="counsel"),
    Person(9, "bob", "鲍勃", "legal", "north"),
    Person(10, "cal", "卡尔", "east", "north"),
    Person(11, "una", "尤娜", "sales", "north"),
    Person(12, "old", "奥德", "legal", "north", active=False, successor="bob"),
    Person(13, "off", "奥夫", "legal", "north", active=False),
    Person(14, "ada", "艾达", None, "group"),
    # Whole chain gone: the successor has left as well.
    Person(15, "ago", "阿戈", "east", "north", active=False, successor="off"),
]
_ROLES = [
    Role("buyers", "采购员", ("una", "cal", "gus")),
    Role("process_admin", "流程管理员", ("ada",)),
    Role("nobody", "空角色", ()),
]


def house(*changed: Person, without: Iterable[str] = (), admins: Iterable[str] = ("ada",)) -> Directory:
    """Return the organisation, with these people instead of those of the same code."""
    people = {one.code: one for one in (*_PEOPLE, *changed) if one.code not in set(without)}
    roles = {one.code: one for one in _ROLES} | {
        "process_admin": Role("process_admin", "流程管理员", tuple(admins))
    }
    return Directory(
        revision=1,
        people=people,
        departments={one.code: one for one in _DEPARTMENTS},
        companies={one.code: one for one in _COMPANIES},
        posts={"counsel": Post("counsel", "法律顾问")},
        roles=roles,
        slots={"shop/buyer": "buyers", "shop/duty": "bob", "shop/law": "legal"},
    )


HOUSE = house()
