"""One statement that inserts any number of rows: 500 tasks cost what one costs, in statements."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects.postgresql import JSONB

from runtime.store.send import Prepared, Text


@dataclass(frozen=True, slots=True)
class ManyText(Text):
    """The insertion in one dialect; `values` is `{"rows": [(…), …]}`, a tuple in the order of the columns."""

    columns: tuple[str, ...] = ()
    process: tuple[Any, ...] = ()
    as_json: bool = False

    def bound(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return an array per column (PostgreSQL), or one JSON text of all rows (SQLite)."""
        rows: Sequence[Sequence[Any]] = values["rows"]
        stored = [
            [
                one if process is None or one is None else process(one)
                for process, one in zip(self.process, row, strict=True)
            ]
            for row in rows
        ]
        if self.as_json:
            return {"rows": json.dumps(stored, default=str, ensure_ascii=False)}
        return {name: [row[place] for row in stored] for place, name in enumerate(self.columns)}


@dataclass(eq=False)
class ManyRows(Prepared):
    """The insertion of many rows into `table`, made on first use for each dialect."""

    table: Table | None = None
    columns: tuple[str, ...] = ()

    def text(self, dialect: Dialect) -> Text:
        """Return the statement in this dialect."""
        found = self.texts.get(dialect.name)
        if found is None:
            found = self.texts[dialect.name] = _text(self, dialect)
        return found


def inserting(table: Table, columns: Sequence[str]) -> ManyRows:
    """Return the prepared insertion of rows that give these columns."""
    return ManyRows(table.select(), table=table, columns=tuple(columns))


def _text(many: ManyRows, dialect: Dialect) -> ManyText:
    assert many.table is not None
    types = [many.table.c[name].type.dialect_impl(dialect) for name in many.columns]
    process = tuple(one.bind_processor(dialect) for one in types)
    names = ", ".join(dialect.identifier_preparer.quote(name) for name in many.columns)
    target = f"INSERT INTO {many.table.name} ({names})"
    if dialect.name == "sqlite":
        values = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(many.columns)))
        sql = f"{target} SELECT {values} FROM json_each(:rows)"
        return ManyText(sql, {}, {}, (), many.columns, process, as_json=True)
    kinds = [_array_kind(one, dialect) for one in types]
    arrays = ", ".join(f"%({name})s::{kind}[]" for name, kind in zip(many.columns, kinds, strict=True))
    return ManyText(f"{target} SELECT * FROM unnest({arrays})", {}, {}, (), many.columns, process)


def _array_kind(kind: Any, dialect: Dialect) -> str:
    return "jsonb" if isinstance(kind, JSONB) else str(kind.compile(dialect=dialect))
