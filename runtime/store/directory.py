"""Today's organisation as one immutable value, read once per revision and process."""

from collections import defaultdict

from sqlalchemy import Row, Table, select

from runtime.language.directory import Company, Department, Directory, Person, Post, Role
from runtime.store import tables
from runtime.store.session import Session
from runtime.store.snapshot import Snapshot, revisions

_SNAPSHOT: Snapshot[Directory] = Snapshot()


def today(tx: Session, *, revision: int | None = None) -> Directory:
    """Return the organisation as it is now.

    `revision` is the number of today's organisation, if the caller has read it already (the hot path has);
    then nothing is asked of the database while the kept snapshot is of that number.
    """
    number = revisions(tx).organisation if revision is None else revision
    return _SNAPSHOT.at(tx, number, load=lambda: read(tx, revision=number))


def kept(tx: Session) -> tuple[int, Directory] | None:
    """Return the organisation as this process knows it, with its number, perhaps not today's."""
    return _SNAPSHOT.kept(tx)


def read(tx: Session, *, revision: int) -> Directory:
    """Return the organisation read anew, marked with `revision`."""
    return Directory(
        revision=revision,
        people={row.code: _person(row) for row in _rows(tx, tables.person)},
        departments={row.code: _department(row) for row in _rows(tx, tables.department)},
        companies={row.code: _company(row) for row in _rows(tx, tables.company)},
        posts={row.code: Post(row.code, row.name) for row in _rows(tx, tables.post)},
        roles=_roles(tx),
        slots={f"{row.app}/{row.slot}": row.target for row in tx.execute(select(tables.slot_binding))},
    )


def _rows(tx: Session, table: Table) -> list[Row[tuple[object, ...]]]:
    order = (table.c.position, table.c.id) if "position" in table.c else (table.c.id,)
    return list(tx.execute(select(table).order_by(*order)).all())


def _person(row: Row[tuple[object, ...]]) -> Person:
    return Person(
        id=row.id,
        code=row.code,
        name=row.name,
        department=row.department,
        company=row.company,
        post=row.post,
        job_level=row.job_level,
        superior=row.superior,
        successor=row.successor,
        emp_no=row.emp_no,
        active=row.active,
    )


def _department(row: Row[tuple[object, ...]]) -> Department:
    return Department(row.code, row.name, row.company, row.parent, row.head, row.division_leader)


def _company(row: Row[tuple[object, ...]]) -> Company:
    return Company(row.code, row.name, row.parent, row.head)


def _roles(tx: Session) -> dict[str, Role]:
    role, member, person = tables.role, tables.role_member, tables.person
    codes = (
        select(member.c.role_id, person.c.code)
        .join(person, person.c.id == member.c.person_id)
        .order_by(member.c.role_id, member.c.position)
    )
    members: defaultdict[int, list[str]] = defaultdict(list)
    for role_id, code in tx.execute(codes):
        members[role_id].append(code)
    return {row.code: Role(row.code, row.name, tuple(members[row.id])) for row in _rows(tx, role)}
