"""What a list can show, sort by and filter by: fields, and what the system keeps of every record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runtime.fields import FIELDS
from runtime.fields.attachment import Attachment
from runtime.fields.field_type import Reading
from runtime.language.entity import View
from runtime.language.field import Field
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.rights import Masked
from runtime.records.show import dump, show
from runtime.running.context import Context
from runtime.store.entity_tables import EntityTable

#: Columns of a list that nobody designed.
_MOST = 8

#: State of a record.
STATES: Mapping[int, str] = {0: "草稿", 1: "有效", 2: "已失效"}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list."""

    #: A field's code, or `record.<system column>`.
    code: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class ListCell:
    """A value in a list; empty where the viewer may not see this row's."""

    text: str
    #: As JSON holds it.
    raw: Any = None
    #: Of a dictionary's value.
    colour: str = ""
    #: Id of a lookup's row.
    ref: int | None = None


#: System columns that lists may name: label, and the field type they are shown like.
SYSTEM_COLUMNS: Mapping[str, tuple[str, str]] = {
    "record.id": ("记录号", "integer"),
    "record.state": ("状态", "text"),
    "record.owner": ("负责人", "user"),
    "record.owner_dept": ("所属部门", "department"),
    "record.company": ("所属公司", "company"),
    "record.created_by": ("创建人", "user"),
    "record.created_at": ("创建时间", "datetime"),
    "record.updated_at": ("修改时间", "datetime"),
    "record.case_id": ("流程实例", "integer"),
}


def column_of(entity: CompiledEntity, there: EntityTable, name: str) -> ListColumn | None:
    """Return the column of a name, None if a list cannot show it."""
    if name in SYSTEM_COLUMNS:
        label, type_ = SYSTEM_COLUMNS[name]
        return ListColumn(name, type_, _(label))
    one = entity.fields.get(name)
    if one is None or name not in there.columns:
        return None
    return ListColumn(name, one.field.type, one.field.label)


def default_view(entity: CompiledEntity) -> View:
    """Return the list of an entity that has no view: its first fields, the newest record first."""
    shown = [one for one in entity.fields.values() if _listed(one)]
    texts = tuple(one.code for one in shown if one.field.type in ("text", "serial"))
    return View("", entity.entity.name, tuple(one.code for one in shown[:_MOST]), search=texts[:3])


def is_sortable(entity: CompiledEntity, there: EntityTable, name: str) -> bool:
    """Tell whether values of a column have an order."""
    if name in SYSTEM_COLUMNS:
        return True
    one = entity.fields.get(name)
    kind = one.kind.storage(one.field).kind if one else "none"
    return name in there.columns and kind not in ("json", "none")


def shown(context: Context, entity: CompiledEntity, name: str, values: Mapping[str, Any]) -> ListCell:
    """Return a value of a row, by the name of its column; a hidden one is empty."""
    value = values.get(name)
    if name in SYSTEM_COLUMNS:
        return _system(context, name, value)
    one = entity.fields[name]
    if value is None:
        return ListCell("")
    colour = "" if isinstance(value, Masked) else _colour(one, value, context.reading)
    return ListCell(show(one, value, context.reading), dump(one, value), colour, values.get(f"{name}_ref"))


def _system(context: Context, name: str, value: Any) -> ListCell:
    if value is None:
        return ListCell("")
    if name == "record.state":
        return ListCell(_(STATES.get(value, "")), value)
    type_ = SYSTEM_COLUMNS[name][1]
    if type_ == "user":
        person = context.directory.by_id(value)
        return ListCell(person.name if person else "", person.code if person else None)
    kind, field = FIELDS.require(type_), Field(name, type_, "")
    return ListCell(kind.say(field, value, context.reading), kind.dump(field, value))


def _colour(one: CompiledField, value: Any, reading: Reading) -> str:
    path = one.field.options.get("dict")
    found = reading.dictionary(path) if path and isinstance(value, str) else None
    waiting = list(found.items) if found else []
    while waiting:
        item = waiting.pop()
        if item.value == value:
            return item.colour
        waiting.extend(item.children)
    return ""


def _listed(one: CompiledField) -> bool:
    stored = one.kind.storage(one.field).kind != "none"
    return stored and not one.field.hidden and not isinstance(one.kind, Attachment)
