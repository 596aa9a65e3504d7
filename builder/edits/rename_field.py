"""Another code for a field: wherever the app names it, it is named anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import ValidationError

from builder.edits.anywhere import document_of, items_at
from builder.edits.documents import Documents, standing, with_file
from builder.edits.edit import ENTITIES, Edit
from builder.edits.forgotten import is_field
from builder.edits.objects import bad_code
from builder.edits.place import Step, gone, value_at
from builder.edits.renaming.entities import in_entity
from builder.edits.renaming.flows import in_flow, in_grants, in_query, in_rule
from builder.edits.renaming.shapes import Renaming, app_of, forms_of, shapes_of
from builder.edits.renaming.stories import in_story
from runtime.language.parts import part_of
from runtime.language.refusal import Refused
from runtime.language.schemas.field import KEPT_COLUMNS, KEPT_FIELDS, FieldCode
from runtime.language.speech import _


@dataclass(frozen=True)
class RenameField(Edit):
    """Give a field, a column or a sub-table another code, and rewrite all its uses in the app."""

    do: ClassVar[str] = "rename_field"
    of: ClassVar[frozenset[str]] = ENTITIES
    place: tuple[Step, ...]
    code: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the field under its new code everywhere.

        :raises Refused: if the code is none, or taken beside it.
        :raises Conflict: if the field has gone.
        """
        document = document_of(documents, self.file)
        field = value_at(document, self.place)
        part = part_of(self.file)
        old = field.get("code") if isinstance(field, Mapping) else None
        if part is None or part.kind not in ENTITIES or not is_field(self.place):
            raise Refused("not_a_field", _("只有字段可以这样改编码。"))
        if not isinstance(old, str):
            raise gone(self.place)
        if old == self.code:
            return documents
        self._check(documents)
        subtable = str(value_at(document, self.place[:2]).get("code")) if len(self.place) > 2 else ""
        app = app_of(documents)
        entity = f"{app}/{document.get('code')}"
        shapes = shapes_of(documents)
        renaming = Renaming(app, entity, subtable, old, self.code, shapes, forms_of(documents))
        return _renamed(documents, renaming, check=_own_check(documents, field))

    def refuse(self, released: Documents) -> None:
        """Refuse to rename what a release has: records and other apps know it by its code.

        :raises Refused: if the field has been published.
        """
        if isinstance(value_at(released.get(self.file), self.place), Mapping):
            raise Refused("published", _("字段已经发布，编码不能再改；可以改名称。"))

    @property
    def label(self) -> str:
        """What became what."""
        field = self.place[-1] if self.place else ""
        return _("将字段 %(field)s 的编码改为 %(code)s", field=field, code=self.code)

    def _check(self, documents: Documents) -> None:
        column = len(self.place) > 2
        try:
            FieldCode(kept=KEPT_COLUMNS if column else KEPT_FIELDS).deserialize(self.code)
        except ValidationError as error:
            raise bad_code(error) from None
        beside = items_at(documents, self.file, self.place[:-1])
        if any(isinstance(one, Mapping) and one.get("code") == self.code for one in beside):
            raise Refused("code_taken", _("编码 %(code)s 已经有了，请换一个。", code=self.code))


def _own_check(documents: Documents, field: Mapping[str, Any]) -> str:
    """Return the code that refusals of a field's unnamed validations have, if nothing else is called so."""
    checks, code = field.get("validate"), str(field.get("code"))
    listed = checks if isinstance(checks, list) else []
    unnamed = any(isinstance(one, Mapping) and "code" not in one for one in listed)
    taken = any(one.name == code for one in standing(documents, "rule"))
    return code if unnamed and not taken else ""


def _renamed(documents: Documents, renaming: Renaming, *, check: str) -> Documents:
    for file in sorted(documents):
        part = part_of(file)
        document = documents[file]
        if part is None:
            continue
        made = _document(part.kind, document, renaming, check)
        if made is not document:
            documents = with_file(documents, file, made)
    return documents


def _document(kind: str, document: Any, renaming: Renaming, check: str) -> Any:
    if kind == "permission":
        return in_grants(document, renaming)
    change = {
        "form": lambda one: in_entity(one, renaming),
        "table": lambda one: in_entity(one, renaming),
        "flow": lambda one: in_flow(one, renaming),
        "rule": lambda one: in_rule(one, renaming),
        "query": lambda one: in_query(one, renaming),
        "walkthrough": lambda one: in_story(one, renaming, check=check),
    }.get(kind)
    if change is None:
        return document
    if isinstance(document, Mapping):
        return change(document)
    if not isinstance(document, list):
        return document
    made = [change(one) if isinstance(one, Mapping) else one for one in document]
    return document if all(one is old for one, old in zip(made, document, strict=True)) else made
