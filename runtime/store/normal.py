"""Values as they will be read back: rounded to their column, empty as None."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Column

from runtime.store.column_types import Exact
from runtime.store.entity_tables import EntityTable


def normal_values(there: EntityTable, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return every column of the record, and the sub-tables that are given, as reading would return them."""
    found = {name: normal(column, values.get(name)) for name, column in there.columns.items()}
    lists = {
        code: [normal_row(sub, row) for row in values[code] or ()]
        for code, sub in there.rows.items()
        if code in values
    }
    return {**found, **lists}


def normal_row(sub: EntityTable, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a sub-table as reading would return it; `id` is None for a new one."""
    return {
        "id": row.get("id"),
        **{name: normal(column, row.get(name)) for name, column in sub.columns.items()},
    }


def normal(column: Column[Any], value: Any) -> Any:
    """Return one value as reading would return it."""
    if value is None or value in ("", [], {}):
        return None
    if isinstance(column.type, Exact):
        return Decimal(value).quantize(Decimal(1).scaleb(-column.type.scale), ROUND_HALF_UP)
    return list(value) if isinstance(value, tuple) else value
