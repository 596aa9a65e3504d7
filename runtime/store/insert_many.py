"""One statement that inserts any number of rows: 500 tasks cost what one costs, in statements."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects.postgresql import JSONB

from runtime.store.json_text import dump_json
from runtime.store.prepared import Prepared, Text

#: Up to here PostgreSQL gets a list of VALUES, beyond it an array for each column: arrays cost the client
#: more for a row or two, and hardly anything for each further row.
FEW = 6


@dataclass(frozen=True, slots=True, eq=False)
class ManyText(Text):
    """The insertion in one dialect; `values` is `{"rows": [(…), …]}`, a tuple in the order of the columns."""

    process: tuple[Any, ...] = ()
    #: `json`: one text of all rows (SQLite); `arrays`: one for each column; `values`: one for each cell.
    shape: str = "json"

    def bound(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows as the statement's placeholders take them."""
        rows: Sequence[Sequence[Any]] = values["rows"]
        stored = [
            [
                one if process is None or one is None else process(one)
                for process, one in zip(self.process, row, strict=True)
            ]
            for row in rows
        ]
        if self.shape == "json":
            return [json.dumps(stored, default=str, ensure_ascii=False)]
        if self.shape == "arrays":
            return [list(column) for column in zip(*stored, strict=True)]
        return [one for row in stored for one in row]


@dataclass(eq=False)
class ManyRows(Prepared):
    """The insertion of many rows into `table`, made on first use for each dialect."""

    table: Table | None = None
    columns: tuple[str, ...] = ()
    made: dict[tuple[str, int], ManyText] = field(default_factory=dict)

    def text(self, dialect: Dialect, values: Mapping[str, Any]) -> Text:
        """Return the statement in this dialect, for this number of rows."""
        count = len(values["rows"])
        key = (dialect.name, count if count <= FEW and dialect.name == "postgresql" else 0)
        found = self.made.get(key)
        if found is None:
            found = self.made[key] = _text(self, dialect, few=key[1])
        return found


def inserting(table: Table, columns: Sequence[str]) -> ManyRows:
    """Return the prepared insertion of rows that give these columns."""
    return ManyRows(table.select(), joins=True, table=table, columns=tuple(columns))


def _text(many: ManyRows, dialect: Dialect, *, few: int) -> ManyText:
    assert many.table is not None
    types = [many.table.c[name].type.dialect_impl(dialect) for name in many.columns]
    process = tuple(_process(one, dialect) for one in types)
    names = ", ".join(dialect.identifier_preparer.quote(name) for name in many.columns)
    target = f"INSERT INTO {many.table.name} ({names})"
    if dialect.name == "sqlite":
        cells = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(many.columns)))
        return ManyText(f"{target} SELECT {cells} FROM json_each(?)", process=process)
    kinds = ["jsonb" if isinstance(one, JSONB) else str(one.compile(dialect=dialect)) for one in types]
    if not few:
        arrays = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(kinds, start=1))
        sql = f"{target} SELECT * FROM unnest({arrays})"
        return ManyText(sql, process=process, shape="arrays")
    rows = (
        "(" + ", ".join(f"${row * len(kinds) + place}::{kind}" for place, kind in enumerate(kinds, 1)) + ")"
        for row in range(few)
    )
    return ManyText(f"{target} VALUES {', '.join(rows)}", process=process, shape="values")


def _process(kind: Any, dialect: Dialect) -> Any:
    if isinstance(kind, JSONB):
        return dump_json  # the statement casts the text
    return kind.bind_processor(dialect)
