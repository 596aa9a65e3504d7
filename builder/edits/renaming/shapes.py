"""What the names of an app mean: its entities with their fields, and which rows a look-up points at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.edits.documents import Documents, standing
from runtime.language.parts import MANIFEST
from runtime.language.schemas.field import SUBTABLE


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of an entity; of a look-up the full path of its source, of others None."""

    path: str
    fields: Mapping[str, str | None] = field(default_factory=dict)
    subtables: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Whether a path names a field, a sub-table or a column here."""
        code, _, column = path.partition(".")
        if column:
            return column in self.subtables.get(code, ())
        return code in self.fields or code in self.subtables


@dataclass(frozen=True, slots=True)
class Renaming:
    """What gets which code, in which app."""

    app: str
    #: Full path of its entity, `app/code`.
    entity: str
    #: Sub-table that it is a column of, empty for a field.
    subtable: str
    old: str
    new: str
    shapes: Mapping[str, Shape]
    #: Full path of the form, by code of the flow.
    flows: Mapping[str, str]

    def full(self, ref: Any) -> str:
        """Return the full path of a reference, empty if it is none."""
        if not isinstance(ref, str):
            return ""
        return ref if "/" in ref else f"{self.app}/{ref}"

    def shape(self, ref: Any) -> Shape | None:
        """Return the entity that a reference names; None if it is not one of the app's own."""
        return self.shapes.get(self.full(ref))

    def form_of(self, flow: Any) -> Shape | None:
        """Return the form of a flow of the app, None if there is none."""
        path = self.flows.get(flow.removeprefix(f"{self.app}/")) if isinstance(flow, str) else None
        return self.shapes.get(path or "")

    def is_of(self, shape: Shape | None) -> bool:
        """Whether the renamed field is one of this entity."""
        return shape is not None and shape.path == self.entity

    def in_path(self, path: str) -> str:
        """Return a path of the entity (`amount`, `items.qty`, with "-" before it to sort) as it is now."""
        sign, bare = ("-", path[1:]) if path.startswith("-") else ("", path)
        code, dot, column = bare.partition(".")
        if self.subtable:
            return f"{sign}{code}.{self.new}" if (code, column) == (self.subtable, self.old) else path
        return f"{sign}{self.new}{dot}{column}" if code == self.old else path

    @property
    def path(self) -> str:
        """The path of the field as it was."""
        return f"{self.subtable}.{self.old}" if self.subtable else self.old


def shapes_of(documents: Documents) -> dict[str, Shape]:
    """Return the app's own entities by full path."""
    app = app_of(documents)
    found = (shape_of(app, one.document) for one in standing(documents, "table", "form"))
    return {one.path: one for one in found}


def app_of(documents: Documents) -> str:
    """Return the code of the app."""
    manifest = documents.get(MANIFEST)
    return str(manifest.get("code")) if isinstance(manifest, Mapping) else ""


def forms_of(documents: Documents) -> dict[str, str]:
    """Return the full path of the form of every flow, by the flow's code."""
    app = app_of(documents)
    return {one.name: f"{app}/{one.document.get('form')}" for one in standing(documents, "flow")}


def shape_of(app: str, document: Mapping[str, Any]) -> Shape:
    """Return the fields of one entity."""
    fields: dict[str, str | None] = {}
    subtables: dict[str, Mapping[str, str | None]] = {}
    for code, one in _coded(document.get("fields")):
        if one.get("type") == SUBTABLE:
            subtables[code] = {name: _source(app, column) for name, column in _coded(one.get("fields"))}
        else:
            fields[code] = _source(app, one)
    return Shape(f"{app}/{document.get('code')}", fields, subtables)


def _source(app: str, one: Mapping[str, Any]) -> str | None:
    source = one.get("from")
    if not isinstance(source, str) or "key" not in one:
        return None
    return source if "/" in source else f"{app}/{source}"


def _coded(fields: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in fields if isinstance(fields, list) else ():
        code = one.get("code") if isinstance(one, Mapping) else None
        if isinstance(code, str):
            yield code, one
