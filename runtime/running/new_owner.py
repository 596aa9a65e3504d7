"""Whose a record is after its fields named `owner` and `owner_dept` have changed."""

from collections.abc import Mapping
from typing import Any

from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.running.context import Context


def new_owner(
    context: Context, entity: CompiledEntity, before: Record, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the system columns to write with `values`; empty if it stays whose it was."""
    owner, department = entity.entity.owner, entity.entity.owner_dept
    found: dict[str, Any] = {}
    if owner and values.get(owner) != before.values.get(owner):
        person = context.directory.person(values.get(owner))
        found = {"owner": None, "owner_dept": None, "company": None}
        if person is not None:
            found = {"owner": person.id, "owner_dept": person.department, "company": person.company}
        if department:
            found["owner_dept"] = values.get(department) or found["owner_dept"]
    elif department and values.get(department) != before.values.get(department):
        keeper = context.directory.by_id(before.owner)
        found = {"owner_dept": values.get(department) or (keeper.department if keeper else None)}
    return found
