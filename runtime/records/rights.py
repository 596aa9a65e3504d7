"""Which fields somebody may see, see masked, fill in, and must fill in; and the cut of values to that.

Fields are named by path: `field`, `subtable`, `subtable.column`. A path that names a sub-table stands for its
rows as a whole and for every column that may be meant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from runtime.fields.lookup import ref_column
from runtime.language.app import Permission
from runtime.language.flow import Node, Start
from runtime.records.cells import rows_of
from runtime.records.compiled import CompiledEntity, CompiledField

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldRights:
    """What one person may do with the fields of one record, at one place of its way."""

    hidden: frozenset[str] = _NONE
    masked: frozenset[str] = _NONE
    editable: frozenset[str] = _NONE
    #: Must be filled in here, besides what the entity itself requires.
    required: frozenset[str] = _NONE

    def either(self, other: "FieldRights") -> "FieldRights":
        """Return the rights of somebody who has both: the wider of the two for each field."""
        hidden = self.hidden & other.hidden
        unclear = (self.hidden | self.masked) & (other.hidden | other.masked)
        return FieldRights(
            hidden=hidden,
            masked=unclear - hidden,
            editable=self.editable | other.editable,
            required=self.required | other.required,
        )


#: Of somebody who may do nothing in particular.
NO_RIGHTS = FieldRights()


class Masked(str):
    """What is left of a value for somebody without the right to it; shown as it is, read back by nothing."""

    __slots__ = ()


def start_rights(entity: CompiledEntity, start: Start) -> FieldRights:
    """Return the rights of who fills in the form: everything that is not read-only, or what `edit` lists."""
    listed = None if start.edit is None else expanded(entity, start.edit)
    return _at(entity, listed=listed, hide=start.hide, require=start.require)


def node_rights(entity: CompiledEntity, node: Node) -> FieldRights:
    """Return the rights of who works at a node: nothing is editable without `edit`."""
    return _at(entity, listed=expanded(entity, node.edit), hide=node.hide, require=node.require)


def reader_rights(entity: CompiledEntity, grants: Iterable[Permission] = ()) -> FieldRights:
    """Return the rights of a reader whom `grants` give the row: hidden is only what every grant hides.

    Without grants: what a reader without special rights sees.
    """
    plain = _plain_rights(entity)
    of_grants = [
        FieldRights(hidden=expanded(entity, one.hide), masked=expanded(entity, one.mask)) for one in grants
    ]
    if not of_grants:
        return plain
    union = of_grants[0]
    for one in of_grants[1:]:
        union = union.either(one)
    hidden = plain.hidden | union.hidden
    return FieldRights(hidden=hidden, masked=(plain.masked | union.masked) - hidden)


def editor_rights(entity: CompiledEntity, grants: Iterable[Permission] = ()) -> FieldRights:
    """Return the rights of somebody who may edit the record: all that they see unmasked and that is typed in.

    A field's own `mask` is no bar: who may change a value must see it.
    """
    seen = reader_rights(entity, grants)
    barred = seen.hidden | (seen.masked - _always_masked(entity))
    editable = frozenset(path for path in answerable(entity) if not within(path, barred))
    return FieldRights(hidden=seen.hidden, masked=seen.masked - editable, editable=editable)


def answerable(entity: CompiledEntity) -> frozenset[str]:
    """Return the paths of everything a person may ever fill in: not computed, read-only or hidden."""
    fields = {one.path for one in entity.fields.values() if one.answerable}
    for subtable in entity.subtables.values():
        if subtable.answerable:
            fields |= {subtable.code, *(one.path for one in subtable.columns.values() if one.answerable)}
    return frozenset(fields)


def expanded(entity: CompiledEntity, paths: Iterable[str]) -> frozenset[str]:
    """Return the paths, for a sub-table with all its columns; names of other entities are left out."""
    found: set[str] = set()
    for path in paths:
        if path in entity.subtables:
            found |= {path, *(one.path for one in entity.subtables[path].columns.values())}
        else:
            found.add(path)
    known = {one.path for one in entity.everything()} | set(entity.subtables)
    return frozenset(found & known)


def within(path: str, paths: frozenset[str]) -> bool:
    """Tell whether `path` or the sub-table it belongs to is among `paths`."""
    return path in paths or path.partition(".")[0] in paths


def visible_values(
    entity: CompiledEntity, values: Mapping[str, Any], *, rights: FieldRights
) -> dict[str, Any]:
    """Return what of `values` the viewer may have: hidden fields are missing, masked ones are `Masked`.

    The one place where values are cut for a viewer; whatever leaves for a person has passed here, or in
    lists through `row_cut`.
    """
    result = _cut(entity.fields, values, rights)
    for subtable in entity.subtables.values():
        if subtable.code not in rights.hidden:
            result[subtable.code] = [
                {"id": row.get("id"), **_cut(subtable.columns, row, rights)}
                for row in rows_of(values, subtable)
            ]
    return result


def row_cut(
    entity: CompiledEntity, names: Sequence[str], *, rights: FieldRights
) -> Callable[[Sequence[Any]], dict[str, Any]]:
    """Return what cuts rows of these columns for the viewer, as `visible_values` does; made once for a list.

    `names` are codes of fields, `<code>_ref` beside a lookup's key, and system columns, which all may see.
    """
    kept, masked = [], []
    for at, name in enumerate(names):
        one = entity.fields.get(name) or entity.fields.get(name.removesuffix("_ref"))
        if one is not None and within(one.path, rights.hidden):
            continue
        if one is None or not within(one.path, rights.masked):
            kept.append((at, name))
        elif name == one.code:
            masked.append((at, name, one))

    def cut(row: Sequence[Any]) -> dict[str, Any]:
        result = {name: row[at] for at, name in kept}
        for at, name, one in masked:
            value = row[at]
            result[name] = Masked(one.kind.mask(one.field, value)) if value is not None else None
        return result

    return cut


def _cut(
    fields: Mapping[str, CompiledField], values: Mapping[str, Any], rights: FieldRights
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for code, one in fields.items():
        if within(one.path, rights.hidden):
            continue
        value = values.get(code)
        if within(one.path, rights.masked):
            result[code] = Masked(one.kind.mask(one.field, value)) if value is not None else None
            continue
        result[code] = value
        if one.field.type == "lookup":
            ref = ref_column(one.field)
            result[ref] = values.get(ref)
    return result


def _at(
    entity: CompiledEntity, *, listed: frozenset[str] | None, hide: tuple[str, ...], require: tuple[str, ...]
) -> FieldRights:
    hidden = _always_hidden(entity) | expanded(entity, hide)
    able = answerable(entity) if listed is None else answerable(entity) & listed
    editable = frozenset(path for path in able if not within(path, hidden))
    # What is required is named, not expanded: `lines` asks for a row, `lines.note` for a note in each.
    return FieldRights(
        hidden=hidden,
        masked=_always_masked(entity) - hidden - editable,
        editable=editable,
        required=frozenset(require),
    )


@lru_cache(maxsize=1000)
def _plain_rights(entity: CompiledEntity) -> FieldRights:
    """Return the rights of a reader without grants: every title asks for them."""
    hidden = _always_hidden(entity)
    return FieldRights(hidden=hidden, masked=_always_masked(entity) - hidden)


def _always_hidden(entity: CompiledEntity) -> frozenset[str]:
    return frozenset(one.path for one in entity.everything() if one.field.hidden) | frozenset(
        one.code for one in entity.subtables.values() if one.subtable.hidden
    )


def _always_masked(entity: CompiledEntity) -> frozenset[str]:
    return frozenset(one.path for one in entity.everything() if one.field.mask)
