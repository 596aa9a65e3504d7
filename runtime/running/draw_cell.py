"""From one value, and somebody's rights to it, to the cell they see."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from runtime.fields.lookup import fills, ref_column
from runtime.language.expressions import Env
from runtime.records.cells import Cell, cells
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.conditions import Conditions, conditions
from runtime.records.rights import FieldRights, visible_values, within
from runtime.records.show import dump, show
from runtime.running.access import access_to
from runtime.running.context import Context
from runtime.running.form_model import FormCell, FormFile, Option, Said
from runtime.running.inputs import chosen_members, hints_of, many, options_of
from runtime.store import files

FILE_TYPES = frozenset({"attachment", "image"})


@dataclass(frozen=True)
class Drawing:
    """A form's values for one viewer. `values` are the true ones; what may be seen of them is cut here."""

    context: Context
    entity: CompiledEntity
    values: Mapping[str, Any]
    rights: FieldRights
    env: Env
    #: Opinions by node.
    said: Mapping[str, tuple[Said, ...]] | None = None
    #: The node at which the viewer acts and may give an opinion.
    acting: str | None = None

    def cell(self, cell: Cell, *, path: str, width: int = 12) -> FormCell:
        """Return one cell; `cell.values` are what the viewer may see."""
        one, value = cell.field, cell.value
        field = one.field
        node = field.options["node"] if field.type == "opinion" else None
        active = node is not None and node == self.acting
        edits = one.path in self.rights.editable or active
        ref = cell.values.get(ref_column(field)) if field.type == "lookup" else None
        return FormCell(
            path=path,
            code=one.code,
            type=field.type,
            label=field.label,
            mode="edit" if edits else "read",
            raw=dump(one, value),
            text=show(one, value, self.context.reading),
            help=field.help,
            width=width,
            required=self.required(one, path),
            computed=one.path in self.followers and not edits,
            visible=path not in self.conditions.invisible,
            locked=edits and path in self.conditions.readonly,
            multiple=many(one),
            options=self._options(one, value) if edits else (),
            ref=ref,
            source=field.options["from"] if field.type == "lookup" else "",
            opens=self._opens(field.options["from"]) if ref is not None else False,
            files=self._files_of(value) if field.type in FILE_TYPES else (),
            said=(self.said or {}).get(node, ()) if node else (),
            active=active,
            hints=self._hints(one) if edits else {},
        )

    def required(self, one: CompiledField, path: str) -> bool:
        """Tell whether an answer is wanted of this viewer here and now."""
        if one.path not in self.rights.editable:
            return False
        return one.field.required or one.path in self.rights.required or path in self.conditions.required

    def hidden(self, path: str) -> bool:
        """Tell whether the viewer must not even know of a field's value."""
        return within(path, self.rights.hidden)

    @cached_property
    def seen(self) -> dict[str, Any]:
        """The values as the viewer may have them."""
        return visible_values(self.entity, self.values, rights=self.rights)

    @cached_property
    def conditions(self) -> Conditions:
        """What is invisible, required and read-only now."""
        return conditions(self.entity, self.values, env=self.env)

    @cached_property
    def followers(self) -> frozenset[str]:
        """Paths of what the system fills in: formulas, numbers, copies from a lookup's row."""
        entity = self.entity
        computed = {one.path for one in entity.everything() if one.formula is not None or not one.kind.typed}
        for lookup in entity.lookups():
            beside = entity.siblings(lookup)
            computed |= {beside[code].path for code in fills(lookup.field) if code in beside}
        return frozenset(computed)

    def _options(self, one: CompiledField, value: Any) -> tuple[Option, ...]:
        if one.path not in self._listed:
            self._listed[one.path] = options_of(one, self.context.reading)
        return self._listed[one.path] or chosen_members(one, value, self.context.reading)

    def _hints(self, one: CompiledField) -> Mapping[str, Any]:
        if one.path not in self._told:
            self._told[one.path] = hints_of(one)
        return self._told[one.path]

    def _opens(self, source: str) -> bool:
        if source not in self._opened:
            self._opened[source] = access_to(self.context, source).may("view")
        return self._opened[source]

    def _files_of(self, value: Any) -> tuple[FormFile, ...]:
        names = value if isinstance(value, list) else []
        found = (self._files.get(name) for name in names)
        return tuple(FormFile(one.id, one.name, one.size, one.content_type) for one in found if one)

    @cached_property
    def _files(self) -> Mapping[str, files.StoredFile]:
        lists = (cell.value for cell in cells(self.entity, self.seen) if cell.field.field.type in FILE_TYPES)
        names = [name for value in lists if isinstance(value, list) for name in value]
        return files.find_many(self.context.tx, names) if names else {}

    # What is the same in every row is made once.
    @cached_property
    def _listed(self) -> dict[str, tuple[Option, ...]]:
        return {}

    @cached_property
    def _told(self) -> dict[str, Mapping[str, Any]]:
        return {}

    @cached_property
    def _opened(self) -> dict[str, bool]:
        return {}
