"""The field that a property panel is about, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.place import Place, Step, value_at
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.inputs import Input, Kind
from builder.web.views.sources import Column, columns_of
from runtime.fields.field_type import FieldType
from runtime.language.expressions.types import Type
from runtime.language.field import Field


@dataclass(frozen=True, slots=True)
class Spot:
    """One field, column or sub-table of a draft."""

    opened: OpenedDraft
    file: str
    place: Place
    #: Code of the form or table.
    entity: str
    field: Mapping[str, Any]
    #: None for a sub-table, and for a type that is none.
    kind: FieldType | None

    @property
    def path(self) -> str:
        """`amount`, or of a column `items.qty`."""
        return ".".join(str(step) for step in self.place[1::2])

    @property
    def subtable(self) -> str:
        """Code of the sub-table that a column belongs to, empty for a field."""
        return str(self.place[1]) if len(self.place) > 2 else ""

    @property
    def scope(self) -> str:
        """What an expression of the field may name."""
        return f"row:{self.entity}.{self.subtable}" if self.subtable else f"entity:{self.entity}"

    @property
    def type(self) -> Type | None:
        """What the field is in expressions; None if they cannot read it."""
        if self.kind is None:
            return None
        many = self.field.get("multiple") is True and "multiple" in self.kind.properties
        return self.kind.type(Field("", self.kind.code, "", multiple=many))

    def id(self, key: str) -> str:
        """Return the id of the input for a key, unique on the page."""
        return f"field-{self.path.replace('.', '-')}-{key}"

    def at(self, *steps: Step) -> Place:
        """Return a place below the field."""
        return (*self.place, *steps)

    def input(self, key: str, label: str, kind: Kind, **more: Any) -> Input:
        """Return the input for a key of the field; `more` as `Input` has it."""
        return Input(self.id(key), label, kind, self.at(key), **{"value": self.field.get(key), **more})

    def beside(self) -> tuple[Column, ...]:
        """Return the fields beside this one: of the entity, or of the same sub-table."""
        around = value_at(self.opened.draft.documents.get(self.file), self.place[:-2])
        return tuple(columns_of(around)) if isinstance(around, Mapping) else ()

    def knows(self, key: str) -> bool:
        """Whether an optional common key means something for the type, or stands there all the same."""
        return key in self.field or (self.kind is not None and key in self.kind.properties)
