"""All fixed tables, from one place. Tables of entities are made at publishing (`store/publishing.py`)."""

from runtime.store.app_tables import app, app_release, entity, entity_column, release_file, slot_binding
from runtime.store.case_tables import effect, event, flow_case, revision, scope, task, visit
from runtime.store.desk_tables import answer, audit, counter, file, login_attempt, notice, outbox, setting
from runtime.store.metadata import metadata
from runtime.store.organisation_tables import (
    company,
    department,
    org_revision,
    person,
    post,
    role,
    role_member,
)

__all__ = [
    "answer",
    "app",
    "app_release",
    "audit",
    "company",
    "counter",
    "department",
    "effect",
    "entity",
    "entity_column",
    "event",
    "file",
    "flow_case",
    "login_attempt",
    "metadata",
    "notice",
    "org_revision",
    "outbox",
    "person",
    "post",
    "release_file",
    "revision",
    "role",
    "role_member",
    "scope",
    "setting",
    "slot_binding",
    "task",
    "visit",
]
