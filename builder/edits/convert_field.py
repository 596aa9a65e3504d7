"""Another type for a field: what fits both stays, what the new type does not know goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.anywhere import document_of
from builder.edits.documents import Documents, with_file
from builder.edits.edit import ENTITIES, Edit
from builder.edits.new_field import beginning
from builder.edits.place import Step, gone, value_at, with_value
from runtime.fields import FIELDS
from runtime.fields.field_type import FieldType
from runtime.language.field import Field
from runtime.language.refusal import Refused
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _

#: Keys that mean something whatever the type is.
_ALWAYS = frozenset({"code", "label", "help", "hidden", "track", "width", "visible_if", "validate", "note"})
#: Keys for what people type in themselves.
_TYPED = frozenset({"required", "readonly", "required_if", "readonly_if"})
#: Keys whose value is of the field's own kind.
_OF_KIND = frozenset({"default", "min", "max"})


@dataclass(frozen=True)
class ConvertField(Edit):
    """Give a field or a column another type."""

    do: ClassVar[str] = "convert_field"
    of: ClassVar[frozenset[str]] = ENTITIES
    place: tuple[Step, ...]
    type: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the field converted.

        :raises Refused: if there is no such type, or one of the two is a sub-table.
        :raises Conflict: if the field has gone.
        """
        document = document_of(documents, self.file)
        found = value_at(document, self.place)
        if not isinstance(found, Mapping):
            raise gone(self.place)
        if found.get("type") == self.type:
            return documents
        if self.type == "opinion" and len(self.place) > 2:
            raise Refused("not_in_rows", _("重复表中不能放审批意见。"))
        made = converted(found, self.type)
        return with_file(documents, self.file, with_value(document, self.place, made))

    @property
    def label(self) -> str:
        """What became what."""
        kind = FIELDS.get(self.type)
        field = self.place[-1] if self.place else ""
        return _("将 %(field)s 改为%(type)s", field=field, type=_(kind.label) if kind else self.type)


def converted(field: Mapping[str, Any], type_: str) -> dict[str, Any]:
    """Return a field with another type, and with what of it still means something.

    :raises Refused: if there is no such type, or one of the two is a sub-table.
    """
    kind, before = FIELDS.get(type_), FIELDS.get(str(field.get("type")))
    if SUBTABLE in (type_, field.get("type")):
        raise Refused("subtable", _("重复表不能与单个字段互相转换，请新建。"))
    if kind is None:
        raise Refused("unknown_type", _("没有字段类型“%(type)s”。", type=type_[:40]))
    known = _ALWAYS | kind.properties | (_TYPED if kind.typed else frozenset())
    own = _options(field, kind)
    made: dict[str, Any] = {}
    for key, value in field.items():
        if key == "type":
            made[key] = type_
        elif key in own or (key in known and (key not in _OF_KIND or _same_kind(field, before, kind))):
            made[key] = value
    made.setdefault("type", type_)
    if not {"dict", "options"} & made.keys():
        made |= {key: one for key, one in beginning(type_).items() if key not in made}
    return made


def _options(field: Mapping[str, Any], kind: FieldType) -> frozenset[str]:
    """Return the keys of the type's own schema whose values it accepts."""
    schema = kind.options()
    names = {one.data_key or name for name, one in schema.fields.items()}
    given = {name: field[name] for name in names if name in field}
    wrong = schema.validate(given)
    return frozenset(name for name in given if name not in wrong)


def _same_kind(field: Mapping[str, Any], before: FieldType | None, kind: FieldType) -> bool:
    """Whether values of the old type are values of the new one as well."""
    if before is None:
        return False
    many = field.get("multiple") is True
    one, other = (each.type(_alike(field, each, many=many)) for each in (before, kind))
    chosen = {"dict", "options"} & kind.options().fields.keys()
    listed = {"dict", "options"} & before.options().fields.keys()
    # 3 is three times as much as a number, and three hundred in a hundred as a percentage.
    scaled = (before.code == "percent") == (kind.code == "percent")
    return one == other and scaled and bool(chosen) == bool(listed)


def _alike(field: Mapping[str, Any], kind: FieldType, *, many: bool) -> Field:
    return Field(
        str(field.get("code")), kind.code, "", multiple=many and "multiple" in kind.properties, options={}
    )
