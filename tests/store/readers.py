"""People who look at records, for tests of the permission seam."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement

from runtime.language.app import App, Permission
from runtime.records.compile_entity import compile_entity
from runtime.records.record import Record
from runtime.store import directory, organisation
from runtime.store.access import Access
from runtime.store.entity_tables import EntityTable
from runtime.store.grants import Grant, Grants
from runtime.store.record_inserts import NewRecord, insert
from runtime.store.revisions import Cause
from runtime.store.session import Session
from runtime.store.states import RecordState
from runtime.store.transaction import transaction
from tests.store.apps import put, there
from tests.store.organisation import ORGANISATION

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def grant(who: str, scope: str = "all", *can: str, on: str = "contract", **properties: Any) -> Permission:
    """Return a permission; without verbs, to view."""
    return Permission(who=who, on=(on,), scope=scope, can=can or ("view",), **properties)  # type: ignore[arg-type]


def install(session: Session, app: App) -> None:
    """Enter the organisation and publish the app."""
    with transaction(session) as tx:
        organisation.load_organisation(tx, ORGANISATION)
    put(session, app)


def add(
    session: Session, code: str, owner: str, *, state: RecordState = RecordState.LIVE, **values: Any
) -> Record:
    """Store a record of somebody's."""
    people = directory.today(session)
    person = people.people[owner]
    new = NewRecord(
        values, owner=person.id, owner_dept=person.department, company=person.company, state=state
    )
    with transaction(session) as tx:
        return insert(tx, there(tx, code), new, cause=Cause(person.id, NOW))


def seen_by(session: Session, app: App, code: str, viewer: str) -> Access:
    """Return somebody's access to an entity."""
    entity = app.entity(code)
    assert entity is not None
    people = directory.today(session)
    table = there(session, code)
    return Access(
        session,
        there=table,
        entity=compile_entity(app, entity, entities=lambda _: None),
        viewer=people.people[viewer],
        directory=people,
        grants=Grants([app]).on(table.path),
        where=_where,
    )


def _where(grant: Grant, table: EntityTable) -> ColumnElement[bool]:
    """Understand `<field> == '<text>'`; the whole language is the filter's own affair."""
    name, _, text = (grant.permission.where or "").partition(" == ")
    return table.columns[name] == text.strip("'")
