"""Writing the organisation: from data, and one by one. Every write raises the organisation's revision."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Table, delete, select, update

from runtime.language.problem import Problem, Problems
from runtime.language.speech import _
from runtime.store import tables
from runtime.store.session import Session
from runtime.store.snapshot import raise_organisation
from runtime.store.upsert import insert

_PERSON_KEYS = ("name", "department", "company", "post", "job_level", "superior", "successor", "emp_no")

#: What each kind of row may refer to, by key.
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "companies": {"parent": "companies", "head": "people"},
    "departments": {
        "company": "companies",
        "parent": "departments",
        "head": "people",
        "division_leader": "people",
    },
    "people": {
        "department": "departments",
        "company": "companies",
        "post": "posts",
        "superior": "people",
        "successor": "people",
    },
}


def load_organisation(
    tx: Session, data: Mapping[str, Any], *, password_hash: Callable[[str], str | None] = lambda _person: None
) -> None:
    """Enter companies, departments, posts, people and roles; what is there already is brought up to date.

    `data` has the lists `companies`, `departments`, `posts`, `people`, `roles` with the keys of
    `language.directory`; a person's `login` is their code unless given. `password_hash` gives a *new*
    person's hash by code; the password of somebody who is there already stays. Nobody is removed.

    :raises Problems: if a code is given twice or refers to nothing; then nothing was written.
    """
    problems = tuple(_problems(data))
    if problems:
        raise Problems(problems)
    _write(tx, tables.company, _ranked(data, "companies", ("name", "parent", "head")))
    _write(
        tx,
        tables.department,
        _ranked(data, "departments", ("name", "company", "parent", "head", "division_leader")),
    )
    _write(tx, tables.post, [_row(one, ("name",)) for one in data.get("posts", ())])
    people = [
        _row(one, _PERSON_KEYS)
        | {"login": one.get("login", one["code"]), "active": one.get("active", True)}
        | {"company": one.get("company") or _company_of(data, one.get("department"))}
        | {"password_hash": password_hash(one["code"])}
        for one in data.get("people", ())
    ]
    _write(tx, tables.person, people, keep=frozenset({"password_hash"}))
    _write(tx, tables.role, [_row(one, ("name",)) for one in data.get("roles", ())])
    for one in data.get("roles", ()):
        _set_members(tx, one["code"], one.get("members") or ())
    raise_organisation(tx)


def set_members(tx: Session, role: str, *, members: Iterable[str]) -> None:
    """Make `members` (people's codes) the role's members, in this order."""
    _set_members(tx, role, members)
    raise_organisation(tx)


def bind_slots(tx: Session, app: str, *, bindings: Mapping[str, tuple[str, str]]) -> None:
    """Bind slots of an app: slot → (kind, code of the role, department, post or person)."""
    table = tables.slot_binding
    for slot, (kind, target) in bindings.items():
        row = insert(tx, table).values(app=app, slot=slot, kind=kind, target=target)
        tx.execute(
            row.on_conflict_do_update(index_elements=["app", "slot"], set_=_excluded(row, "kind", "target"))
        )
    raise_organisation(tx)


def set_active(tx: Session, person: int, *, active: bool) -> None:
    """Let somebody log in and get work, or not any more."""
    _update_person(tx, person, active=active)
    raise_organisation(tx)


def set_password_hash(tx: Session, person: int, *, password_hash: str | None) -> None:
    """Keep the argon2 hash of a new password; None means that no password lets them in."""
    _update_person(tx, person, password_hash=password_hash)


def hold(tx: Session) -> None:
    """Wait until nobody else is changing the organisation, and let nobody change it until the commit."""
    tx.execute(select(tables.org_revision.c.number).with_for_update())


def _update_person(tx: Session, person: int, **values: object) -> None:
    tx.execute(update(tables.person).where(tables.person.c.id == person).values(**values))


def _set_members(tx: Session, role: str, members: Iterable[str]) -> None:
    table, person = tables.role_member, tables.person
    role_id = tx.scalar(select(tables.role.c.id).where(tables.role.c.code == role))
    codes = list(members)
    numbers = dict(tx.execute(select(person.c.code, person.c.id).where(person.c.code.in_(codes))).all())
    tx.execute(delete(table).where(table.c.role_id == role_id))
    rows = [
        {"role_id": role_id, "person_id": numbers[code], "position": position}
        for position, code in enumerate(codes)
    ]
    if rows:
        tx.execute(table.insert(), rows)


def _write(
    tx: Session, table: Table, rows: list[dict[str, Any]], *, keep: frozenset[str] = frozenset()
) -> None:
    """Insert the rows; of one that is there (by code) all columns but `keep` are brought up to date."""
    if not rows:
        return
    entered = insert(tx, table)
    changed = [key for key in rows[0] if key not in keep and key != "code"]
    statement = entered.on_conflict_do_update(index_elements=["code"], set_=_excluded(entered, *changed))
    tx.execute(statement, rows)


def _excluded(entered: Any, *keys: str) -> dict[str, Any]:
    return {key: getattr(entered.excluded, key) for key in keys}


def _row(one: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {"code": one["code"]} | {key: one.get(key) for key in keys}


def _ranked(data: Mapping[str, Any], kind: str, keys: Iterable[str]) -> list[dict[str, Any]]:
    return [_row(one, keys) | {"position": position} for position, one in enumerate(data.get(kind, ()))]


def _company_of(data: Mapping[str, Any], department: str | None) -> str | None:
    found = (one["company"] for one in data.get("departments", ()) if one["code"] == department)
    return next(found, None)


def _problems(data: Mapping[str, Any]) -> Iterable[Problem]:
    known = {kind: [one["code"] for one in data.get(kind, ())] for kind in (*_REFERENCES, "posts", "roles")}
    for kind, codes in known.items():
        for at, code in enumerate(codes):
            if code in codes[:at]:
                yield Problem("duplicate_code", f"$.{kind}[{at}].code", _("编码“%(code)s”重复。", code=code))
    for kind, keys in _REFERENCES.items():
        for at, one in enumerate(data.get(kind, ())):
            for key, target in keys.items():
                yield from _dangling(known[target], one.get(key), f"$.{kind}[{at}].{key}")
    for at, one in enumerate(data.get("roles", ())):
        for position, member in enumerate(one.get("members") or ()):
            yield from _dangling(known["people"], member, f"$.roles[{at}].members[{position}]")


def _dangling(known: list[str], code: str | None, path: str) -> Iterable[Problem]:
    if code is not None and code not in known:
        yield Problem("unknown_code", path, _("应为组织中已有的编码，实为“%(code)s”。", code=code))
