"""Say which roles somebody has."""

from collections.abc import Collection

from runtime.language.directory import Directory, Person
from runtime.language.refusal import NotFound, Refused
from runtime.language.speech import _
from runtime.running.administrator import administrator, administrators
from runtime.running.context import Clock
from runtime.store import organisation
from runtime.store.access import ADMINISTRATORS
from runtime.store.session import Session
from runtime.store.transaction import transaction


def set_roles(
    *, session: Session, clock: Clock, actor: int, person: int, roles: Collection[str], address: str = ""
) -> Person:
    """Return the person, who has exactly these roles (codes) from now on; a new role puts them last in it.

    :raises Forbidden: if `actor` is no administrator.
    :raises NotFound: if there is no such person or role.
    :raises Refused: if no active administrator would be left.
    """
    with transaction(session) as tx:
        admin = administrator(tx, clock=clock, actor=actor, address=address, holding=True)
        found, directory = admin.somebody(person), admin.directory
        wanted = frozenset(roles)
        unknown = sorted(wanted - directory.roles.keys())
        if unknown:
            raise NotFound("no_such_role", _("没有角色“%(role)s”。", role=unknown[0]))
        had = directory.roles_of(found.code)
        if ADMINISTRATORS in had - wanted and set(administrators(directory)) <= {found.code}:
            raise Refused("last_administrator", _("至少要保留一名启用的系统管理员。"))
        for role in sorted(wanted ^ had):
            members = _members(directory, role, found.code, joins=role in wanted)
            organisation.set_members(tx, role, members=members)
        if wanted != had:
            given, taken = sorted(wanted - had), sorted(had - wanted)
            admin.note("person.roles_changed", f"person/{found.code}", given=given, taken=taken)
    return found


def _members(directory: Directory, role: str, person: str, *, joins: bool) -> tuple[str, ...]:
    others = tuple(one for one in directory.members(role) if one != person)
    return (*others, person) if joins else others
