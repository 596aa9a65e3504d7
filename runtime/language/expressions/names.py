"""What a name means: the names in scope, and the resolution of a dotted name against them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from runtime.language.expressions import types
from runtime.language.expressions.types import Type
from runtime.language.expressions.unknown import (
    UnknownName,
    nearest,
    no_column,
    no_field,
    no_field_of,
    not_of,
    not_of_person,
    nothing_below,
)
from runtime.language.speech import _

#: What is known of a person: `initiator.department`, `signer.superior`.
PERSON: Mapping[str, Type] = {
    "department": types.DEPARTMENT,
    "company": types.COMPANY,
    "post": types.POST,
    "job_level": types.TEXT,
    "superior": types.USER,
    "emp_no": types.TEXT,
    "full_name": types.TEXT,
    "is_dept_head": types.BOOLEAN,
}

#: `record.owner` and its like: what the system keeps of every record.
SYSTEM: Mapping[str, Type] = {
    "id": types.number(scale=0),
    "owner": types.USER,
    "owner_dept": types.DEPARTMENT,
    "company": types.COMPANY,
    "created_by": types.USER,
    "created_at": types.DATETIME,
    "updated_at": types.DATETIME,
    "state": types.TEXT,
    "case_id": types.number(scale=0),
}

#: `flow.status` and its like: the case of a record, in alerts.
FLOW: Mapping[str, Type] = {
    "id": types.number(scale=0),
    "code": types.TEXT,
    "status": types.TEXT,
    "started_at": types.DATETIME,
    "finished_at": types.DATETIME,
    "duration_hours": types.NUMBER,
    "reject_count": types.number(scale=0),
    "last_reason": types.TEXT,
}

#: First words that a field may not be named.
RESERVED = frozenset(
    {"row", "old", "form", "record", "flow", "initiator", "current_user"}
    | {"and", "or", "not", "in", "is", "null", "true", "false"}
)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where a lookup field points: `<field>.x` reads column `x` of `table`, the row whose `key` it shows."""

    table: str
    key: str


@dataclass(frozen=True)
class Names:
    """What is in scope where an expression stands.

    `form` and `old` have scopes of their own; `row` names the sub-table whose row is at hand (of `form` if
    there is one: a lookup filter inside a sub-table reads the source's columns and the row being filled).
    """

    fields: Mapping[str, Type] = field(default_factory=dict)
    subtables: Mapping[str, Mapping[str, Type]] = field(default_factory=dict)
    #: Lookup fields, by `field` or `subtable.column`.
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    row: str | None = None
    form: "Names | None" = None
    old: "Names | None" = None
    #: Whether `flow.*` is known here (alerts on forms).
    flow: bool = False
    #: The columns of a table by its name (`table` of this pack, or `pack/table`); None if there is none.
    tables: Callable[[str], Mapping[str, Type] | None] = lambda _name: None

    def rows_owner(self) -> "Names":
        """Return the scope whose sub-table `row` names."""
        return self.form if self.form is not None and self.row in self.form.subtables else self


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for."""

    #: "record", "row", "old", "form", "system", "flow", "initiator" or "current_user".
    scope: str
    type: Type
    #: The field, or the system name; None for a bare `initiator` or `current_user`.
    code: str | None = None
    #: A column of the sub-table `code`: the name stands for a list.
    column: str | None = None
    #: What is known of the person the rest of the name stands for.
    person: str | None = None
    #: The lookup that the rest of the name goes through, and the column read there.
    lookup: Lookup | None = None
    read: str | None = None


def resolve(
    path: tuple[str, ...], names: Names, *, row: Mapping[str, Type] | None, rows: str = ""
) -> Meaning:
    """Return what the dotted name `path` means among `names`.

    `row` are the columns of the row at hand, `rows` the code of its sub-table.

    :raises UnknownName: if it means nothing.
    """
    head, rest = path[0], path[1:]
    if head in ("initiator", "current_user"):
        return _person(head, rest)
    if head == "record":
        return _listed("system", SYSTEM, rest, head)
    if head == "flow":
        if not names.flow:
            raise UnknownName(_("flow 只能用在表单的警报里"))
        return _listed("flow", FLOW, rest, head)
    if head == "row":
        return _of_row(names, rest, row, rows)
    if head in ("old", "form"):
        scope = names.old if head == "old" else names.form
        if scope is None or not rest:
            raise UnknownName(
                _("old 只能用在规则的条件、赋值和消息里")
                if head == "old"
                else _("form 只能用在关联的筛选条件里")
            )
        return _field(head, scope, rest)
    return _field("record", names, path)


def _person(head: str, rest: tuple[str, ...]) -> Meaning:
    if not rest:
        return Meaning(head, types.USER)
    if len(rest) > 1 or rest[0] not in PERSON:
        raise not_of_person(rest, PERSON)
    return Meaning(head, PERSON[rest[0]], person=rest[0])


def _listed(scope: str, known: Mapping[str, Type], rest: tuple[str, ...], head: str) -> Meaning:
    if len(rest) != 1 or rest[0] not in known:
        raise not_of(head, rest, known)
    return Meaning(scope, known[rest[0]], rest[0])


def _of_row(names: Names, rest: tuple[str, ...], row: Mapping[str, Type] | None, rows: str) -> Meaning:
    if row is None:
        raise UnknownName(_("row 只能用在重复表的行里，或 sum(重复表, …) 这类函数的第二个参数里"))
    if rest == ("index",):
        return Meaning("row", types.number(scale=0), "index")
    if not rest or rest[0] not in row:
        raise no_column(rows, rest, nearest(".".join(rest), row))
    lookups = names.rows_owner().lookups
    return _onward("row", row[rest[0]], rest[0], rest[1:], names, lookups.get(f"{rows}.{rest[0]}"))


def _field(scope: str, names: Names, path: tuple[str, ...]) -> Meaning:
    code, rest = path[0], path[1:]
    if code in names.fields:
        return _onward(scope, names.fields[code], code, rest, names, names.lookups.get(code))
    if code in names.subtables:
        columns = names.subtables[code]
        if not rest:
            return Meaning(scope, types.rows(columns), code)
        if len(rest) == 1 and rest[0] in columns:
            return Meaning(scope, types.list_of(columns[rest[0]]), code, column=rest[0])
        raise no_column(code, rest, nearest(rest[0], columns))
    raise no_field(code, (*names.fields, *names.subtables, *RESERVED))


def _onward(
    scope: str, kind: Type, code: str, rest: tuple[str, ...], names: Names, lookup: Lookup | None
) -> Meaning:
    """Return what follows a field: nothing, something known of a person, or a column of a lookup's source."""
    if not rest:
        return Meaning(scope, kind, code)
    if len(rest) == 1 and lookup is not None:
        columns = names.tables(lookup.table) or {}
        if rest[0] in columns:
            return Meaning(scope, columns[rest[0]], code, lookup=lookup, read=rest[0])
        raise no_field_of(lookup.table, rest[0], columns)
    if len(rest) == 1 and kind.kind == "user" and rest[0] in PERSON:
        return Meaning(scope, PERSON[rest[0]], code, person=rest[0])
    if len(rest) == 1 and kind.kind == "user":
        raise not_of_person(rest, PERSON)
    raise nothing_below(code, rest, kind)
