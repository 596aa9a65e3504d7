"""A record's values as expressions see them."""

from typing import Any

from runtime.language.directory import Directory
from runtime.language.expressions import Env, ExpressionPorts
from runtime.records.record import Record

#: What `record.state` says for the numbers of `store.states.RecordState`.
_STATE = {0: "draft", 1: "live", 2: "ended"}


def record_env(record: Record, *, ports: ExpressionPorts, directory: Directory) -> Env:
    """Return the environment of expressions about `record`, its system columns by the names of `record.*`."""
    return Env(ports=ports, record=record.values, system=system_values(record, directory))


def system_values(record: Record, directory: Directory) -> dict[str, Any]:
    """Return the system columns as expressions name them; people as codes."""
    return {
        "id": record.id,
        "owner": _code(directory, record.owner),
        "owner_dept": record.owner_dept,
        "company": record.company,
        "created_by": _code(directory, record.created_by),
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "state": _STATE[record.state],
        "case_id": record.case_id,
    }


def _code(directory: Directory, number: int | None) -> str | None:
    person = directory.by_id(number)
    return person.code if person else None
