"""Members of a role, of the whole group or of the initiator's surroundings."""

from collections.abc import Mapping
from typing import ClassVar

from runtime.assignees.source import Asking, Found, PersonSource
from runtime.language.flow import Source
from runtime.language.kept_speech import sentence as _l
from runtime.language.vocabulary import Of


class RoleMembers(PersonSource):
    """`{role: legal}`, `{role: sales_director, within: department}`, `{role: cashier, within: company}`."""

    code = "role"
    label = "角色"
    of: ClassVar[frozenset[Of]] = frozenset({"role"})
    options: ClassVar[Mapping[str, frozenset[str]]] = {"within": frozenset({"department", "company"})}

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the members; `within` keeps those nearest to the initiator."""
        directory = asking.directory
        role = directory.bound(asking.app, str(source.of))
        members = tuple(one for one in directory.members(role) if one in directory.people)
        found = directory.roles.get(role)
        label = found.name if found else role
        within = source.options.get("within")
        if within == "department":
            return _nearest(label, members, asking)
        if within == "company":
            return _of_company(label, members, asking)
        return Found(members, _l("角色“%(role)s”的成员", role=label))


def _nearest(label: str, members: tuple[str, ...], asking: Asking) -> Found:
    # 从申请人部门沿上级部门逐级查找，取最近一级中属于该角色的成员
    person = asking.directory.person(asking.initiator)
    for department in asking.directory.upwards(person.department if person else None):
        here = tuple(one for one in members if asking.directory.people[one].department == department.code)
        if here:
            why = _l(
                "角色“%(role)s”中“%(department)s”（离发起人最近的一级部门）的成员",
                role=label,
                department=department.name,
            )
            return Found(here, why)
    return Found((), _l("角色“%(role)s”在发起人部门及其上级部门没有成员", role=label))


def _of_company(label: str, members: tuple[str, ...], asking: Asking) -> Found:
    # 取发起人单位的成员；无匹配时沿上级单位取
    person = asking.directory.person(asking.initiator)
    company = person.company if person else None
    seen: set[str] = set()
    while company and company not in seen:
        seen.add(company)
        here = tuple(one for one in members if asking.directory.people[one].company == company)
        known = asking.directory.companies.get(company)
        if here:
            name = known.name if known else company
            return Found(here, _l("角色“%(role)s”中“%(company)s”的成员", role=label, company=name))
        company = known.parent if known else None
    return Found((), _l("角色“%(role)s”在发起人单位及其上级单位没有成员", role=label))
