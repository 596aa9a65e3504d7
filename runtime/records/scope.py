"""The names that expressions of an entity may use, and the full paths behind short references."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from runtime.fields import FIELDS
from runtime.language.entity import Entity
from runtime.language.expressions import FUNCTIONS, Expression, Lookup, Names, Type
from runtime.language.expressions.tree import Call, Literal, Node
from runtime.language.field import Field, SubTable

#: Finds an entity by its full path `pack/code`.
Entities = Callable[[str], Entity | None]

#: Options that name an object of a pack.
_REFERENCES = ("dict", "from")


def located(pack: str, entity: Entity) -> Entity:
    """Return the entity with full paths (`pack/code`) where its fields name dictionaries and tables."""
    return replace(entity, fields=tuple(_located(pack, one) for one in entity.fields))


def names_of(pack: str, entity: Entity, *, entities: Entities) -> Names:
    """Return what is in scope for the entity's own expressions; `row` is of no sub-table yet."""
    own = located(pack, entity)
    subtables = own.subtables()
    pointers = {one.code: one for one in own.plain()}
    pointers |= {f"{sub.code}.{one.code}": one for sub in subtables for one in sub.fields}
    return Names(
        fields=types_of(own.plain()),
        subtables={sub.code: types_of(sub.fields) for sub in subtables},
        lookups={
            path: Lookup(table=one.options["from"], key=one.options["key"])
            for path, one in pointers.items()
            if one.type == "lookup"
        },
        tables=_columns(pack, entities),
    )


def types_of(fields: tuple[Field, ...]) -> Mapping[str, Type]:
    """Return the type of every field that expressions can read."""
    types = {one.code: FIELDS.require(one.type).type(one) for one in fields}
    return {code: kind for code, kind in types.items() if kind is not None}


def _columns(pack: str, entities: Entities) -> Callable[[str], Mapping[str, Type] | None]:
    """Return what finds the columns of a table by its short or full name; each table is looked at once."""
    known: dict[str, Mapping[str, Type] | None] = {}

    def columns(name: str) -> Mapping[str, Type] | None:
        path = full_path(pack, name)
        if path not in known:
            found = entities(path)
            known[path] = types_of(located(path.partition("/")[0], found).plain()) if found else None
        return known[path]

    return columns


def full_path(pack: str, name: str) -> str:
    """Return `pack/name`, or `name` itself where it is a full path already."""
    return name if "/" in name else f"{pack}/{name}"


def tables_located(pack: str, tree: Expression) -> Expression:
    """Return the expression with full paths where its functions name tables.

    A record of one pack may be recomputed while another pack's rule writes it: a short name would be read
    in the wrong pack.
    """
    return replace(tree, root=_rewritten(pack, tree.root))


def _rewritten(pack: str, node: Any) -> Any:
    if isinstance(node, tuple):
        return tuple(_rewritten(pack, one) for one in node)
    if not isinstance(node, Node):
        return node
    changed = replace(node, **{one.name: _rewritten(pack, getattr(node, one.name)) for one in fields(node)})
    if isinstance(changed, Call) and changed.args and _reads_tables(changed.name):
        table, *rest = changed.args
        if isinstance(table, Literal) and isinstance(table.value, str):
            return replace(changed, args=(replace(table, value=full_path(pack, table.value)), *rest))
    return changed


def _reads_tables(function: str) -> bool:
    return function in FUNCTIONS and "tables" in FUNCTIONS[function].reads


def _located(pack: str, one: Field | SubTable) -> Field | SubTable:
    if isinstance(one, SubTable):
        return replace(one, fields=tuple(_located_field(pack, column) for column in one.fields))
    return _located_field(pack, one)


def _located_field(pack: str, field: Field) -> Field:
    named = {key: full_path(pack, field.options[key]) for key in _REFERENCES if key in field.options}
    return replace(field, options={**field.options, **named}) if named else field
