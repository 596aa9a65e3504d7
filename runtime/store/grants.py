"""Grants: who is given which rows of an entity, as the apps' permissions say."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, true

from runtime.language.app import App, Permission
from runtime.language.directory import Directory, Person
from runtime.store.entity_tables import EntityTable

#: Roles that nobody enters: they follow from the organisation. A head's departments are those they lead.
EVERYBODY, HEADS = "all_staff", "dept_head"


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission and the app that says it: role slots and short names in it are that app's."""

    app: str
    permission: Permission


#: Makes the SQL of a grant's `where`.
Where = Callable[[Grant, EntityTable], ColumnElement[bool]]


class Grants:
    """The grants of all installed apps, by the entity they are about. Made once per set of releases."""

    def __init__(self, apps: Iterable[App]) -> None:
        found: defaultdict[str, list[Grant]] = defaultdict(list)
        for app in apps:
            for permission in app.permissions:
                for name in permission.on:
                    found[app.ref(name)].append(Grant(app.code, permission))
        self._found: Mapping[str, tuple[Grant, ...]] = {path: tuple(grants) for path, grants in found.items()}

    def on(self, path: str) -> tuple[Grant, ...]:
        """Return the grants on `pack/entity`."""
        return self._found.get(path, ())


def is_given(grant: Grant, viewer: Person, directory: Directory) -> bool:
    """Say whether the grant is this person's; nothing is given to somebody who has left."""
    role = directory.bound(grant.app, grant.permission.who)
    if not viewer.active:
        return False
    if role == EVERYBODY:
        return True
    if role == HEADS:
        return bool(_headed(viewer, directory))
    return viewer.code in directory.members(role)


def scope_clause(
    grant: Grant, there: EntityTable, *, viewer: Person, directory: Directory
) -> ColumnElement[bool]:
    """Return the condition of the rows in the grant's scope, seen from this person; without its `where`."""
    table = there.table.c
    heads = directory.bound(grant.app, grant.permission.who) == HEADS
    departments = _headed(viewer, directory) if heads else frozenset({viewer.department} - {None})
    match grant.permission.scope:
        case "own":
            return table.s_owner == viewer.id
        case "dept":
            return table.s_owner_dept.in_(sorted(departments))
        case "dept_tree":
            trees = (directory.tree(one) for one in departments)
            return table.s_owner_dept.in_(sorted(frozenset[str]().union(*trees)))
        case "company":
            return table.s_company == viewer.company if viewer.company else false()
        case "all":
            return true()
        case "granted":
            return false()  # what rules grant until a date has no table yet


def _headed(viewer: Person, directory: Directory) -> frozenset[str]:
    return frozenset(one.code for one in directory.departments.values() if one.head == viewer.code)
