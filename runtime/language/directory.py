"""The organisation as an immutable value: people, departments, companies, roles and who leads whom.

Codes of people, departments and so on are permanent identifiers; names and log-ins may change.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    #: Number used in tasks and rows.
    id: int
    code: str
    name: str
    department: str | None = None
    company: str | None = None
    post: str | None = None
    job_level: str | None = None
    superior: str | None = None
    #: Who takes over the work of somebody inactive.
    successor: str | None = None
    emp_no: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Department:
    """A department; `parent` is a department, None at the top of a company."""

    code: str
    name: str
    company: str
    parent: str | None = None
    head: str | None = None
    division_leader: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A company (单位) of the group."""

    code: str
    name: str
    parent: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post (岗位)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role and its members' codes, in the order entered."""

    code: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directory:
    """One revision of the organisation."""

    revision: int
    people: Mapping[str, Person] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    companies: Mapping[str, Company] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    #: What a pack's slots are bound to: "pack/slot" → code of a role, department, post or person.
    slots: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_id = {person.id: person for person in self.people.values()}
        object.__setattr__(self, "_by_id", by_id)
        roles: dict[str, set[str]] = {}
        for role in self.roles.values():
            for code in role.members:
                roles.setdefault(code, set()).add(role.code)
        held = {code: frozenset(found) for code, found in roles.items()}
        object.__setattr__(self, "_roles_of", held)

    def person(self, code: str | None) -> Person | None:
        """Return the person with this code, or None."""
        return self.people.get(code) if code else None

    def by_id(self, number: int | None) -> Person | None:
        """Return the person with this number, or None."""
        by_id: dict[int, Person] = self.__dict__["_by_id"]
        return by_id.get(number) if number is not None else None

    def roles_of(self, code: str) -> frozenset[str]:
        """Return the codes of the roles that the person is a member of."""
        held: dict[str, frozenset[str]] = self.__dict__["_roles_of"]
        return held.get(code, frozenset())

    def upwards(self, department: str | None) -> Iterator[Department]:
        """Yield the department and those above it, nearest first; stops at a cycle."""
        seen: set[str] = set()
        while department and department in self.departments and department not in seen:
            seen.add(department)
            found = self.departments[department]
            yield found
            department = found.parent

    def tree(self, department: str | None) -> frozenset[str]:
        """Return the codes of the department and everything below it."""
        if department not in self.departments:
            return frozenset()
        inside = {department}
        grown = True
        while grown:
            more = {one.code for one in self.departments.values() if one.parent in inside} - inside
            inside |= more
            grown = bool(more)
        return frozenset(code for code in inside if code)

    def heads(self, department: str | None, *, company: str | None = None) -> Iterator[str]:
        """Yield who leads the department, those above it, the company and those above, nearest first.

        `company` is asked where there is no department.
        """
        for one in self.upwards(department):
            company = one.company
            if one.head:
                yield one.head
        yield from self._company_heads(company)

    def head_of(self, department: str | None, *, above: str | None = None) -> str | None:
        """Return the head of the department, else of the nearest department or company above that has one.

        `above` is a person: where that person is the head, the next one up is asked
        (申请人自己是主管时取上级部门主管).
        """
        return next((head for head in self.heads(department) if head != above), None)

    def division_leader_of(self, department: str | None) -> str | None:
        """Return the 分管领导 of the department, else of the nearest one above that has one."""
        return next((one.division_leader for one in self.upwards(department) if one.division_leader), None)

    def superior_of(self, code: str | None) -> str | None:
        """Return the direct superior of a person, else the nearest head above them."""
        person = self.person(code)
        if person is None:
            return None
        if person.superior and person.superior != code:
            return person.superior
        heads = self.heads(person.department, company=person.company)
        return next((head for head in heads if head != code), None)

    def stand_in_for(self, code: str) -> str | None:
        """Return who does the work of somebody inactive: the nearest active successor, else head above."""
        person = self.person(code)
        if person is None:
            return None
        passed_over = {code}
        heir = self.person(person.successor)
        while heir and heir.code not in passed_over:
            if heir.active:
                return heir.code
            passed_over.add(heir.code)
            heir = self.person(heir.successor)
        heads = (self.person(head) for head in self.heads(person.department, company=person.company))
        return next((head.code for head in heads if head and head.active and head.code != code), None)

    def company_head_of(self, company: str | None) -> str | None:
        """Return the head of the company, else of the nearest company above that has one."""
        return next(self._company_heads(company), None)

    def bound(self, app: str, slot: str) -> str:
        """Return what the pack's slot is bound to; an unbound slot means the code itself."""
        return self.slots.get(f"{app}/{slot}", slot)

    def members(self, role: str) -> tuple[str, ...]:
        """Return the role's members, in the order entered; empty for an unknown role."""
        found = self.roles.get(role)
        return found.members if found else ()

    def numbers(self, codes: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the people with these codes; unknown codes are left out."""
        return tuple(self.people[code].id for code in codes if code in self.people)

    def _company_heads(self, company: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while company and company in self.companies and company not in seen:
            seen.add(company)
            found = self.companies[company]
            if found.head:
                yield found.head
            company = found.parent
