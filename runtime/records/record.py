"""One record as it is stored: a form's answers or a row of a base table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its system columns. In these, people are numbers; in `values` they are codes."""

    #: `pack/entity`.
    entity: str
    #: None until it is stored.
    id: int | None
    #: Counts the writes, from 1; whoever writes says which one was read.
    rev: int
    #: As `store.states.RecordState`: 0 draft, 1 live, 2 ended.
    state: int
    owner: int | None
    owner_dept: str | None
    company: str | None
    created_by: int
    created_at: datetime
    updated_at: datetime
    case_id: int | None
    #: By field code, sub-tables as lists of rows in their order (each with `id`), `<code>_ref` beside a
    #: lookup's key. A sub-table that was not read is not there.
    values: Mapping[str, Any]
