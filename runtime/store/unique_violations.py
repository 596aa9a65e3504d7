"""What the database refuses as a repetition, told as a problem at the field it belongs to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import IntegrityError

from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _, listed
from runtime.store.entity_tables import EntityTable

#: `UNIQUE constraint failed: e1_contract.no, e1_contract.year`
_SQLITE = re.compile(r"UNIQUE constraint failed: (?P<columns>.+)")
#: `Key (no, year)=(HT-1, 2026) already exists.`, in the language of the server.
_POSTGRES = re.compile(r"\((?P<columns>.+?)\)=\(")


@contextmanager
def as_problems(there: EntityTable, values: Mapping[str, Any]) -> Iterator[None]:
    """Turn a violated uniqueness of the record (whose `values` are being written) into problems.

    :raises InvalidAnswers: with the place of each value; the transaction is lost.
    """
    try:
        yield
    except IntegrityError as error:
        found = repetition(there, values, error)
        if found is None:
            raise
        raise found from error


def repetition(there: EntityTable, values: Mapping[str, Any], error: IntegrityError) -> InvalidAnswers | None:
    """Return what the error says against the record; None if it is about something else."""
    problems = _problems(there, values, error)
    return InvalidAnswers(problems) if problems else None


def _problems(there: EntityTable, values: Mapping[str, Any], error: IntegrityError) -> list[Problem]:
    table, columns = _violated(error)
    for code, sub in there.rows.items():
        if sub.table.name == table:
            return list(_in_rows(code, _fields(sub, columns), values.get(code) or []))
    if there.table.name != table:
        return []
    fields = _fields(there, columns)
    if values:
        message = _("“%(values)s”已存在，不能重复。", values=listed(values.get(name) for name in fields))
    else:
        # Many were written at once, and the database does not say which of them.
        message = _("与已有的或同时写入的另一条记录相同，不能重复。")
    return [Problem("not_unique", f"$.{name}", message) for name in fields[:1]]


def _in_rows(code: str, fields: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    seen: dict[tuple[Any, ...], int] = {}
    for at, row in enumerate(rows):
        value = tuple(row.get(name) for name in fields)
        if None in value:
            continue
        first = seen.setdefault(value, at)
        if first != at:
            message = _("“%(values)s”与第 %(n)s 行重复。", values=listed(value), n=first + 1)
            yield Problem("not_unique", f"$.{code}[{at}].{fields[0]}", message)


def _fields(there: EntityTable, columns: Sequence[str]) -> list[str]:
    names = {column.name: name for name, column in there.columns.items()}
    return [names[column] for column in columns if column in names]


def _violated(error: IntegrityError) -> tuple[str, list[str]]:
    """Return the table and the columns of a violated uniqueness; empty if it is something else."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        found = _POSTGRES.search(diagnosis.message_detail or "")
        parts = found["columns"].split(", ") if found and diagnosis.sqlstate == "23505" else []
        return str(diagnosis.table_name), [part.strip('"') for part in parts]
    found = _SQLITE.search(str(error.orig))
    if not found:
        return "", []
    names = [tuple(part.split(".", 1)) for part in found["columns"].split(", ")]
    return names[0][0], [name[-1] for name in names]
